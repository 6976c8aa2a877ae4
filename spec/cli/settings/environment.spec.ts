import { expect, test } from '@jest/globals';
import { environmentSettings } from '../../../lib/cli/settings/environment.js';

const FLAGS = {
  space: { type: 'string', array: true },
  'dry-run': { type: 'boolean' },
  'max-wait': { type: 'number' },
  attachments: { choices: ['all', 'none'] },
  color: { type: 'boolean' },
  sandbox: { type: 'string' },
} as const;

const read = (env: Record<string, string>) =>
  Object.fromEntries(environmentSettings(env, FLAGS).map(({ flag, value }) => [flag, value]));

test('variables set flags; empty ones and those of others set nothing', () => {
  const env = {
    RXSYNC_SPACE: 'A,B',
    RXSYNC_DRY_RUN: 'Yes',
    RXSYNC_MAX_WAIT: '1.5',
    RXSYNC_ATTACHMENTS: '',
    PATH: '/bin',
    rxsync_color: 'maybe',
  };
  expect(read(env)).toEqual({ space: ['A,B'], 'dry-run': true, 'max-wait': 1.5 });
});

test('a flag that may stand alone is switched by a boolean', () => {
  expect(read({ RXSYNC_SANDBOX: '1' })).toEqual({ sandbox: '' });
  expect(read({ RXSYNC_SANDBOX: 'no' })).toEqual({ sandbox: undefined });
  expect(read({ RXSYNC_SANDBOX: 'pages=3' })).toEqual({ sandbox: 'pages=3' });
});

test.each([
  [{ RXSYNC_DRYRUN: '1' }, /^RXSYNC_DRYRUN is no setting of rxsync\. Did you mean RXSYNC_DRY_RUN\?/],
  [{ RXSYNC_NO_COLOR: '1' }, /Did you mean RXSYNC_COLOR=no\?/],
  [{ RXSYNC_NO_ATTACHMENTS: '1' }, /Did you mean RXSYNC_ATTACHMENTS=none\?/],
  [{ RXSYNC_XYZ: '' }, /^RXSYNC_XYZ is no setting of rxsync\.$/],
  [{ RXSYNC_DRY_RUN: 'perhaps' }, /^RXSYNC_DRY_RUN must be true or false .*, but is "perhaps"/],
  [{ RXSYNC_MAX_WAIT: 'long' }, /^RXSYNC_MAX_WAIT must be a number, but is "long"/],
  [{ RXSYNC_ATTACHMENTS: 'non' }, /^RXSYNC_ATTACHMENTS must be one of all, none.* Did you mean "none"\?/],
])('%j is refused, naming the variable', (env, says) => {
  expect(() => read(env)).toThrow(
    expect.objectContaining({ exitCode: 2, message: expect.stringMatching(says) }),
  );
});
