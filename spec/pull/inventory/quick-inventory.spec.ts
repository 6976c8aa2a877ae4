import { describe, expect, test } from '@jest/globals';
import { firstValueFrom, from, of, throwError } from 'rxjs';
import type { ListedPage } from '../../../lib/core/content.js';
import type { SearchedChange } from '../../../lib/core/searched.js';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { quickInventory$ } from '../../../lib/pull/inventory/quick-inventory.js';
import type { PullOptions } from '../../../lib/pull/run/pull-options.js';
import { attachment, SPACE } from '../../support/fake-wiki.js';
import {
  attachmentRecord,
  commentsRecord,
  folder,
  folderRecord,
  listedPage,
  pageRecord,
  useSearch,
} from '../../support/searching.js';

const newSearch = useSearch();

/** The fake wiki's clock, and the time of the last pull. */
const NOW = Date.parse(SPACE.serverTime ?? '');
const SINCE = '2026-02-03T03:54:06.000Z';

const at = (minutesBeforeSince: number): string =>
  new Date(Date.parse(SINCE) - minutesBeforeSince * 60_000).toISOString();

const PAGES = [1, 2, 3].map((id) => listedPage(id, { updatedAt: at(60) }));
const RECORDS = [
  ...PAGES.map(pageRecord),
  pageRecord(listedPage(9, { kind: 'blogpost', parentId: undefined })),
  folderRecord(folder(50)),
  attachmentRecord(attachment(1, 2)),
  commentsRecord(3, 70, 71),
];

interface Told {
  /** By the listing of pages, the latest first; each in an answer of its own. */
  readonly pages?: readonly ListedPage[];
  /** By the search. */
  readonly others?: readonly SearchedChange[];
  readonly unsound?: readonly string[];
  readonly options?: Partial<PullOptions>;
  readonly records?: typeof RECORDS;
  readonly startedAtMs?: number;
  readonly searchError?: Error;
}

const quick = async ({
  pages = [],
  others = [],
  unsound = [],
  options,
  records = RECORDS,
  startedAtMs = NOW,
  searchError,
}: Told = {}) => {
  const asked: (readonly [readonly string[], number])[] = [];
  const { search, run: started } = newSearch({
    records,
    ...(options && { options }),
    client: {
      listPagesByChange$: () => from(pages.map((page) => ({ items: [page] }))),
      searchChanges$: (_space, types, minutes) => {
        asked.push([types, minutes]);
        return searchError === undefined ? of({ items: others }) : throwError(() => searchError);
      },
    },
  });
  const run = { ...search.run, startedAt: new Date(startedAtMs).toISOString() };
  const prior = { ...search.prior, unsound: new Set(unsound) };
  const inventory = await firstValueFrom(
    quickInventory$({ ...search, run, prior }, { pages: SINCE, others: SINCE }),
  );
  const { isUnchanged = false, folders, comments, attachments } = inventory;
  return {
    asked,
    gaps: started.incomplete().map(({ of: kind, code }) => `${kind} ${code}`),
    isUnchanged,
    pages: inventory.pages,
    versions: inventory.pages.map(({ id, version }) => `${id} ${version}`),
    folders: folders.map(({ id, title }) => `${id} ${title}`),
    comments: comments.map(({ id, version, resolution = '' }) => `${id} ${version} ${resolution}`.trim()),
    files: (pageId: number) => attachments.of(String(pageId)).map(({ id, version }) => `${id} ${version}`),
  };
};

const change = {
  comment: (id: number, pageId: number, version: number, resolution?: string): SearchedChange => ({
    type: 'comment',
    id: String(id),
    comment: { id: String(id), pageId: String(pageId), version, resolution },
  }),
  folder: (title: string, parentId = '1'): SearchedChange => ({
    type: 'folder',
    id: '50',
    folder: folder(50, { title, parentId }),
  }),
  post: (id: number, version: number): SearchedChange => ({
    type: 'blogpost',
    id: String(id),
    page: listedPage(id, { kind: 'blogpost', parentId: undefined, version }),
  }),
  file: (id: number, pageId: number, version: number): SearchedChange => ({
    type: 'attachment',
    id: `att${id}`,
    attachment: attachment(id, pageId, { version }),
  }),
};

