import { Readable } from 'node:stream';
import { expect, test } from '@jest/globals';
import { type ItemRecord, recordKey } from '../../../lib/core/records.js';
import { KINDS, type Kind } from '../../../lib/core/kinds.js';
import { NOTHING_SETTLED } from '../../../lib/core/settled.js';
import {
  absentRecords,
  chunksOf,
  recordedAttachment,
  recordedPage,
} from '../../../lib/pull/inventory/recorded.js';
import { attachment } from '../../support/fake-wiki.js';
import {
  attachmentRecord,
  commentsRecord,
  folder,
  folderRecord,
  listedPage,
  pageRecord,
  priorWith,
} from '../../support/searching.js';

const RECORDS = [
  pageRecord(listedPage(1)),
  pageRecord(listedPage(2)),
  pageRecord(listedPage(3, { kind: 'blogpost' })),
  attachmentRecord(attachment(7, 2)),
  commentsRecord(2, 70),
  folderRecord(folder(50)),
];
const PRIOR = priorWith(RECORDS);

const all = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
};

const keysOf = (records: readonly ItemRecord[]): string[] =>
  records.map(({ kind, id }) => recordKey(kind, id)).sort();

/** What a damaged record is made anew as. */
const bare = (kind: Kind, ...paths: readonly string[]): ItemRecord => ({
  kind,
  id: '9',
  version: 0,
  fingerprint: '',
  files: paths.map((path) => ({ path, bytes: 1, hash: '' })),
});

test.each<[readonly Kind[], readonly string[], readonly string[]]>([
  [['page', 'blogpost'], [], ['blogpost:3', 'page:1', 'page:2']],
  [
    ['page', 'blogpost'],
    ['page:1', 'page:4'],
    ['blogpost:3', 'page:2'],
  ],
  [['page'], ['page:1', 'page:2'], []],
  [['comments'], ['page:2'], ['comments:2']],
  [KINDS, keysOf(RECORDS), []],
  [[], [], []],
])('of the kinds %j, where %j are listed, these are absent: %j', async (kinds, listed, expected) => {
  const absent = await all(absentRecords(PRIOR, kinds, (kind, id) => listed.includes(recordKey(kind, id))));
  expect(keysOf(absent)).toEqual(expected);
});

test('absent records come as they are recorded', async () => {
  expect(await all(absentRecords(PRIOR, ['folder'], (_, id) => id === '51'))).toEqual([
    folderRecord(folder(50)),
  ]);
});

test('no key is read where those that are known from the beginning are all, and listed', async () => {
  const pages = [listedPage(1), listedPage(2)].map((page) => pageRecord(page));
  const prior = priorWith(pages);
  const unread = {
    ...prior.records,
    sizes: prior.records.sizes,
    keys: () => {
      throw new Error('They were read.');
    },
  };
  const absent = (listed: readonly string[], settled: readonly string[]) =>
    all(
      absentRecords(
        {
          records: unread,
          settled: { ...NOTHING_SETTLED, page: new Map(settled.map((id) => [id, 1])) },
        },
        ['page', 'blogpost'],
        (kind, id) => listed.includes(recordKey(kind, id)),
      ),
    );
  const both = ['page:1', 'page:2'];
  expect(await absent(both, ['1', '2'])).toEqual([]);
  await expect(absent(['page:1'], ['1', '2'])).rejects.toThrow('They were read.');
  await expect(absent(['page:1', 'blogpost:2'], ['1', '2'])).rejects.toThrow('They were read.');
  await expect(absent(both, ['1'])).rejects.toThrow('They were read.');
});

test('they are told apart by their ids, too', async () => {
  expect(await all(absentRecords(PRIOR, ['folder'], (_, id) => id === '50'))).toEqual([]);
});

test.each([0, 1, 999, 1000, 1001, 2000])(
  '%d items in as few chunks as can be are all there, in their order',
  async (count) => {
    const items = Array.from({ length: count }, (_, i) => i);
    const chunks = await all(chunksOf(Readable.from(items)));
    expect(chunks.flat()).toEqual(items);
    expect(chunks.filter(({ length }) => length === 0 || length > 1000)).toEqual([]);
    expect(chunks).toHaveLength(Math.ceil(count / 1000));
  },
);

test('a page is what its listing has said', () => {
  expect(recordedPage(pageRecord(listedPage(1)))).toEqual(listedPage(1));
});

test.each(['page', 'blogpost'] as const)('of a damaged record of a %s only kind and id are known', (kind) => {
  const { kind: told, id, version, title, parentId } = recordedPage(bare(kind)) ?? {};
  expect({ told, id, version, title, parentId }).toEqual({
    told: kind,
    id: '9',
    version: 0,
    title: '',
    parentId: undefined,
  });
});

test('an attachment is what its listing has said', () => {
  expect(recordedAttachment(attachmentRecord(attachment(7, 2)))).toEqual(attachment(7, 2));
});

test.each([
  [['One/_attachments/a.png'], 'a.png'],
  [[], ''],
])('a damaged record of an attachment with the files %j is one of no page, named %j', (paths, title) => {
  expect(recordedAttachment(bare('attachment', ...paths))).toMatchObject({
    id: '9',
    pageId: '',
    title,
    version: 0,
  });
});

test('what is neither is neither', () => {
  const others = (...kinds: readonly Kind[]) => KINDS.filter((kind) => !kinds.includes(kind));
  expect(others('page', 'blogpost').flatMap((kind) => recordedPage(bare(kind)) ?? [])).toEqual([]);
  expect(others('attachment').flatMap((kind) => recordedAttachment(bare(kind)) ?? [])).toEqual([]);
});
