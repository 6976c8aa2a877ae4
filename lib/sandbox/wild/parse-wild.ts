import { OptionsError } from '../../errors/options-error.js';
import { WILD_NAMES, type WildName, behaviourOf, isWildName } from './behaviours.js';

/** A behaviour that is switched on. */
export interface WildRule {
  readonly name: WildName;
  /** Its value as it was written, or the default; empty when it takes none. */
  readonly value: string;
}

/** Behaviours that a correct client survives without loss. */
const MILD = WILD_NAMES.filter((name) => behaviourOf(name).mild === true);

const refuse = (part: string, must: string): never => {
  throw new OptionsError('wild', part, must);
};

const valueOf = (part: string, name: WildName, given: string | undefined): string => {
  const { value } = behaviourOf(name);
  if (value === undefined)
    return given === undefined ? '' : refuse(part, `have no value: ${name} takes none`);
  const text = given ?? value.fallback;
  if (text === undefined) return refuse(part, `have a value: ${name}=${value.text}`);
  return value.pattern.test(text) ? text : refuse(part, `be written ${name}=${value.text}`);
};

const rulesOf = (part: string): readonly WildRule[] => {
  if (part === 'all') return MILD.map((name) => ({ name, value: valueOf(part, name, undefined) }));
  const [name = '', ...rest] = part.split('=');
  if (!isWildName(name)) return refuse(part, `begin with all or one of: ${WILD_NAMES.join(', ')}`);
  return [{ name, value: valueOf(part, name, rest.length === 0 ? undefined : rest.join('=')) }];
};

/**
 * Reads the text of the `wild` option: behaviours joined by commas or semicolons, `name` or `name=value`; `all` stands for
 * those that a correct client survives without loss. A name that comes twice holds with its last value. Throws
 * OptionsError.
 */
export const parseWild = (spec: string): readonly WildRule[] => {
  const parts = spec.split(/[,;]/).map((part) => part.trim());
  const rules = parts.filter((part) => part !== '').flatMap(rulesOf);
  return [...new Map(rules.map((rule) => [rule.name, rule])).values()];
};

/** What there is, for people: how each is written, what it does, and where it was seen. */
export const wildCatalogue = () =>
  WILD_NAMES.map((name) => {
    const { does, evidence, mild, value } = behaviourOf(name);
    const optional = value?.fallback === undefined ? '' : ` (default ${value.fallback})`;
    return {
      name: value === undefined ? name : `${name}=${value.text}${optional}`,
      does,
      evidence,
      mild: mild === true,
    };
  });
