import { OptionsError } from '../../errors/options-error.js';
import type { WikiState } from '../wiki/wiki-state.js';
import { isOfType } from '../wiki/model.js';
import type { Behaviour } from './behaviour.js';
import { type WildName, behaviourOf } from './behaviours.js';
import { type WildRule, parseWild } from './parse-wild.js';
import type { WildSwitch } from './wild-switch.js';

/** A behaviour that is on, with its value. */
export interface ActiveBehaviour {
  readonly name: WildName;
  readonly behaviour: Behaviour;
  /** Ids in place of `#n`. */
  readonly value: string;
}

/** How the wiki misbehaves at present. */
export interface Wild extends WildSwitch {
  readonly active: readonly ActiveBehaviour[];
  /** The value of a behaviour; undefined while it is off. */
  valueOf(name: WildName): string | undefined;
  /** API requests since the last `set`. */
  readonly requests: number;
  /** Counts a request. */
  count(): void;
}

/** The value with the id of the n-th of its type in place of `#n`; throws OptionsError when there are fewer. */
const resolve = ({ store }: WikiState, { name, value }: WildRule): string => {
  const type = behaviourOf(name).value?.counts;
  const [mainSpace] = store.spaces.keys();
  if (type === undefined || !value.includes('#')) return value;
  const isCounted = isOfType(type, mainSpace);
  const found = [...store.ofType(type)].filter((one) => isCounted(one) && one.status === 'current');
  return value.replace(/#(\d+)/, (_, place: string) => {
    const content = found[Number(place) - 1];
    if (content !== undefined) return content.id;
    throw new OptionsError('wild', `${name}=${value}`, `count up to the ${found.length} of type ${type}`);
  });
};

const textOf = ({ name, value }: WildRule): string => (value === '' ? name : `${name}=${value}`);

/** Creates the switches, with what `spec` names on. */
export const createWild = (state: WikiState, spec: string): Wild => {
  let active: readonly ActiveBehaviour[] = [];
  let requests = 0;
  const set = (text: string): void => {
    active = parseWild(text).map((rule) => ({
      name: rule.name,
      behaviour: behaviourOf(rule.name),
      value: resolve(state, rule),
    }));
    requests = 0;
  };
  set(spec);
  return {
    set,
    get: () => active.map(textOf).join(','),
    get active() {
      return active;
    },
    valueOf: (name) => active.find((one) => one.name === name)?.value,
    get requests() {
      return requests;
    },
    count: () => {
      requests += 1;
    },
  };
};
