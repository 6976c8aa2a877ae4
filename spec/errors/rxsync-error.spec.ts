import { expect, test } from '@jest/globals';
import { RxsyncError, isRxsyncError } from '../../lib/errors/rxsync-error.js';

class ExampleError extends RxsyncError {
  override readonly code = 'example';
}

test('an error carries its code, hint, cause and class name', () => {
  const cause = new Error('disk');
  const error = new ExampleError('cannot do it', { hint: 'do that', cause });
  expect(error).toMatchObject({ name: 'ExampleError', code: 'example', hint: 'do that', cause, exitCode: 1 });
  expect([error, cause].map(isRxsyncError)).toEqual([true, false]);
});
