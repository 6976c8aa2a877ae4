import { describe, expect, test } from '@jest/globals';
import { firstValueFrom, of, throwError } from 'rxjs';
import type { WikiClient } from '../../../lib/confluence/wiki-client.js';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { locateInScope$ } from '../../../lib/pull/inventory/locate-in-scope.js';
import { page, pages } from '../../support/fake-wiki.js';
import { listedPage, pageRecord, type Situation, useSearch } from '../../support/searching.js';

const newSearch = useSearch();

const RECORDS = [1, 2].map((id) => pageRecord(listedPage(id)));
const placed = (id: number) => ({ page: listedPage(id), ancestors: [] });

/** Search that finds these by their ids in the scope, and these at all. */
const knowing = (inScope: readonly number[], atAll: readonly number[] = []): Partial<WikiClient> => ({
  searchPages$: (cql) => of({ items: (cql.startsWith('id in') ? atAll : inScope).map(placed) }),
});

/** Locates the pages of a scope of which search lists the first only; the mirror has two. */
const locate = async (situation: Situation = {}, { listed = [1], isAncestorMissing = false } = {}) => {
  const { search, unknown, requests, warnings } = newSearch({
    content: { pages: pages(2) },
    records: RECORDS,
    options: { label: 'red' },
    ...situation,
  });
  const items = listed.map(placed);
  const listing = { items, gaps: [], isWalked: true, isAncestorMissing };
  const located = await firstValueFrom(locateInScope$(search, listing));
  return {
    ids: located.items.map(({ id }) => id),
    placed: located.found.map((each) => each.page.id),
    whereabouts: [...located.whereabouts],
    leftOut: located.leftOut,
    leftScope: located.leftScope.map(({ id }) => id),
    unknown: unknown(),
    warnings,
    requests,
  };
};

test('a listing that tells everything asks for nothing', async () => {
  expect(await locate({}, { listed: [1, 2] })).toEqual({
    ids: ['1', '2'],
    placed: ['1', '2'],
    whereabouts: [],
    leftOut: 0,
    leftScope: [],
    unknown: [],
    warnings: [],
    requests: [],
  });
});

test('one that search finds in the scope when asked once more is a part of it, and was left out', async () => {
  const {
    ids,
    placed: found,
    whereabouts,
    leftOut,
    leftScope,
  } = await locate({
    client: knowing([2]),
    isSameScope: true,
  });
  expect([ids, found, whereabouts]).toEqual([['1', '2'], ['1', '2'], []]);
  expect([leftOut, leftScope]).toEqual([1, []]);
});

test.each<[string, Situation, string]>([
  ['in the trash', { content: { pages: [page(1), page(2, { status: 'trashed' })] } }, 'gone'],
  ['not to be seen', { content: { pages: pages(1) } }, 'unseen'],
  ['not to be asked for', { fault: () => new HttpError(500, 'no') }, 'unknown'],
])('one that is %s is not looked for by search', async (_, situation, where) => {
  const { ids, whereabouts, leftOut, leftScope, requests } = await locate(situation);
  expect(whereabouts).toEqual([['page:2', where]]);
  expect([ids, leftOut, leftScope]).toEqual([['1'], 0, []]);
  expect(requests.filter((request) => request.startsWith('searchPages'))).toEqual([]);
});

test('one that search does not know at all is alive as it was, and not asked for further', async () => {
  const client = {
    ...knowing([]),
    labelsOf$: () => throwError(() => new Error('asked')),
  };
  const { whereabouts, leftOut, warnings } = await locate({ client });
  expect([whereabouts, leftOut]).toEqual([[['page:2', 'alive']], 0]);
  expect(warnings).toEqual([
    expect.stringContaining(
      'incomplete-listing: Search knows nothing of a mirrored page that is there ("Page 2")',
    ),
  ]);
});

test('a row without a title, of one that was asked for by its id, tells nothing', async () => {
  const bare = { page: { ...listedPage(2), title: '' }, ancestors: [] };
  const { ids, whereabouts } = await locate({ client: { searchPages$: () => of({ items: [bare] }) } });
  expect([ids, whereabouts]).toEqual([['1'], [['page:2', 'alive']]]);
});

