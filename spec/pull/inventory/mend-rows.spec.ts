import { describe, expect, test } from '@jest/globals';
import { firstValueFrom, of, throwError } from 'rxjs';
import type { ListedPage } from '../../../lib/core/content.js';
import type { ItemRecord } from '../../../lib/core/records.js';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { filledPages, isOdd, mendAttachments$, mendPages$ } from '../../../lib/pull/inventory/mend-rows.js';
import { attachment, page, pages } from '../../support/fake-wiki.js';
import {
  attachmentRecord,
  listedPage,
  pageRecord,
  type Situation,
  useSearch,
} from '../../support/searching.js';

const newSearch = useSearch();

test.each([
  [{ title: 'A', version: 1 }, false],
  [{ title: '', version: 1 }, true],
  [{ title: 'A', version: 0 }, true],
])('a row is odd that has no title or no version: %j', (row, is) => {
  expect(isOdd(row)).toBe(is);
});

describe('what a row does not tell of times, author and address is as the mirror has it', () => {
  const RECORDED: ListedPage = { ...listedPage(1), webui: '/spaces/DOCS/pages/1/Recorded' };
  const BARE: ListedPage = {
    ...RECORDED,
    createdAt: undefined,
    updatedAt: undefined,
    webui: undefined,
    authorId: undefined,
  };
  const fill = (row: ListedPage, record: ItemRecord = pageRecord(RECORDED)) =>
    filledPages([row], { get: (key) => (key === 'page:1' ? record : undefined) })[0];

  test('all of it for the same version, but for what it does tell', () => {
    expect(fill(BARE)).toEqual(RECORDED);
    expect(fill({ ...BARE, webui: '/other' })).toEqual({ ...RECORDED, webui: '/other' });
    expect(fill(RECORDED, pageRecord({ ...RECORDED, webui: '/x' }))).toEqual(RECORDED);
  });

  test('the time of a version is that of no other one', () => {
    expect(fill({ ...BARE, version: 2 })).toEqual({ ...RECORDED, version: 2, updatedAt: undefined });
  });

  test('of what the mirror does not hold nothing is known', () => {
    expect(fill({ ...BARE, id: '2' })).toEqual({ ...BARE, id: '2' });
  });
});

describe('pages', () => {
  const mend = async (rows: readonly ListedPage[], situation: Situation = {}) => {
    const { run, prior, requests } = newSearch({ content: { pages: pages(3) }, ...situation });
    return { mended: await firstValueFrom(mendPages$(run, rows, prior.records)), requests };
  };

  test('that are listed whole are taken as they are, without a request', async () => {
    const rows = [listedPage(1), listedPage(2)];
    const { mended, requests } = await mend(rows);
    expect(mended).toEqual(rows);
    expect(requests).toEqual([]);
  });

  test.each<[string, Partial<ListedPage>]>([
    ['a title', { title: '' }],
    ['a version', { version: 0 }],
    ['a parent, though it has a type of one', { parentId: undefined, parentType: 'page' }],
  ])('one that lacks %s has it by its id; the others are not asked for', async (_, lack) => {
    const { mended, requests } = await mend([listedPage(1), { ...listedPage(2), ...lack }, listedPage(3)]);
    expect(mended).toEqual([listedPage(1), listedPage(2), listedPage(3)]);
    expect(requests).toEqual(['pagesById 2']);
  });

  test('a homepage without a parent lacks none', async () => {
    expect((await mend([{ ...listedPage(1), parentType: undefined }])).requests).toEqual([]);
  });

  test('a blog post without its day has it by its id', async () => {
    const post = page(9, { kind: 'blogpost', parentId: undefined });
    const row = { ...listedPage(9, post), createdAt: undefined };
    const { mended } = await mend([row], { content: { pages: [post] } });
    expect(mended).toEqual([listedPage(9, post)]);
  });

  test('a page without its day is asked for by nobody', async () => {
    expect((await mend([{ ...listedPage(2), createdAt: undefined }])).requests).toEqual([]);
  });

  test('what the wiki does not tell by the id either is as the mirror has it; what it does tell stays', async () => {
    const row = { ...listedPage(2), title: '', version: 5 };
    const records = [pageRecord({ ...listedPage(2), title: 'Recorded', version: 3 })];
    const { mended } = await mend([row], { content: {}, records });
    expect(mended).toEqual([{ ...listedPage(2), title: 'Recorded', version: 5 }]);
  });

  test('a row that lacks its title stays at the place where it is listed', async () => {
    const row = { ...listedPage(2), title: '', parentId: '3', createdAt: '2020-01-01T00:00:00.000Z' };
    expect((await mend([row])).mended).toEqual([{ ...row, title: 'Page 2' }]);
  });

  test('what nobody tells stays as it is listed', async () => {
    const row = { ...listedPage(2), title: '' };
    expect((await mend([row], { content: {} })).mended).toEqual([row]);
  });
});

describe('attachments', () => {
  const ODD = attachment(7, 2, { title: '', version: 0 });
  const mend = async (situation: Situation) => {
    const { run, prior } = newSearch(situation);
    return firstValueFrom(mendAttachments$(run, [ODD], prior.records));
  };
  const files = [attachment(7, 2, { title: 'a.png', version: 4 })];
  const records = [attachmentRecord(attachment(7, 2, { title: 'recorded.png', version: 3 }))];

  test('have what their row lacks by their ids', async () => {
    expect(await mend({ content: { attachments: files }, records })).toEqual(files);
  });

  test('or as the mirror has it, where the wiki cannot be asked or does not know them', async () => {
    for (const client of [{}, { attachment$: () => throwError(() => new HttpError(500, 'no')) }])
      expect(await mend({ client, records })).toMatchObject([{ title: 'recorded.png', version: 3 }]);
  });

  test('or not at all', async () => {
    expect(await mend({ client: { attachment$: () => of(undefined) } })).toEqual([ODD]);
  });

  test('refused credentials end the run', async () => {
    const error = new CredentialsError('no');
    await expect(mend({ client: { attachment$: () => throwError(() => error) } })).rejects.toBe(error);
  });
});
