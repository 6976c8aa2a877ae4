import { expect, test } from '@jest/globals';
import { ConversionError } from '../../lib/errors/conversion-error.js';
import { CredentialsError } from '../../lib/errors/credentials-error.js';
import { HttpError } from '../../lib/errors/http-error.js';
import { MalformedResponseError } from '../../lib/errors/malformed-response-error.js';
import { MediaError } from '../../lib/errors/media-error.js';
import { RateLimitWaitError } from '../../lib/errors/rate-limit-wait-error.js';
import { StoreError } from '../../lib/errors/store-error.js';
import { UnreachableError } from '../../lib/errors/unreachable-error.js';
import { failedStep, isFatal } from '../../lib/pull/failure.js';

test.each([
  new CredentialsError('x'),
  new StoreError('x'),
  new RateLimitWaitError('x'),
  new TypeError('x'),
  'x',
])('ends the run, as no other item would fare better: %s', (error) => {
  expect(isFatal(error)).toBe(true);
});

test.each([
  new HttpError(500, 'x'),
  new MalformedResponseError('x'),
  new MediaError('media-length', 'x'),
  new ConversionError('x'),
  new UnreachableError('x'),
])('fails its item only: %s', (error) => {
  expect(isFatal(error)).toBe(false);
});

test('an item that failed is told with its reason', () => {
  const subject = { kind: 'page', id: '7', title: 'Setup' } as const;
  expect(failedStep(subject, new HttpError(500, 'no'))).toMatchObject({
    type: 'outcome',
    kind: 'page',
    result: 'failed',
    failed: { ...subject, code: 'http-500', status: 500, message: 'no' },
    event: { type: 'item.failed', ...subject, code: 'http-500', status: 500, message: 'no' },
  });
  expect(failedStep(subject, new ConversionError('odd'))).not.toHaveProperty('failed.status');
});
