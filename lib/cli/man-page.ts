import type { Options } from 'yargs';
import type { Commands } from './completion-script.js';
import type { Flags } from './settings/plain-booleans.js';

/** Text that roff takes for nothing else: a hyphen stays one that can be copied. */
const escape = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/gm, '\\&');

const bold = (text: string): string => `\\fB${escape(text)}\\fR`;

const valueOf = ({ type, choices, requiresArg }: Options): string => {
  if (choices !== undefined) return ` ${choices.join('|')}`;
  return type !== 'boolean' && requiresArg === true ? ` ${type === 'number' ? 'N' : 'VALUE'}` : '';
};

const defaultOf = ({ default: value, type }: Options): string =>
  value === undefined || type === 'boolean' ? '' : ` [default: ${String(value)}]`;

const flagEntry = ([name, options]: [string, Options]): string => {
  const letter = typeof options.alias === 'string' ? `${bold(`-${options.alias}`)}, ` : '';
  const describe = options.describe ?? '';
  const value = describe.includes('[default') ? '' : defaultOf(options);
  return `.TP\n${letter}${bold(`--${name}`)}${escape(valueOf(options))}\n${escape(describe + value)}\n`;
};

/** The flags under the headings that they have in the help. */
const flagEntries = (flags: Flags): string => {
  const groups = new Map<string, string>();
  for (const entry of Object.entries(flags)) {
    const [, { group = '' }] = entry;
    groups.set(group, (groups.get(group) ?? '') + flagEntry(entry));
  }
  return [...groups]
    .map(([group, entries]) => (group === '' ? '' : `.PP\n${escape(group)}\n`) + entries)
    .join('');
};

const CODES: readonly (readonly [string, string])[] = [
  ['0', 'complete'],
  ['1', 'failed'],
  ['2', 'usage'],
  ['3', 'finished, but some items failed or could not be listed; verify: differences'],
  ['10', 'no such space, or not visible to this account'],
  ['11', 'another run works on the mirror'],
  ['12', 'credentials'],
  ['13', 'the wiki asks for a longer wait than --max-wait'],
  ['14', 'refused to delete that much; nothing was changed'],
  ['129, 130, 143', 'interrupted by SIGHUP, SIGINT, SIGTERM; a checkpoint is saved'],
  ['141', 'the reader of stdout went away'],
];

const ENVIRONMENT: readonly (readonly [string, string])[] = [
  ['CONFLUENCE_URL', 'address of the wiki'],
  ['CONFLUENCE_EMAIL, CONFLUENCE_API_TOKEN', 'account and API token'],
  ['CONFLUENCE_BEARER_TOKEN', 'OAuth token in their stead'],
  ['RXSYNC_NAME', 'any flag: RXSYNC_MAX_DELETE for --max-delete'],
  ['NO_COLOR, HTTPS_PROXY, NO_PROXY', 'as elsewhere'],
];

const entries = (rows: readonly (readonly [string, string])[]): string =>
  rows.map(([name, text]) => `.TP\n${bold(name)}\n${escape(text)}\n`).join('');

/** The manual page of the command, as roff for man(1). */
export const manPage = (commands: Commands, version: string): string => {
  const sections = Object.entries(commands).map(
    ([name, { summary, flags }]) => `.SS rxsync ${name}\n${escape(summary)}\n${flagEntries(flags)}`,
  );
  return `.TH RXSYNC 1 "" "rxsync ${escape(version)}" "User Commands"
.SH NAME
rxsync \\- mirror large Confluence Cloud spaces to local files
.SH SYNOPSIS
.B rxsync
.I command
.RI [ folder ]
.RI [ flags ]
.SH COMMANDS
${sections.join('')}.SH EXIT STATUS
${entries(CODES)}.SH ENVIRONMENT
${entries(ENVIRONMENT)}.SH FILES
.TP
${bold('rxsync.config.yaml')}, ${bold('.json')}
settings, in the working directory or in the mirror; the command line and the environment come before it
.TP
${bold('.rxsync')}
what rxsync knows of a mirror, in its folder
`;
};