describe('what is listed again as it is recorded is no change', () => {
  test.each<[string, Told]>([
    ['nothing at all', {}],
    ['a page', { pages: [listedPage(2, { updatedAt: at(60) })] }],
    ['a page whose time nobody tells', { pages: [{ ...listedPage(2), updatedAt: undefined }] }],
    ['a comment', { others: [change.comment(70, 3, 1)] }],
    ['a folder', { others: [change.folder('Folder 50')] }],
    ['a file', { others: [change.file(1, 2, 1)] }],
    ['a blog post', { others: [change.post(9, 1)] }],
    [
      'a new file that a filter leaves out',
      { others: [change.file(8, 2, 1)], options: { attachmentTypes: ['!*8.*'] } },
    ],
  ])('%s', async (_what, told) => {
    expect(await quick(told)).toMatchObject({
      isUnchanged: true,
      pages: [],
      folders: [],
      comments: [],
    });
  });

  test('unless something is missing in the mirror', async () => {
    expect(await quick({ unsound: ['page:2'] })).toMatchObject({
      isUnchanged: false,
      versions: ['1 1', '2 1', '3 1', '9 1'],
      folders: ['50 Folder 50'],
      comments: ['70 1', '71 1'],
    });
  });
});

describe('what is otherwise than it is recorded is a change', () => {
  test.each<[string, Told]>([
    ['a page of another version', { pages: [listedPage(2, { updatedAt: at(-1), version: 2 })] }],
    ['a page of another time, though of the same number', { pages: [listedPage(2, { updatedAt: at(-1) })] }],
    ['a page of which there is no record', { pages: [listedPage(7, { updatedAt: at(-1) })] }],
    ['a blog post of another version', { others: [change.post(9, 2)] }],
    ['a new blog post', { others: [change.post(8, 1)] }],
    ['a comment of another version', { others: [change.comment(70, 3, 2)] }],
    ['a comment that was resolved', { others: [change.comment(70, 3, 1, 'resolved')] }],
    ['a new comment', { others: [change.comment(72, 3, 1)] }],
    ['the first comment of a page', { others: [change.comment(73, 2, 1)] }],
    ['a folder with another title', { others: [change.folder('Anew')] }],
    ['a folder below another page', { others: [change.folder('Folder 50', '2')] }],
    ['a file of another version', { others: [change.file(1, 2, 2)] }],
    ['a new file', { others: [change.file(8, 2, 1)] }],
    [
      'a new file that no filter leaves out',
      { others: [change.file(8, 2, 1)], options: { attachmentTypes: ['!*7.*'] } },
    ],
    [
      'one change among many that are known',
      { others: [change.file(1, 2, 1), change.post(9, 2), change.comment(70, 3, 1)] },
    ],
  ])('%s', async (_what, told) => {
    expect(await quick(told)).toMatchObject({ isUnchanged: false });
  });
});

describe('a change comes with all that is recorded', () => {
  test('of a blog post', async () => {
    expect((await quick({ others: [change.post(9, 3), change.post(8, 1)] })).versions).toEqual([
      '1 1',
      '2 1',
      '3 1',
      '9 3',
      '8 1',
    ]);
  });

  test('of a page', async () => {
    const { isUnchanged, versions, files } = await quick({
      pages: [listedPage(2, { updatedAt: at(-1), version: 4 })],
    });
    expect(isUnchanged).toBe(false);
    expect(versions).toEqual(['1 1', '2 4', '3 1', '9 1']);
    expect(files(2)).toEqual(['att1 1']);
  });

  test('of a comment that was resolved at its version', async () => {
    expect((await quick({ others: [change.comment(70, 3, 1, 'resolved')] })).comments).toEqual([
      '70 1 resolved',
      '71 1',
    ]);
  });

  test('of a folder that was renamed', async () => {
    expect((await quick({ others: [change.folder('Anew')] })).folders).toEqual(['50 Anew']);
  });

  test('of a file, whatever its version was', async () => {
    const { files } = await quick({ others: [change.file(1, 2, 0), change.file(2, 2, 1)] });
    expect(files(2)).toEqual(['att1 0', 'att2 1']);
  });

  test('but for what hangs on no page of the mirror', async () => {
    const { comments, files } = await quick({
      others: [change.comment(80, 77, 1), change.file(3, 77, 1)],
    });
    expect(comments).toEqual(['70 1', '71 1']);
    expect(files(77)).toEqual([]);
  });
});

