import { expect, test } from '@jest/globals';
import { type Observable, defer, lastValueFrom, of, throwError, toArray } from 'rxjs';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { MissingScopeError } from '../../../lib/errors/missing-scope-error.js';
import { UnreachableError } from '../../../lib/errors/unreachable-error.js';
import { inParts$, type InPartsConfig } from '../../../lib/pull/run/in-parts.js';

const ITEMS = [1, 2, 3, 4, 5, 6, 7, 8];

/** Asks for the items; requests that hold one of the bad ones fail. Tells the requests with the tries before them. */
const asking = async (
  bad: readonly number[],
  error: unknown,
  config: Partial<InPartsConfig<number, string>> = {},
) => {
  const requests: string[] = [];
  const ask$ = (items: readonly number[], before: number): Observable<string> =>
    defer(() => {
      requests.push(`${items.join('')} after ${before}`);
      return items.some((item) => bad.includes(item)) ? throwError(() => error) : of(...items.map(String));
    });
  const failed$ = (items: readonly number[], _error: unknown, tried: number): Observable<string> =>
    of(`${items.join('')} failed after ${tried}`);
  const results = await lastValueFrom(inParts$(ITEMS, { ask$, failed$, ...config }).pipe(toArray()));
  return { requests, results };
};

const fault = (attempts: number): HttpError => Object.assign(new HttpError(500, 'no'), { attempts });

test('what is answered is asked for once', async () => {
  const { requests, results } = await asking([], fault(1));
  expect(requests).toEqual(['12345678 after 0']);
  expect(results).toEqual(ITEMS.map(String));
});

test('halves until the item that causes it stands alone, counting the tries', async () => {
  const { requests, results } = await asking([3], fault(2));
  expect(requests).toEqual([
    '12345678 after 0',
    '1234 after 2',
    '12 after 4',
    '34 after 4',
    '3 after 6',
    '4 after 6',
    '5678 after 2',
  ]);
  expect(results).toEqual(['1', '2', '3 failed after 8', '4', '5', '6', '7', '8']);
});

test.each([
  new HttpError(400, 'no'),
  new HttpError(403, 'no'),
  new HttpError(503, 'no'),
  new CredentialsError('no'),
  new MissingScopeError('GET x', 'read:x'),
  new UnreachableError('offline', 'no'),
  new TypeError('a defect'),
])('what each part would meet again is not halved: %s', async (error) => {
  const { requests, results } = await asking([3], error);
  expect(requests).toHaveLength(1);
  expect(results).toEqual(['12345678 failed after 1']);
});

test('whoever knows better says what fewer may help with', async () => {
  const mayHelp = (error: unknown): boolean => error instanceof HttpError && error.status === 400;
  const { results } = await asking([3], new HttpError(400, 'no'), { mayHelp });
  expect(results.filter((result) => result.includes('failed'))).toEqual(['3 failed after 4']);
});

test('what becomes of the failed may be an error', async () => {
  const error = fault(1);
  await expect(asking([8], error, { failed$: () => throwError(() => error) })).rejects.toBe(error);
});
