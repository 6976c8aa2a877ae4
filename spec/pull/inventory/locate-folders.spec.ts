import { expect, test } from '@jest/globals';
import { firstValueFrom, of, throwError } from 'rxjs';
import type { FoundFolder } from '../../../lib/confluence/presence.js';
import type { SearchedFolder } from '../../../lib/core/searched.js';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { locateFolders$ } from '../../../lib/pull/inventory/locate-folders.js';
import { SPACE } from '../../support/fake-wiki.js';
import { folder, folderRecord, listedPage, type Situation, useSearch } from '../../support/searching.js';

const newSearch = useSearch();

const FOLDERS = [folder(50), folder(51)];
const RECORDS = FOLDERS.map(folderRecord);

const locate = async (
  items: readonly SearchedFolder[],
  situation: Situation = {},
  isWalked = true,
  pages = [listedPage(1)],
) => {
  const { search, unknown, requests } = newSearch({ records: RECORDS, ...situation });
  const gaps = isWalked ? [] : [{ of: 'folder' as const, error: new HttpError(500, 'no') }];
  const found = await firstValueFrom(locateFolders$(search, { items, gaps, isWalked }, pages));
  return {
    ...found,
    ids: found.items.map(({ id }) => id).sort(),
    whereabouts: [...found.whereabouts],
    requests,
    unknown: unknown(),
  };
};

test('a listing that tells everything asks for nothing', async () => {
  const { ids, whereabouts, requests } = await locate(FOLDERS);
  expect([ids, whereabouts, requests]).toEqual([['50', '51'], [], []]);
});

test.each<[FoundFolder | undefined, string, string[]]>([
  [{ status: 'current' }, 'alive', ['50', '51']],
  [{ status: 'current', spaceId: SPACE.id }, 'alive', ['50', '51']],
  [{ status: 'current', spaceId: '7' }, 'gone', ['50']],
  [{ status: 'trashed' }, 'gone', ['50']],
  [undefined, 'unseen', ['50']],
])('one that is not listed and by its id %j is %s', async (found, where, ids) => {
  const located = await locate(FOLDERS.slice(0, 1), { client: { findFolder$: () => of(found) } });
  expect(located.ids).toEqual(ids);
  expect(located.whereabouts).toEqual([['folder:51', where]]);
});

test.each([{}, { spaceId: '7' }])(
  'one with a status that nobody knows stays, which is told: %j',
  async (place) => {
    const { ids, whereabouts, unknown } = await locate(FOLDERS.slice(0, 1), {
      client: { findFolder$: () => of({ status: 'frozen', ...place }) },
    });
    expect([ids, whereabouts, unknown]).toEqual([['50', '51'], [['folder:51', 'unknown']], ['folder']]);
  },
);

test.each([new HttpError(500, 'no'), new HttpError(404, 'no', { isBare: true }), new HttpError(403, 'no')])(
  'one that cannot be asked for stays where it is, which is told: %s',
  async (error) => {
    const { items, whereabouts, unknown } = await locate(FOLDERS.slice(0, 1), {
      client: { findFolder$: () => throwError(() => error) },
    });
    expect(items).toContainEqual({ id: '51', type: 'folder', title: 'Folder 51', parentId: '1' });
    expect(whereabouts).toEqual([['folder:51', 'unknown']]);
    expect(unknown).toEqual(['folder']);
  },
);

test('one that this account does not see and must not lose stays where it is', async () => {
  const { items, whereabouts } = await locate(FOLDERS.slice(0, 1), { mayLoseUnseen: false });
  expect(items).toContainEqual({ id: '51', type: 'folder', title: 'Folder 51', parentId: '1' });
  expect(whereabouts).toEqual([['folder:51', 'unseen']]);
});

test('where they cannot be listed all of them stay, and none is asked for', async () => {
  const { ids, gaps, whereabouts, requests } = await locate([], {}, false);
  expect(ids).toEqual(['50', '51']);
  expect(gaps).toHaveLength(1);
  expect(whereabouts.map(([, where]) => where)).toEqual(['unknown', 'unknown']);
  expect(requests).toEqual([]);
});

test('a parent that a bare 404 answers for keeps its title and place', async () => {
  const below = { ...listedPage(2), parentId: '51', parentType: 'folder' };
  const error = new HttpError(404, 'Not Found', { isBare: true });
  const { items, whereabouts } = await locate(
    FOLDERS.slice(0, 1),
    { client: { folder$: () => throwError(() => error) } },
    true,
    [listedPage(1), below],
  );
  expect(items).toContainEqual(
    expect.objectContaining({ id: '51', title: 'Folder 51', parentId: '1', failure: error }),
  );
  expect(whereabouts).toEqual([]);
});

test('whiteboards are told by what stands below them only', async () => {
  const whiteboard = folder(60, { type: 'whiteboard' });
  const { ids, whereabouts, requests } = await locate(FOLDERS, {
    records: [...RECORDS, folderRecord(whiteboard)],
  });
  expect([ids, whereabouts, requests]).toEqual([['50', '51'], [], []]);
});

test('refused credentials end the run', async () => {
  const error = new CredentialsError('no');
  await expect(locate([], { fault: () => error })).rejects.toBe(error);
});
