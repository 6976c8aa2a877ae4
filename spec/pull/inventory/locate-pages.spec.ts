import { expect, test } from '@jest/globals';
import { firstValueFrom, of, throwError } from 'rxjs';
import type { FoundPage, ListedPage } from '../../../lib/core/content.js';
import type { Whereabouts } from '../../../lib/core/departures.js';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { locatePages$, whereaboutsOf } from '../../../lib/pull/inventory/locate-pages.js';
import { SPACE } from '../../support/fake-wiki.js';
import { listedPage, pageRecord, type Situation, useSearch } from '../../support/searching.js';

const newSearch = useSearch();

const MIRRORED = [listedPage(1), listedPage(2), listedPage(3)];
const found = (page: ListedPage, changes: Partial<FoundPage> = {}): readonly [string, FoundPage] => [
  page.id,
  { page, status: 'current', spaceId: SPACE.id, ...changes },
];

/** Locates pages of which the listing tells `listed`; a mirror of three. */
const locate = async (listed: readonly ListedPage[], situation: Situation = {}, mentioned: string[] = []) => {
  const { search, warnings, unknown } = newSearch({ records: MIRRORED.map(pageRecord), ...situation });
  const asked: string[] = [];
  const { pagesById$ } = search.run.wiki;
  Object.assign(search.run.wiki, {
    pagesById$: (kind: 'page' | 'blogpost', ids: readonly string[]) => {
      asked.push(`${kind} ${ids.join(',')}`);
      return pagesById$(kind, ids);
    },
  });
  const located = await firstValueFrom(locatePages$(search, { items: listed, gaps: [] }, mentioned));
  return { ...located, ids: located.items.map(({ id }) => id), warnings, asked, unknown: unknown() };
};

test.each<[string, FoundPage | undefined, Whereabouts]>([
  ['not to be seen', undefined, 'unseen'],
  ['current here', found(listedPage(1))[1], 'alive'],
  ['current nobody says where', found(listedPage(1), { spaceId: undefined })[1], 'alive'],
  ['current in another space', found(listedPage(1), { spaceId: '7' })[1], 'gone'],
  ['archived', found(listedPage(1), { status: 'archived' })[1], 'gone'],
  ['in the trash', found(listedPage(1), { status: 'trashed' })[1], 'gone'],
  ['deleted', found(listedPage(1), { status: 'deleted' })[1], 'gone'],
  ['in a state of a later release', found(listedPage(1), { status: 'sleeping' })[1], 'unknown'],
  ['in such a state elsewhere', found(listedPage(1), { status: 'sleeping', spaceId: '7' })[1], 'unknown'],
])('a page that is %s', (_name, page, where) => {
  const { search, unknown } = newSearch();
  expect(whereaboutsOf(search, listedPage(1), page)).toBe(where);
  expect(unknown()).toEqual(where === 'unknown' ? ['page'] : []);
});

test('a listing that tells everything asks for nothing', async () => {
  const { ids, asked, warnings } = await locate(MIRRORED);
  expect([ids, asked, warnings]).toEqual([['1', '2', '3'], [], []]);
});

test('what the listing leaves out and the database has stays, as the database has it, and is told', async () => {
  const now = listedPage(3, { version: 9 });
  const { items, whereabouts, staying, leftOut, warnings, asked } = await locate(MIRRORED.slice(0, 2), {
    client: { pagesById$: () => of(new Map([found(now)])) },
  });
  expect(asked).toEqual(['page 3']);
  expect(items.at(-1)).toEqual(now);
  expect([whereabouts.size, staying.size, leftOut]).toEqual([0, 0, 1]);
  expect(warnings).toEqual([expect.stringMatching(/^incomplete-listing: .*"Page 3"/)]);
});

