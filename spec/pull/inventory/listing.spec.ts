import { expect, test } from '@jest/globals';
import { concat, firstValueFrom, of, throwError } from 'rxjs';
import type { ListingPage } from '../../../lib/confluence/walk.js';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { RateLimitWaitError } from '../../../lib/errors/rate-limit-wait-error.js';
import { listing$, type ListingConfig } from '../../../lib/pull/inventory/listing.js';
import { useSearch } from '../../support/searching.js';

interface Item {
  readonly id: string;
  readonly version: number;
}

const newSearch = useSearch();
const item = (id: string, version = 1): Item => ({ id, version });
const listed = (...items: Item[]): ListingPage<Item> => ({ items });
const broken: ListingPage<Item> = {
  items: [item('1')],
  unreadable: [
    { id: '7', reason: 'at "container": expected object' },
    { id: undefined, reason: 'at "": expected object' },
  ],
};

/** The listing of these pages, which then ends or fails; and how the count of attachments grew meanwhile. */
const listing = async (
  pages: readonly ListingPage<Item>[],
  config: Partial<ListingConfig<Item>> = {},
  error?: Error,
) => {
  const { run } = newSearch();
  const counts: number[] = [];
  run.notices$.subscribe((notice) => {
    if (notice.type === 'inventory.progress') counts.push(notice.attachments);
  });
  const pages$ = error
    ? concat(
        of(...pages),
        throwError(() => error),
      )
    : of(...pages);
  const found = await firstValueFrom(
    listing$(run, { of: 'attachment', what: 'attachments', ...config }, pages$),
  );
  return { ...found, ids: found.items.map(({ id }) => id), counts };
};

test('each item comes once, in its latest version, and counts once', async () => {
  const { items, gaps, isWalked, counts } = await listing([
    listed(item('1'), item('2')),
    listed(item('2', 2), item('3')),
  ]);
  expect([...items].sort((a, b) => Number(a.id) - Number(b.id))).toEqual([
    item('1'),
    item('2', 2),
    item('3'),
  ]);
  expect([gaps, isWalked]).toEqual([[], true]);
  expect(counts).toEqual([2, 3]);
});

test.each([new HttpError(500, 'no'), new HttpError(403, 'no'), new RateLimitWaitError('too long')])(
  'a walk that fails gives what it had found, and the reason: %s',
  async (error) => {
    const { ids, gaps, isWalked } = await listing([listed(item('1'))], {}, error);
    expect(ids).toEqual(['1']);
    expect(gaps).toEqual([{ of: 'attachment', error }]);
    expect(isWalked).toBe(false);
  },
);

test('what the mirror is nothing without ends the run, and so does what costs more than its kind', async () => {
  const error = new HttpError(500, 'no');
  await expect(listing([], { isEssential: true }, error)).rejects.toBe(error);
  const refused = new CredentialsError('no');
  await expect(listing([], {}, refused)).rejects.toBe(refused);
});

test('a row that cannot be read is asked for by its id', async () => {
  const asked: string[] = [];
  const { ids, gaps } = await listing([{ items: [], unreadable: broken.unreadable?.slice(0, 1) ?? [] }], {
    byId$: (id) => {
      asked.push(id);
      return of(item(id));
    },
  });
  expect([asked, ids, gaps]).toEqual([['7'], ['7'], []]);
});

test.each<[string, Partial<ListingConfig<Item>>, RegExp]>([
  ['nobody can be asked', {}, /^2 rows cannot be read \(7\): at "container"/],
  ['it is not to be seen', { byId$: () => of(undefined) }, /^2 rows/],
  ['it cannot be asked for', { byId$: () => throwError(() => new HttpError(500, 'no')) }, /^2 rows/],
  ['one of them is found', { byId$: (id) => of(item(id)) }, /^One row cannot be read: at ""/],
])('rows that are lost cost themselves, and are told: %s', async (_name, config, message) => {
  const { ids, gaps, isWalked } = await listing([broken], config);
  expect(ids).toContain('1');
  expect(gaps).toMatchObject([
    { of: 'attachment', error: { code: 'malformed-response', message: expect.stringMatching(message) } },
  ]);
  expect(isWalked).toBe(true);
});

test('refused credentials end the second look', async () => {
  const error = new CredentialsError('no');
  await expect(listing([broken], { byId$: () => throwError(() => error) })).rejects.toBe(error);
});
