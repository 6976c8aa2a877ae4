import { expect, test } from '@jest/globals';
import { kindById } from '../../../lib/core/kind-by-id.js';
import { firstValueFrom, of } from 'rxjs';
import type { ListedComment } from '../../../lib/core/content.js';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { listedComment$, locateComments$ } from '../../../lib/pull/inventory/locate-comments.js';
import { comment } from '../../support/fake-wiki.js';
import {
  commentsRecord,
  listedPage,
  pageRecord,
  type Situation,
  useSearch,
} from '../../support/searching.js';

const newSearch = useSearch();

const NOBODY: readonly string[] = [];
const PAGES = [listedPage(1), listedPage(2)];
const RECORDS = [...PAGES.map(pageRecord), commentsRecord(1, 70), commentsRecord(2, 71, 72)];
const listed = (id: number, pageId: number): ListedComment => ({
  id: String(id),
  pageId: String(pageId),
  version: 1,
  resolution: undefined,
});
const ALL = [listed(70, 1), listed(71, 2), listed(72, 2)];

const locate = async (
  items: readonly ListedComment[],
  situation: Situation = {},
  { isWalked = true, staying = NOBODY, pages = PAGES } = {},
) => {
  const { search, unknown, requests } = newSearch({ records: RECORDS, ...situation });
  const gaps = isWalked ? [] : [{ of: 'comments' as const, error: new HttpError(500, 'no') }];
  const located = {
    items: pages,
    kinds: kindById(pages),
    gaps: [],
    whereabouts: new Map(),
    staying: new Set(staying),
    leftOut: 0,
    leftScope: [],
  };
  const found = await firstValueFrom(locateComments$(search, { items, gaps, isWalked }, located));
  return {
    ids: found.items.map(({ id }) => id),
    gaps: found.gaps,
    whereabouts: [...found.whereabouts],
    requests,
    unknown: unknown(),
  };
};

test('a listing that tells everything asks for nothing', async () => {
  expect(await locate(ALL)).toEqual({
    ids: ['70', '71', '72'],
    gaps: [],
    whereabouts: [],
    requests: [],
    unknown: [],
  });
});

test('one that is not listed and is there stays', async () => {
  const { ids, whereabouts, requests } = await locate(ALL.slice(0, 2), {
    content: { comments: [comment(72, 2)] },
  });
  expect(requests).toEqual(['comment 72']);
  expect([ids, whereabouts]).toEqual([['70', '71', '72'], []]);
});

test('one that is not to be seen leaves, for an account that may lose it', async () => {
  const { ids, whereabouts } = await locate(ALL.slice(0, 2));
  expect([ids, whereabouts]).toEqual([['70', '71'], []]);
});

test('for another account it stays, and is told to be hidden', async () => {
  const { ids, whereabouts } = await locate(ALL.slice(0, 2), { mayLoseUnseen: false });
  expect([ids, whereabouts]).toEqual([['70', '71', '72'], [['comments:2', 'unseen']]]);
});

test.each([
  ['trashed', 'gone'],
  ['not to be seen', 'unseen'],
])('a page whose last comments are %s has lost their file: %s', async (status, where) => {
  const found = (id: string) =>
    status === 'trashed' ? { comment: comment(Number(id), 2), status } : undefined;
  const { ids, whereabouts } = await locate(ALL.slice(0, 1), {
    client: { comment$: (id) => of(found(id)) },
  });
  expect([ids, whereabouts]).toEqual([['70'], [['comments:2', where]]]);
});

test('one whose row hangs on no page is asked for by its id', async () => {
  const { ids, requests } = await locate([...ALL.slice(0, 2), { ...listed(72, 2), pageId: '' }], {
    content: { comments: [comment(72, 2)] },
  });
  expect([ids, requests]).toEqual([['70', '71', '72'], ['comment 72']]);
});

test('one with a status that nobody knows stays, which is told', async () => {
  const client = { comment$: () => of({ comment: comment(72, 2), status: 'pending' }) };
  const { ids, unknown } = await locate(ALL.slice(0, 2), { client });
  expect([ids, unknown]).toEqual([['70', '71', '72'], ['comments']]);
});

test('one that cannot be asked for stays, which is told', async () => {
  const fault = () => new HttpError(500, 'no');
  const { ids, whereabouts, unknown } = await locate(ALL.slice(0, 1), { fault });
  expect([ids, whereabouts, unknown]).toEqual([['70', '71', '72'], [], ['comments']]);
});

test('where they cannot be listed all of them stay, and none is asked for', async () => {
  const { ids, gaps, whereabouts, requests } = await locate([], {}, { isWalked: false });
  expect(ids).toEqual(['70', '71', '72']);
  expect(gaps).toHaveLength(1);
  expect([whereabouts, requests]).toEqual([[], []]);
});

test('those of a page that stays as it is recorded stay', async () => {
  const { ids, requests } = await locate(ALL.slice(0, 1), {}, { staying: ['2'] });
  expect([ids, requests]).toEqual([['70', '71', '72'], []]);
});

test('those of a page that is looked for itself are not asked for', async () => {
  const { ids, requests } = await locate(ALL.slice(0, 1), {}, { pages: PAGES.slice(0, 1) });
  expect([ids, requests]).toEqual([['70'], []]);
});

test('refused credentials end the run', async () => {
  const error = new CredentialsError('no');
  await expect(locate([], { fault: () => error })).rejects.toBe(error);
});

test('one whose row could not be read is what the database says, if it is there', async () => {
  const { run } = newSearch({
    content: { comments: [comment(5, 1, { location: 'inline', resolution: 'open' })] },
  });
  expect(await firstValueFrom(listedComment$(run, '5'))).toEqual({
    id: '5',
    pageId: '1',
    version: 0,
    resolution: 'open',
  });
  expect(await firstValueFrom(listedComment$(run, '6'))).toBeUndefined();
});

test('one whose row could not be read, and that is in the trash, is none', async () => {
  const { run } = newSearch({
    client: { comment$: () => of({ comment: comment(5, 1), status: 'trashed' }) },
  });
  expect(await firstValueFrom(listedComment$(run, '5'))).toBeUndefined();
});

test('none are looked for when none are wanted', async () => {
  const { ids, whereabouts, requests } = await locate([], { options: { comments: false } });
  expect([ids, whereabouts, requests]).toEqual([[], [], []]);
});

test('a page that keeps a comment that is listed loses no file with one that is not to be seen', async () => {
  const { ids, whereabouts } = await locate([...ALL.slice(0, 1), listed(73, 2)]);
  expect([ids, whereabouts]).toEqual([['70', '73'], []]);
});
