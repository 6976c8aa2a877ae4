import { expect, test } from '@jest/globals';
import { lastValueFrom, toArray } from 'rxjs';
import { ConversionError } from '../../../lib/errors/conversion-error.js';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { MalformedResponseError } from '../../../lib/errors/malformed-response-error.js';
import { EndlessListingError } from '../../../lib/errors/endless-listing-error.js';
import { MediaError } from '../../../lib/errors/media-error.js';
import { MissingScopeError } from '../../../lib/errors/missing-scope-error.js';
import { RateLimitWaitError } from '../../../lib/errors/rate-limit-wait-error.js';
import { RefusedFileError } from '../../../lib/errors/refused-file-error.js';
import { StoreError } from '../../../lib/errors/store-error.js';
import { UnreachableError } from '../../../lib/errors/unreachable-error.js';
import {
  costsOnlyItsKind,
  failed$,
  failedStep,
  incompleteListing,
  isFatal,
  orFailed,
} from '../../../lib/pull/run/failure.js';

test.each([
  new CredentialsError('x'),
  new StoreError('x'),
  new RateLimitWaitError('x'),
  new TypeError('x'),
  new UnreachableError('offline', 'x'),
  'x',
])('ends the run, as no other item would fare better: %s', (error) => {
  expect(isFatal(error)).toBe(true);
});

test.each([
  new HttpError(500, 'x'),
  new MalformedResponseError('x'),
  new MediaError('media-length', 'x'),
  new ConversionError('x'),
  new UnreachableError('unreachable', 'x'),
  new EndlessListingError('GET x', 20),
  new MissingScopeError('GET x', 'read:x'),
])('fails its item only: %s', (error) => {
  expect(isFatal(error)).toBe(false);
});

test.each<[unknown, boolean, RegExp]>([
  [new HttpError(500, 'x'), true, /wiki.*next pull/],
  [new HttpError(503, 'x'), true, /next pull/],
  [new HttpError(400, 'x'), false, /report/],
  [new HttpError(403, 'x'), false, /permission/],
  [new HttpError(410, 'x'), false, /report/],
  [new UnreachableError('unreachable', 'x', { hint: 'Check the network.' }), true, /Check the network/],
  [new MalformedResponseError('x', { isGarbled: true }), true, /next pull/],
  [new MalformedResponseError('x'), false, /report/],
  [new MediaError('media-length', 'x'), true, /upload it again/],
  [new MediaError('media-status', 'x', { status: 503 }), true, /next pull/],
  [new MediaError('media-host', 'x', { hint: 'Use --media-host h.' }), false, /--media-host h/],
  [new ConversionError('x'), false, /`format: 'storage'`/],
])('%s: whether another try may help, and what to do', (error, retryable, hint) => {
  const step = failedStep({ kind: 'page', id: '7', title: 'Setup' }, error);
  expect(step).toMatchObject({ failed: { retryable, hint: expect.stringMatching(hint) } });
});

test.each<[unknown, boolean]>([
  [new HttpError(500, 'x'), true],
  [new MissingScopeError('GET x', 'read:x'), true],
  [new RateLimitWaitError('x'), true],
  [new CredentialsError('x'), false],
  [new UnreachableError('offline', 'x'), false],
  [new StoreError('x'), false],
  [new TypeError('x'), false],
])('%s costs a listing beside the pages no more than its kind: %s', (error, expected) => {
  expect(costsOnlyItsKind(error)).toBe(expected);
});

test('a listing that is not whole is told with its reason and what to do', () => {
  expect(incompleteListing({ of: 'attachment', error: new HttpError(500, 'no') })).toEqual({
    of: 'attachment',
    code: 'http-500',
    status: 500,
    message: 'no',
    hint: expect.stringContaining('next pull'),
  });
  const lacking = new MissingScopeError('GET x', 'read:x');
  expect(incompleteListing({ of: 'labels', error: lacking })).toEqual({
    of: 'labels',
    code: 'missing-scope',
    message: lacking.message,
    hint: lacking.hint,
  });
  expect(incompleteListing({ of: 'names', error: 'odd' })).toMatchObject({ code: 'unknown', message: 'odd' });
});

