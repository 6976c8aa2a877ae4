import { expect, test } from '@jest/globals';
import { exitCodeFor, failure, fatalFailure, ok, warning } from '../../lib/doctor/finding.js';
import { CredentialsError } from '../../lib/errors/credentials-error.js';
import { HttpError } from '../../lib/errors/http-error.js';
import { MissingScopeError } from '../../lib/errors/missing-scope-error.js';

const SCOPE = new MissingScopeError('GET /api/v2/pages', 'read:page:confluence');

test('a failure has what a pull would make of it, and always a cure', () => {
  expect(failure('a', new HttpError(500, 'Broken.'))).toMatchObject({
    exitCode: 3,
    cure: expect.any(String),
  });
  expect(failure('a', SCOPE)).toMatchObject({ exitCode: 3, code: 'missing-scope' });
  expect(fatalFailure('a', SCOPE)).toMatchObject({ exitCode: 12 });
  expect(failure('a', new CredentialsError('No.'))).toMatchObject({ exitCode: 12, isFinal: true });
  expect(failure('a', new TypeError('x is undefined'))).toMatchObject({
    exitCode: 1,
    code: 'unexpected',
    cure: expect.stringContaining('report'),
  });
});

test('the exit code is that of what would end a pull first', () => {
  const [partial, credentials] = [failure('a', SCOPE), failure('b', new CredentialsError('No.'))];
  expect(exitCodeFor([ok('a', ''), warning('b', '', '')])).toBe(0);
  expect(exitCodeFor([ok('a', ''), partial])).toBe(3);
  expect(exitCodeFor([partial, credentials, failure('c', new Error('x'))])).toBe(12);
});
