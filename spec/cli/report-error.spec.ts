import { expect, test } from '@jest/globals';
import { errorTellers, exitCodeOf, mannerIn } from '../../lib/cli/report-error.js';
import { PLAIN } from '../../lib/cli/render/style.js';
import { CredentialsError } from '../../lib/errors/credentials-error.js';
import { OptionsError } from '../../lib/errors/options-error.js';
import { UsageError } from '../../lib/errors/usage-error.js';

const nameOf = (option: string): string => (option === 'maxDelete' ? 'RXSYNC_MAX_DELETE' : `--${option}`);

const tellers = (json: boolean, verbose: boolean) => {
  const told = { out: '', err: '' };
  const terminal = {
    out: (text: string) => void (told.out += text),
    err: (text: string) => void (told.err += text),
  };
  return { told, ...errorTellers(terminal, { json, verbose }, nameOf, PLAIN) };
};

const describeError = (error: unknown, verbose: boolean): string => {
  const { told, tell } = tellers(false, verbose);
  tell(error);
  return told.err.replace(/\n$/, '');
};

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

test('an option is named as its user knows it', () => {
  const error = new OptionsError('maxDelete', 'foo', 'be a count');
  expect(describeError(error, false)).toBe('rxsync: RXSYNC_MAX_DELETE must be a count, but is "foo".');
  expect(describeError(new OptionsError('space', undefined, 'be given'), false)).toBe(
    'rxsync: --space must be given.',
  );
});

test('programs get one object', () => {
  const { told, report } = tellers(true, false);
  expect(report(new UsageError('No wiki.', { hint: 'Set one.' }))).toBe(2);
  expect(told.err).toBe('rxsync: No wiki.\n  Set one.\n');
  expect(told.out).toMatch(/^[^\n]+\n$/);
  expect(JSON.parse(told.out)).toEqual({
    type: 'run.failed',
    code: 'usage',
    message: 'No wiki.',
    hint: 'Set one.',
    exitCode: 2,
  });
});

test.each([
  [['pull', '--json'], {}, { json: true, verbose: false }],
  [['pull', '--json=on', '-v'], {}, { json: true, verbose: true }],
  [['pull', '--json=off'], { RXSYNC_JSON: '1' }, { json: false, verbose: false }],
  [['pull', '--no-json', '--spcae'], { RXSYNC_VERBOSE: 'Yes' }, { json: false, verbose: true }],
  [['pull'], { RXSYNC_JSON: 'maybe' }, { json: false, verbose: false }],
  [['pull', '--no-color'], { RXSYNC_COLOR: 'yes' }, { json: false, verbose: false, color: false }],
  [['pull'], { RXSYNC_COLOR: 'yes' }, { json: false, verbose: false, color: true }],
])('how errors are told is known of a wrong command line, too: %j %j', (argv, env, manner) => {
  expect(mannerIn(argv, env)).toEqual(manner);
});
