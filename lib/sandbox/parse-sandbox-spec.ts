import { OptionsError } from '../errors/options-error.js';
import { type SandboxOptions, resolveOptions } from './options.js';
import { SANDBOX_DEFAULTS } from './sandbox-defaults.js';

const TEXTS = ['corpus', 'faults', 'wild', 'spaceKey', 'siteUrl', 'timeZone'];
const FLAGS = ['nasty', 'folderAncestors'];
const HIDDEN = ['timer', 'now'];
const NUMBERS = [...Object.keys(SANDBOX_DEFAULTS), 'rps', 'pointsQuota', 'faultSeed'].filter(
  (name) => ![...TEXTS, ...FLAGS, ...HIDDEN].includes(name),
);

const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const NAMES = new Map([...NUMBERS, ...TEXTS, ...FLAGS].map((name) => [kebab(name), name]));

const toFlag = (name: string, text: string): boolean => {
  if (/^(?:|true|yes|on|1)$/i.test(text)) return true;
  if (/^(?:false|no|off|0)$/i.test(text)) return false;
  throw new OptionsError(name, text, 'be true or false (yes or no, on or off, 1 or 0)');
};

const toNumber = (name: string, text: string): number => {
  if (text !== '' && Number.isFinite(Number(text))) return Number(text);
  throw new OptionsError(name, text, 'be a number');
};

const toValue = (name: string, text: string): string | number | boolean => {
  if (name === 'wild' && text === '') return 'all';
  if (TEXTS.includes(name)) return text;
  return FLAGS.includes(name) ? toFlag(name, text) : toNumber(name, text);
};

const entryOf = (part: string): readonly [string, string | number | boolean] => {
  const [key = '', ...rest] = part.split('=');
  const name = NAMES.get(key.trim());
  if (name === undefined)
    throw new OptionsError('sandbox', part, `use only these names: ${[...NAMES.keys()].join(', ')}`);
  return [name, toValue(name, rest.join('=').trim())];
};

/**
 * Reads the text of `--sandbox=SPEC`: options in kebab-case, joined by commas, as in `pages=1000,rps=50,nasty`. The
 * rules of `faults` and `wild` are joined by semicolons there; `wild` alone is `wild=all`. Throws OptionsError for unknown names and bad values.
 */
export const parseSandboxSpec = (spec: string): SandboxOptions => {
  const parts = spec.split(',').filter((part) => part.trim() !== '');
  const options: SandboxOptions = Object.fromEntries(parts.map(entryOf));
  resolveOptions(options);
  return options;
};
