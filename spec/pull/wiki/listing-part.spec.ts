import { expect, test } from '@jest/globals';
import { concat, lastValueFrom, of, throwError, toArray } from 'rxjs';
import type { ListingPage } from '../../../lib/confluence/walk.js';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { listingParts$ } from '../../../lib/pull/wiki/listing-part.js';

interface Item {
  readonly id: string;
}

const answer = (ids: readonly string[], more: Partial<ListingPage<Item>> = {}): ListingPage<Item> => ({
  items: ids.map((id) => ({ id })),
  ...more,
});
const lost = (id: string, reason: string) => ({ unreadable: [{ id, reason }] });

/** The parts of a listing of these answers, which then ends or fails. */
const listing$ = (answers: readonly ListingPage<Item>[], error?: Error) =>
  listingParts$(
    'comments',
    error
      ? concat(
          of(...answers),
          throwError(() => error),
        )
      : of(...answers),
  );

const partsOf = async (...given: Parameters<typeof listing$>) => {
  const parts = await lastValueFrom(listing$(...given).pipe(toArray()));
  return parts.map(({ items, gaps }) => ({
    ids: items.map(({ id }) => id),
    ...(gaps && { gaps: gaps.map(({ of: kind, code, message }) => [kind, code, message]) }),
  }));
};

test('a listing of nothing is whole', async () => {
  expect(await partsOf([])).toEqual([{ ids: [], gaps: [] }]);
});

test('each item comes once, in the part of the answer that has told it first', async () => {
  expect(await partsOf([answer(['1', '2']), answer(['2']), answer(['3', '1', '3'])])).toEqual([
    { ids: ['1', '2'] },
    { ids: [] },
    { ids: ['3'] },
    { ids: [], gaps: [] },
  ]);
});

test('the rows that cannot be read, of all answers, are one gap', async () => {
  const parts = await partsOf([answer(['1'], lost('7', 'no title')), answer([], lost('8', 'no page'))]);
  expect(parts).toEqual([
    { ids: ['1'] },
    { ids: [] },
    { ids: [], gaps: [['comments', 'malformed-response', '2 rows cannot be read (7): no title.']] },
  ]);
});

test('a failure ends it with a gap, beside that of the rows', async () => {
  const parts = await partsOf([answer(['1'], lost('7', 'no title'))], new HttpError(500, 'No.'));
  expect(parts).toEqual([
    { ids: ['1'] },
    {
      ids: [],
      gaps: [
        ['comments', 'malformed-response', 'One row cannot be read (7): no title.'],
        ['comments', 'http-500', 'No.'],
      ],
    },
  ]);
});

test('what costs more than the listing fails it', async () => {
  const error = new CredentialsError('no');
  await expect(partsOf([answer(['1'])], error)).rejects.toBe(error);
});

test('who subscribes again has all items again, and no rows of before', async () => {
  const again$ = listing$([answer(['1'], lost('7', 'no title'))]);
  const first = await lastValueFrom(again$.pipe(toArray()));
  expect(await lastValueFrom(again$.pipe(toArray()))).toEqual(first);
});