test('of several that it leaves out that is told once, with how many they are', async () => {
  const { warnings } = await locate(MIRRORED.slice(0, 1), {
    client: { pagesById$: () => of(new Map([found(listedPage(2)), found(listedPage(3))])) },
  });
  expect(warnings).toEqual([
    expect.stringMatching(
      /^incomplete-listing: .* has left out 2 pages that are there \(.*"Page 2".*"Page 3"/,
    ),
  ]);
});

test.each<[string, FoundPage['status'] | undefined, Whereabouts]>([
  ['trashed', 'trashed', 'gone'],
  ['not to be seen', undefined, 'unseen'],
])('what is %s is told so', async (_name, status, where) => {
  const answer = new Map(status === undefined ? [] : [found(listedPage(3), { status })]);
  const { ids, whereabouts, warnings } = await locate(MIRRORED.slice(0, 2), {
    client: { pagesById$: () => of(answer) },
  });
  expect(ids).toEqual(['1', '2']);
  expect([...whereabouts]).toEqual([['page:3', where]]);
  expect(warnings).toEqual([]);
});

test('what this account does not see and must not lose stays as it is recorded', async () => {
  const { ids, staying, whereabouts } = await locate(MIRRORED.slice(0, 2), {
    client: { pagesById$: () => of(new Map()) },
    mayLoseUnseen: false,
  });
  expect(ids).toEqual(['1', '2', '3']);
  expect(staying).toEqual(new Set(['3']));
  expect([...whereabouts]).toEqual([['page:3', 'unseen']]);
});

test('what cannot be asked for stays, which is told, and costs nobody else', async () => {
  const { ids, staying, unknown } = await locate(MIRRORED.slice(0, 1), {
    client: {
      pagesById$: (_kind, ids) =>
        ids.includes('3') ? throwError(() => new HttpError(500, 'no')) : of(new Map([found(listedPage(2))])),
    },
  });
  expect([...ids].sort()).toEqual(['1', '2', '3']);
  expect(staying).toEqual(new Set(['3']));
  expect(unknown).toEqual(['page']);
});

const BATCH_WITHOUT_ANYONE = () => of(new Map<string, FoundPage>());

test('a few that a batch leaves out are asked for one by one', async () => {
  const { ids, whereabouts, unknown } = await locate(MIRRORED.slice(0, 1), {
    client: {
      pagesById$: BATCH_WITHOUT_ANYONE,
      page$: (_kind, id) => of(id === '2' ? found(listedPage(2))[1] : undefined),
    },
  });
  expect(ids).toEqual(['1', '2']);
  expect([...whereabouts]).toEqual([['page:3', 'unseen']]);
  expect(unknown).toEqual([]);
});

test('one of them that cannot be asked for stays, which is told', async () => {
  const { ids, staying, unknown } = await locate(MIRRORED.slice(0, 2), {
    client: { pagesById$: BATCH_WITHOUT_ANYONE, page$: () => throwError(() => new HttpError(500, 'no')) },
  });
  expect(ids).toEqual(['1', '2', '3']);
  expect([staying, unknown]).toEqual([new Set(['3']), ['page']]);
});

test('many that a batch leaves out are not', async () => {
  const many = Array.from({ length: 26 }, (_, index) => listedPage(index + 1));
  const { whereabouts } = await locate([], {
    records: many.map(pageRecord),
    client: { pagesById$: BATCH_WITHOUT_ANYONE, page$: () => throwError(() => new Error('asked')) },
  });
  expect(whereabouts.size).toBe(26);
});

test('an empty listing, with a database that answers, loses nothing', async () => {
  const { ids, whereabouts } = await locate([], {
    client: { pagesById$: () => of(new Map(MIRRORED.map((page) => found(page)))) },
  });
  expect(ids).toEqual(['1', '2', '3']);
  expect(whereabouts.size).toBe(0);
});

test('refused credentials end the run', async () => {
  const error = new CredentialsError('no');
  await expect(locate([], { client: { pagesById$: () => throwError(() => error) } })).rejects.toBe(error);
});

test('blog posts are asked for by themselves', async () => {
  const post = listedPage(9, { kind: 'blogpost' });
  const { asked } = await locate([], {
    records: [pageRecord(listedPage(1)), pageRecord(post)],
    client: { pagesById$: () => of(new Map()) },
  });
  expect(asked.sort()).toEqual(['blogpost 9', 'page 1']);
});

test('a page that only the listing of blog posts tells is the page that the mirror has', async () => {
  const misplaced = listedPage(3, { kind: 'blogpost', parentId: undefined });
  const { items, asked } = await locate([...MIRRORED.slice(0, 2), misplaced], {
    client: { pagesById$: () => of(new Map([found(listedPage(3))])) },
  });
  expect(items).toEqual(MIRRORED);
  expect(asked).toEqual(['page 3']);
});

test('one that the mirror has as both, and the listing as a page, stays a page', async () => {
  const both = listedPage(3, { kind: 'blogpost', parentId: undefined });
  const { ids, whereabouts } = await locate(MIRRORED, {
    records: [...MIRRORED, both].map(pageRecord),
    client: { pagesById$: () => of(new Map()), page$: () => of(undefined) },
  });
  expect(ids).toEqual(['1', '2', '3']);
  expect([...whereabouts]).toEqual([['blogpost:3', 'unseen']]);
});

test('pages that only others mention are taken, with those above them that nobody tells of', async () => {
  const tree = [listedPage(70, { parentId: '71' }), listedPage(71, { parentId: '1' })];
  const { ids, asked, warnings } = await locate(
    MIRRORED,
    {
      client: {
        pagesById$: (_kind, some) =>
          of(new Map(tree.filter(({ id }) => some.includes(id)).map((each) => found(each)))),
      },
    },
    ['1', '70', '99'],
  );
  expect(asked).toEqual(['page 70,99', 'page 71']);
  expect(ids).toEqual(['1', '2', '3', '70', '71']);
  expect(warnings).toHaveLength(1);
});

test('what cannot be asked for stays, though the pages above others are asked for after it', async () => {
  const tree = [listedPage(3, { parentId: '71' }), listedPage(71, { parentId: '1' })];
  const { asked, staying, unknown } = await locate(MIRRORED.slice(0, 1), {
    client: {
      pagesById$: (_kind, ids) =>
        ids.includes('2')
          ? throwError(() => new HttpError(500, 'no'))
          : of(new Map(tree.filter(({ id }) => ids.includes(id)).map((each) => found(each)))),
    },
  });
  expect(asked).toContain('page 71');
  expect([staying, unknown]).toEqual([new Set(['2']), ['page']]);
});

test('a folder above such a page is not asked for as a page', async () => {
  const inFolder = { ...listedPage(70, { parentId: '50' }), parentType: 'folder' };
  const { asked } = await locate(MIRRORED, { client: { pagesById$: () => of(new Map([found(inFolder)])) } }, [
    '70',
  ]);
  expect(asked).toEqual(['page 70']);
});

test('a row that has a type of parent and no parent has the parent by its id, else as the mirror has it', async () => {
  const lost = { parentId: undefined, parentType: 'page' };
  const odd = MIRRORED.map((page) => ({ ...page, ...lost }));
  const { items } = await locate(odd, {
    records: MIRRORED.map((page) => pageRecord({ ...page, parentId: '77', parentType: 'folder' })),
    client: {
      pagesById$: () => of(new Map([found({ ...listedPage(2), parentId: '88', parentType: 'page' })])),
    },
  });
  expect(items.map(({ parentId }) => parentId)).toEqual(['77', '88', '77']);
});

test('a blog post without its day has it by its id, else as the mirror has it', async () => {
  const [first, second] = [1, 2].map((id) => listedPage(id, { kind: 'blogpost', parentId: undefined }));
  if (first === undefined || second === undefined) throw new Error('two');
  const undated = [first, second].map((post) => ({ ...post, createdAt: undefined }));
  const { items } = await locate(undated, {
    records: [first, second].map((post) => pageRecord({ ...post, createdAt: '2024-01-01T00:00:00.000Z' })),
    client: { pagesById$: () => of(new Map([found({ ...second, createdAt: '2025-01-01T00:00:00.000Z' })])) },
  });
  expect(items.map(({ createdAt }) => createdAt?.slice(0, 4))).toEqual(['2024', '2025']);
});

test('a row without title or version is as the database has it, else as the mirror has it', async () => {
  const odd = [listedPage(1, { title: '', version: 0 }), listedPage(2, { title: '' }), listedPage(3)];
  const { items } = await locate(odd, {
    client: { pagesById$: () => of(new Map([found(listedPage(1, { title: 'By id', version: 7 }))])) },
  });
  expect(items).toMatchObject([
    { title: 'By id', version: 7 },
    { title: 'Page 2', version: 1 },
    { title: 'Page 3' },
  ]);
});
