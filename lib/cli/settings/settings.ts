import type { Flags } from './plain-booleans.js';
import type { Setting } from './setting.js';
import { kebab } from '../kebab.js';

/** What the environment and the config file set. */
export interface Settings {
  /** The values for those of the flags that are set, by their names. */
  readonly valuesFor: (flags: Flags) => Record<string, unknown>;
  /** An option as its user knows it: `--max-delete`, or where it is set. */
  readonly nameOf: (option: string) => string;
}

/**
 * Joins settings, the first of a name counts. Flags of the command line (`given`) come before all.
 */
export const joinSettings = (settings: readonly Setting[], given: ReadonlySet<string>): Settings => {
  const byFlag = new Map(settings.toReversed().map((setting) => [setting.flag, setting]));
  for (const flag of given) byFlag.delete(flag);
  return {
    valuesFor: (flags) =>
      Object.fromEntries(
        Object.keys(flags).flatMap((flag) => {
          const setting = byFlag.get(flag);
          return setting?.value === undefined ? [] : [[flag, setting.value]];
        }),
      ),
    nameOf: (option) => byFlag.get(kebab(option))?.origin ?? `--${kebab(option)}`,
  };
};
