import { expect, test } from '@jest/globals';
import { usageError } from '../../lib/cli/usage-message.js';

const WORDS = { commands: ['pull', 'sandbox'], flags: ['space', 'format', 'comments'] };

const said = (message: string, ...args: string[]): string => usageError(message, args, WORDS).message;

test.each([
  [['pull', '--spce', 'X'], 'Unknown argument: spce', 'There is no flag --spce. Did you mean --space?'],
  [['pull', '--spce=X'], 'Unknown argument: spce', 'There is no flag --spce. Did you mean --space?'],
  [
    ['pull', '--no-coments'],
    'Unknown argument: coments',
    /^There is no flag --no-coments\. Did .*--comments\?$/,
  ],
  [['pull', '-sX'], 'Unknown arguments: s, X', 'There is no flag -sX.'],
  [['pul', 'dir'], 'Unknown arguments: pul, dir', 'There is no command "pul". Did you mean pull?'],
  [['brew'], 'Unknown argument: brew', 'There is no command "brew".'],
  [['pull', 'a', 'b'], 'Unknown argument: b', '"b" is one argument too many for rxsync pull.'],
  [['pull', '--space'], 'Not enough arguments following: space', '--space needs a value.'],
])('%j', (args, message, expected) => {
  expect(said(message, ...args)).toMatch(expected);
});

test('a bad choice names what there is, and the one that was meant', () => {
  const message = 'Invalid values:\n  Argument: format, Given: "markdwon", Choices: "markdown", "storage"';
  expect(said(message, 'pull', '--format', 'markdwon')).toBe(
    '--format must be one of markdown, storage, but is "markdwon". Did you mean markdown?',
  );
});

test('anything else is passed on as a sentence, with exit code 2', () => {
  expect(usageError('Name a command', [], WORDS)).toMatchObject({ message: 'Name a command.', exitCode: 2 });
});
