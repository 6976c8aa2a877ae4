import { UsageError } from '../../errors/usage-error.js';
import { closest } from '../closest.js';
import type { Flags } from './plain-booleans.js';
import { type Setting, settingOf } from './setting.js';

type Environment = Readonly<Record<string, string | undefined>>;

const PREFIX = 'RXSYNC_';

/** Without it a pull goes on with every mirror of a folder: who sets it empty has meant one. */
const NEVER_EMPTY = 'space';

const variableOf = (flag: string): string => `${PREFIX}${flag.replaceAll('-', '_').toUpperCase()}`;

const guessFor = (variable: string, variables: readonly string[]): string | undefined => {
  const positive = variable.replace(/^RXSYNC_NO_/, PREFIX);
  if (positive === 'RXSYNC_ATTACHMENTS') return 'RXSYNC_ATTACHMENTS=none';
  if (positive !== variable && variables.includes(positive)) return `${positive}=no`;
  const name = closest(
    variable.slice(PREFIX.length),
    variables.map((each) => each.slice(PREFIX.length)),
  );
  return name === undefined ? undefined : PREFIX + name;
};

/** The address that other programs of Confluence read, too: for where rxsync's own settings name none. */
export const addressSetting = ({ CONFLUENCE_URL: value = '' }: Environment): Setting[] =>
  value === '' ? [] : [{ flag: 'url', value, origin: 'CONFLUENCE_URL' }];

/**
 * The settings of the environment: `RXSYNC_MAX_DELETE` for `--max-delete`. An empty variable sets nothing, but for
 * that of the space, which must name one.
 * @throws UsageError that names the variable, for one that is no flag or has a value that it cannot have
 */
export const environmentSettings = (env: Environment, flags: Flags): Setting[] => {
  const known = new Map(
    Object.entries(flags).map(([flag, options]) => [variableOf(flag), { flag, options }]),
  );
  return Object.entries(env).flatMap(([variable, text]) => {
    if (!variable.startsWith(PREFIX) || text === undefined) return [];
    const found = known.get(variable);
    if (found === undefined) {
      const guess = guessFor(variable, [...known.keys()]);
      throw new UsageError(
        `${variable} is no setting of rxsync.${guess === undefined ? '' : ` Did you mean ${guess}?`}`,
        { hint: 'rxsync pull --help lists the flags; --max-delete is RXSYNC_MAX_DELETE.' },
      );
    }
    const { flag, options } = found;
    if (text === '' && flag !== NEVER_EMPTY) return [];
    return [settingOf(flag, options, text, variable)];
  });
};