test('counts the tries', () => {
  const error = new HttpError(503, 'x');
  error.attempts = 5;
  const subject = { kind: 'page', id: '7', title: 'Setup' } as const;
  expect(failedStep(subject, error)).toMatchObject({ failed: { attempts: 5 }, event: { attempts: 5 } });
  expect(failedStep(subject, error, 8)).toMatchObject({ failed: { attempts: 8 } });
});

test('after a refusal the run is halted and the item is no failure; what is fatal ends the run', async () => {
  const halted: unknown[] = [];
  const run = { halt: (error: unknown) => void halted.push(error) };
  const end = (error: unknown) =>
    lastValueFrom(failed$(run, [{ kind: 'page', id: '7', title: 'x' }], error).pipe(toArray()));
  const refusal = new RateLimitWaitError('x');
  expect(await end(refusal)).toEqual([]);
  expect(halted).toEqual([refusal]);
  const full = new StoreError('x');
  await expect(end(full)).rejects.toBe(full);
  expect(await end(new HttpError(500, 'x'))).toHaveLength(1);
  expect(halted).toHaveLength(1);
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

const SETUP = { kind: 'page', id: '7', title: 'Setup' } as const;

test('what the file system refuses is told with where; what else fails has no such place', () => {
  const refused = new RefusedFileError('docs/setup.md', '"docs/setup.md" cannot be written: EACCES.');
  expect(failedStep(SETUP, refused)).toMatchObject({
    failed: { code: 'refused-file', path: 'docs/setup.md' },
    event: { type: 'item.failed', path: 'docs/setup.md' },
  });
  expect(failedStep(SETUP, new HttpError(500, 'no'))).not.toHaveProperty('failed.path');
});

test('what is thrown and is no error is told as it is, as unknown', () => {
  expect(failedStep(SETUP, 'odd')).toMatchObject({
    failed: { code: 'unknown', message: 'odd', attempts: 1, hint: 'The next pull tries it again.' },
  });
});

test('the status of the media host is told, too', () => {
  const error = new MediaError('media-status', 'no', { status: 503 });
  expect(failedStep(SETUP, error)).toMatchObject({ failed: { code: 'media-status', status: 503 } });
  expect(incompleteListing({ of: 'attachment', error })).toMatchObject({ status: 503 });
});

test.each<[number, string]>([
  [403, 'Ask for permission to read it, then pull again.'],
  [
    404,
    'It is hidden from this account, or the wiki has lost it: open it there. The next pull tries it again.',
  ],
  [
    500,
    'Open it in the wiki: if it does not show there either, edit and save it. The next pull tries it again.',
  ],
  [502, 'The next pull tries it again.'],
  [400, 'Please report it. The next pull tries it again.'],
])('what to do about an item that fails with %d', (status, hint) => {
  expect(failedStep(SETUP, new HttpError(status, 'no'))).toMatchObject({ failed: { hint } });
});

test('a listing that says nothing better is listed again by the next pull', () => {
  for (const error of [new HttpError(403, 'no'), new MalformedResponseError('cut off'), new Error('odd')])
    expect(incompleteListing({ of: 'labels', error }).hint).toBe('The next pull lists it again.');
});

test('work that fails costs its item; what ends the run is passed on', async () => {
  const failing = (error: Error) => orFailed(SETUP, () => Promise.reject(error));
  expect(await orFailed(SETUP, () => Promise.resolve('done'))).toBe('done');
  expect(await failing(new ConversionError('odd'))).toMatchObject({
    kind: 'page',
    result: 'failed',
    failed: { id: '7', title: 'Setup', code: 'conversion' },
  });
  for (const error of [new StoreError('full'), new CredentialsError('no'), new TypeError('a defect')])
    await expect(failing(error)).rejects.toBe(error);
});

test('each of several that fail together is told, with how often they were tried', async () => {
  const run = { halt: () => undefined };
  const others = [SETUP, { kind: 'blogpost', id: '8', title: 'News' }] as const;
  const steps = await lastValueFrom(failed$(run, others, new HttpError(500, 'no'), 4).pipe(toArray()));
  expect(steps).toMatchObject([
    { kind: 'page', failed: { id: '7', attempts: 4 } },
    { kind: 'blogpost', failed: { id: '8', attempts: 4 } },
  ]);
});
