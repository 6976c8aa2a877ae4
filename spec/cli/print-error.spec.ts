import { expect, test } from '@jest/globals';
import { describeError, exitCodeOf } from '../../lib/cli/print-error.js';
import { CredentialsError } from '../../lib/errors/credentials-error.js';
import { OptionsError } from '../../lib/errors/options-error.js';
import { UsageError } from '../../lib/errors/usage-error.js';

test('one line says what happened, the next what to do', () => {
  expect(describeError(new UsageError('No wiki.', { hint: 'Set CONFLUENCE_URL.' }), false)).toBe(
    'rxsync: No wiki.\n  Set CONFLUENCE_URL.',
  );
  expect(describeError(new UsageError('No wiki.'), false)).toBe('rxsync: No wiki.');
});

test('what rxsync does not know is told as unexpected', () => {
  expect(describeError(new TypeError('x is undefined'), false)).toBe('rxsync: unexpected: x is undefined');
  expect(describeError('text', true)).toBe('rxsync: unexpected: text');
});

test('stacks, and those of causes, come with --verbose only', () => {
  const error = new UsageError('No file.', { cause: new Error('ENOENT') });
  expect(describeError(error, false)).not.toContain('at ');
  expect(describeError(error, true)).toMatch(/No file\.[\s\S]*at [\s\S]*caused by: Error: ENOENT[\s\S]*at /);
});

test('nothing of it reaches the terminal unescaped, stacks neither', () => {
  const error = new UsageError('bad \u001b[2J title', {
    hint: 'mend \u202e it',
    cause: new Error('deep \u0007'),
  });
  expect(describeError(error, true)).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
  expect(describeError(error, true)).toContain('\\u{1b}[2J');
});

test('the exit code is the error’s own, else 1', () => {
  expect([new CredentialsError('x'), new Error('x'), 'x'].map(exitCodeOf)).toEqual([12, 1, 1]);
});

test('an option is named as on the command line', () => {
  const error = new OptionsError('maxDelete', 'foo', 'be a count');
  expect(describeError(error, false)).toBe('rxsync: --max-delete must be a count, but is "foo".');
  expect(describeError(new OptionsError('space', undefined, 'be given'), false)).toBe(
    'rxsync: --space must be given.',
  );
});
