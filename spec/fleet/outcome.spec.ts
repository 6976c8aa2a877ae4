import { expect, test } from '@jest/globals';
import {
  CredentialsError,
  HttpError,
  LoginPageError,
  MirrorLockedError,
  OptionsError,
  RateLimitWaitError,
} from '../../lib/index.js';
import { UsageError } from '../../lib/errors/usage-error.js';
import { outcomeOfError, problemOf } from '../../lib/fleet/outcome.js';

test.each([
  [new CredentialsError('no'), { type: 'refused', problem: { code: 'credentials', message: 'no' } }],
  [new LoginPageError('no'), { type: 'refused', problem: { code: 'login-page', message: 'no' } }],
  [new UsageError('no such file'), { type: 'refused', problem: { code: 'usage', message: 'no such file' } }],
  [
    new OptionsError('flavor', 'x', 'be one of a, b'),
    { type: 'refused', problem: { code: 'options', message: expect.stringContaining('flavor') } },
  ],
  [new RateLimitWaitError('wait'), { type: 'held' }],
  [
    new MirrorLockedError('locked'),
    { type: 'problem', problem: { code: 'mirror-locked', message: 'locked' } },
  ],
  [new HttpError(502, 'bad'), { type: 'problem', problem: { code: 'http-502', message: 'bad' } }],
  [new TypeError('defect'), { type: 'problem', problem: { code: 'unexpected', message: 'defect' } }],
])('%s', (error, outcome) => {
  expect(outcomeOfError(error)).toEqual(outcome);
});

test('a long message is cut', () => {
  expect(problemOf(new Error('x'.repeat(500))).message).toBe(`${'x'.repeat(199)}…`);
});
