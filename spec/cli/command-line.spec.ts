import { describe, expect, test } from '@jest/globals';
import { readCommandLine } from '../../lib/cli/command-line.js';
import type { Flags } from '../../lib/cli/settings/plain-booleans.js';
import { isRxsyncError } from '../../lib/errors/rxsync-error.js';

const FLAGS: Readonly<Record<string, Flags>> = {
  pull: {
    space: { type: 'string' },
    'dry-run': { type: 'boolean', alias: 'n' },
    quiet: { type: 'boolean', alias: 'q' },
  },
  fleet: {},
};

const read = (...args: string[]) => readCommandLine(args, FLAGS);

/** What is said of it, with what to do. */
const refusal = (...args: string[]): string => {
  try {
    read(...args);
  } catch (error) {
    if (isRxsyncError(error)) return `${error.message} ${error.hint ?? ''}`;
  }
  return 'nothing';
};

test.each<[string[], string]>([
  [['pull', '--', 'wiki'], 'wiki'],
  [['pull', '--space', 'A', '--', '../wiki'], '../wiki'],
  [['pull', '--', '-x'], './-x'],
  [['pull', '--', '–x'], './–x'],
  [['pull', '--', '--'], './--'],
  [['pull', '--', 'help'], './help'],
  [['pull', 'help', '--space', 'A'], './help'],
  [['-q', 'pull', 'wiki'], 'wiki'],
  [['pull', '--space', 'help', 'wiki'], 'wiki'],
  [['pull', '--space', '–x', 'wiki'], 'wiki'],
  [['pull', 'pull'], 'pull'],
])('%j is about the folder %s', (args, folder) => {
  expect(read(...args)).toMatchObject({ command: 'pull', folder, isHelp: false });
});

test('two folders stay two, wherever they stand', () => {
  expect(read('pull', 'a', '--space', 'A', '--', 'b').args).toEqual(['pull', 'a', '--space', 'A', 'b']);
});

test('the words of a command without a folder are as they were typed', () => {
  expect(read('fleet', 'help').args).toEqual(['fleet', 'help']);
});

test('help is of a command that there is', () => {
  expect(read('help', 'pull')).toMatchObject({ command: 'pull', isHelp: true });
  expect(refusal('help', 'pul')).toContain('There is no command "pul". Did you mean pull?');
});

test('a folder where the command is missing is no command', () => {
  expect(refusal('wiki', '--space', 'A')).toContain('There is no command "wiki".');
});

describe('a dash that is no hyphen', () => {
  test.each([
    ['–n', '"-n"'],
    ['−n', '"-n"'],
    ['—dry-run', '"--dry-run"'],
    ['‐‐dry-run', '"--dry-run"'],
  ])('%s is refused with how to type it', (arg, typed) => {
    expect(refusal('pull', arg, '--space', 'A')).toContain(`"${arg}" begins with a dash that is no hyphen`);
    expect(refusal('pull', arg)).toContain(typed);
  });
});

test.each(['-n1', '-n0', '-n3.5', '-n-1', '-nq1', '-nx', '-q.'])(
  '%s is no flag: it does not turn into its opposite',
  (arg) => {
    expect(refusal('pull', arg)).toContain(`There is no flag ${arg}.`);
  },
);

test('a dot in the name of a flag is a dot', () => {
  expect([...read('pull', '--space.x=1').given]).toEqual(['space.x']);
});