test('pages are read as far as they are new, and five minutes further', async () => {
  const pages = [
    listedPage(11, { updatedAt: at(-1) }),
    listedPage(12, { updatedAt: at(5) }),
    listedPage(13, { updatedAt: at(6) }),
    listedPage(14, { updatedAt: at(-1) }),
  ];
  expect((await quick({ pages })).versions.slice(-2)).toEqual(['11 1', '12 1']);
});

test('the search looks back to the last pull, and a quarter of an hour further', async () => {
  expect((await quick()).asked).toEqual([[['blogpost', 'folder', 'attachment', 'comment'], 11 + 15]]);
});

test('a page whose time the listing does not tell counts as new', async () => {
  const pages = [listedPage(11, { updatedAt: at(-1) }), { ...listedPage(12), updatedAt: undefined }];
  expect((await quick({ pages })).versions.slice(-2)).toEqual(['11 1', '12 1']);
});

test.each([
  ['ours, where it is ahead of the wiki’s', NOW + 10 * 60_000, 11 + 10 + 15],
  ['the wiki’s, where it is ahead of ours', NOW - 10 * 60_000, 11 + 15],
])('of two clocks the later one tells how far to look back: %s', async (_, startedAtMs, minutes) => {
  expect((await quick({ startedAtMs })).asked.map(([, each]) => each)).toEqual([minutes]);
});

test('a search that fails costs what it would have told, which is told; pages come all the same', async () => {
  const { versions, gaps } = await quick({
    pages: [listedPage(2, { updatedAt: at(-1), version: 4 })],
    searchError: new HttpError(500, 'no'),
  });
  expect(versions).toEqual(['1 1', '2 4', '3 1', '9 1']);
  expect(gaps).toEqual(['blogpost http-500', 'folder http-500', 'attachment http-500', 'comments http-500']);
});

test('one that fails for refused credentials ends the run', async () => {
  const searchError = new CredentialsError('no');
  await expect(quick({ searchError })).rejects.toBe(searchError);
});

test('what the search tells of kinds that nobody asked for is left aside', async () => {
  const { isUnchanged } = await quick({
    options: { attachments: 'none', comments: false },
    others: [change.comment(72, 3, 1), change.file(8, 2, 1)],
  });
  expect(isUnchanged).toBe(true);
});

test('what the mirror leaves out is not searched for', async () => {
  const { asked } = await quick({ options: { attachments: 'none', comments: false } });
  expect(asked).toEqual([[['blogpost', 'folder'], 26]]);
});

test('labels stay as they are recorded, and a new page has none yet', async () => {
  const records = [pageRecord({ ...listedPage(1), labels: ['one'] })];
  const { pages } = await quick({
    records,
    options: { labels: true },
    pages: [listedPage(1, { updatedAt: at(-1), version: 2 }), listedPage(2, { updatedAt: at(-1) })],
  });
  expect(pages.map(({ labels }) => labels)).toEqual([['one'], []]);
});

test('of a recorded file another version is a change, whatever a filter says of it', async () => {
  const recorded = { others: [change.file(1, 2, 1)], options: { attachmentTypes: ['!*1.*'] } };
  expect(await quick(recorded)).toMatchObject({ isUnchanged: true });
  expect(await quick({ ...recorded, others: [change.file(1, 2, 2)] })).toMatchObject({ isUnchanged: false });
});

test('labels are none of a mirror that has none', async () => {
  const { pages } = await quick({
    pages: [listedPage(1, { updatedAt: at(-1), version: 2 }), listedPage(7, { updatedAt: at(-1) })],
  });
  expect(pages.filter((page) => 'labels' in page)).toEqual([]);
});