test('a blog post is below no page, and nobody is asked', async () => {
  const post = listedPage(2, { kind: 'blogpost', parentId: undefined });
  const located = await locate({
    content: { pages: [page(1), page(2, { kind: 'blogpost', parentId: undefined })] },
    records: [pageRecord(listedPage(1)), pageRecord(post)],
    client: {
      searchPages$: (cql) => of({ items: cql.startsWith('id in') ? [{ page: post, ancestors: [] }] : [] }),
      ancestorsOf$: () => throwError(() => new Error('asked')),
    },
    options: { ancestor: '1' },
  });
  expect(located).toMatchObject({ whereabouts: [['blogpost:2', 'outside']], leftScope: ['2'] });
});

test('where search fails nobody is outside', async () => {
  const client = { searchPages$: () => throwError(() => new HttpError(500, 'no')) };
  const { whereabouts, unknown } = await locate({ client });
  expect(whereabouts).toEqual([['page:2', 'alive']]);
  expect(unknown).toContain('page');
});

describe('one that search knows, and not in the scope', () => {
  const client = knowing([], [2]);
  const OUTSIDE = { whereabouts: [['page:2', 'outside']], leftScope: ['2'], ids: ['1'] };
  const INSIDE = { whereabouts: [['page:2', 'alive']], leftScope: [] };

  test.each<[string, Situation, object]>([
    ['has not the label', { options: { label: 'red' } }, OUTSIDE],
    ['has the label', { options: { label: 'two' } }, INSIDE],
    ['is below another page', { options: { ancestor: '5' } }, OUTSIDE],
    ['is below one of the ancestors', { options: { ancestor: ['5', '1'] } }, INSIDE],
    ['is one of the ancestors', { options: { ancestor: ['5', '2'] } }, INSIDE],
    ['has the label, elsewhere', { options: { ancestor: '5', label: 'two' } }, OUTSIDE],
    ['is below it without the label', { options: { ancestor: '1', label: 'red' } }, OUTSIDE],
    ['is below it with the label', { options: { ancestor: '1', label: 'two' } }, INSIDE],
  ])('by the database %s', async (_, situation, expected) => {
    expect(await locate({ client, ...situation })).toMatchObject(expected);
  });

  test('is asked for by nobody where the scope is what only search knows', async () => {
    const { requests, ...located } = await locate({ client, options: { cql: 'type = page', label: 'two' } });
    expect(located).toMatchObject(OUTSIDE);
    expect(requests.filter((request) => /^(labelsOf|ancestorsOf)/.test(request))).toEqual([]);
  });

  test('stays where the database cannot be asked', async () => {
    const fault = (request: string) =>
      request.startsWith('labelsOf') ? new HttpError(500, 'no') : undefined;
    expect(await locate({ client, fault })).toMatchObject({ ...INSIDE, unknown: ['page'] });
  });

  test('is outside of another scope by the word of search, and no part that left its own', async () => {
    const { requests, ...located } = await locate({ client, isSameScope: false, options: { label: 'two' } });
    expect(located).toMatchObject({ whereabouts: [['page:2', 'outside']], leftScope: [] });
    expect(requests.filter((request) => request.startsWith('labelsOf'))).toEqual([]);
  });

  test('is outside of a scope that finds nothing, by the word of search', async () => {
    const { whereabouts } = await locate({ client, options: { label: 'two' } }, { listed: [] });
    expect(whereabouts).toEqual([
      ['page:1', 'alive'],
      ['page:2', 'outside'],
    ]);
  });

  test('stays where an ancestor is missing, as nobody knows what was below it', async () => {
    expect(await locate({ client }, { isAncestorMissing: true })).toMatchObject(INSIDE);
  });
});

test.each(['searchPages$', 'labelsOf$', 'pagesById$'] as const)(
  'refused credentials end the run: %s',
  async (name) => {
    const error = new CredentialsError('no');
    const client = { ...knowing([], [2]), [name]: () => throwError(() => error) };
    await expect(locate({ client })).rejects.toBe(error);
  },
);

test('many are searched for a hundred at a time', async () => {
  const many = Array.from({ length: 150 }, (_, index) => page(index + 1));
  const asked: number[] = [];
  await locate(
    {
      content: { pages: many },
      records: many.map(({ id }) => pageRecord(listedPage(Number(id)))),
      client: {
        searchPages$: (cql) => {
          asked.push(/id in \(([\d,]+)\)/.exec(cql)?.[1]?.split(',').length ?? 0);
          return of({ items: [] });
        },
      },
    },
    { listed: [] },
  );
  expect(asked.sort((a, b) => a - b)).toEqual([50, 50, 100, 100]);
});
