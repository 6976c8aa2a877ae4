import { describe, expect, test } from '@jest/globals';
import { firstValueFrom, from, of } from 'rxjs';
import type { ListedPage } from '../../../lib/core/content.js';
import type { SearchedChange } from '../../../lib/core/searched.js';
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
}

const quick = async ({ pages = [], others = [], unsound = [], options, records = RECORDS }: Told = {}) => {
  const asked: (readonly [readonly string[], number])[] = [];
  const { search } = newSearch({
    records,
    ...(options && { options }),
    client: {
      listPagesByChange$: () => from(pages.map((page) => ({ items: [page] }))),
      searchChanges$: (_space, types, minutes) => {
        asked.push([types, minutes]);
        return of({ items: others });
      },
    },
  });
  const run = { ...search.run, startedAt: new Date(NOW).toISOString() };
  const prior = { ...search.prior, unsound: new Set(unsound) };
  const inventory = await firstValueFrom(quickInventory$({ ...search, run, prior }, SINCE));
  const { isUnchanged = false, folders, comments, attachments } = inventory;
  return {
    asked,
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
  folder: (title: string): SearchedChange => ({ type: 'folder', id: '50', folder: folder(50, { title }) }),
  file: (id: number, pageId: number, version: number): SearchedChange => ({
    type: 'attachment',
    id: `att${id}`,
    attachment: attachment(id, pageId, { version }),
  }),
};

describe('what is listed again as it is recorded is no change', () => {
  test.each<[string, Told]>([
    ['nothing at all', {}],
    ['a page', { pages: [listedPage(2, { updatedAt: at(-1) })] }],
    ['a comment', { others: [change.comment(70, 3, 1)] }],
    ['a folder', { others: [change.folder('Folder 50')] }],
    ['a file', { others: [change.file(1, 2, 1)] }],
  ])('%s', async (_what, told) => {
    expect(await quick(told)).toMatchObject({ isUnchanged: true, versions: [] });
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

describe('a change comes with all that is recorded', () => {
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
