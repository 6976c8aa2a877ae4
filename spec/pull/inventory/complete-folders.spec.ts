import { expect, test } from '@jest/globals';
import { NEVER, defer, lastValueFrom, of } from 'rxjs';
import type { FolderById } from '../../../lib/confluence/listings.js';
import type { SearchedFolder } from '../../../lib/core/searched.js';
import type { ListedFolder, ListedPage } from '../../../lib/core/content.js';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { completeFolders$ } from '../../../lib/pull/inventory/complete-folders.js';
import { resolveOptions } from '../../../lib/pull/run/pull-options.js';
import { startRun } from '../../../lib/pull/run/start-run.js';
import { fakeWiki } from '../../support/fake-wiki.js';
import { depsFor, optionsFor } from '../../support/pulling.js';

const folder = (id: string, parentId?: string, parentType = 'folder'): FolderById => ({
  id,
  type: 'folder',
  title: `Folder ${id}`,
  parentId,
  parentType: parentId === undefined ? undefined : parentType,
});

const searched = (found: FolderById, isPlaced = true): SearchedFolder => ({ ...found, isPlaced });

const under = (parentId: string, parentType: string): ListedPage => ({
  kind: 'page',
  id: '1',
  title: 'Page',
  parentId,
  parentType,
  version: 1,
  createdAt: undefined,
  updatedAt: undefined,
  authorId: undefined,
});

/** Completes folders against a wiki that knows `known`; tells which were asked for. */
const complete = async (
  found: readonly SearchedFolder[],
  pages: readonly ListedPage[],
  known: readonly FolderById[] = [],
  refusal: Error = new HttpError(404, 'no'),
  recorded: readonly ListedFolder[] = [],
) => {
  const asked: string[] = [];
  const { client } = fakeWiki({});
  const wiki = {
    ...client,
    folder$: (type: string, id: string) =>
      defer(() => {
        asked.push(`${type} ${id}`);
        const one = known.find((candidate) => candidate.id === id);
        if (!one) throw refusal;
        return of(one);
      }),
  };
  const run = startRun(
    resolveOptions(optionsFor('mirror')),
    depsFor({ client: wiki, requests: [], sent: () => [] }, { stop$: NEVER }),
  );
  const warnings: string[] = [];
  run.notices$.subscribe((notice) => {
    if (notice.type === 'warning') warnings.push(notice.message);
  });
  const folders = await lastValueFrom(
    completeFolders$(run, found, pages, new Map(recorded.map((one) => [one.id, one]))),
  );
  const failures = folders.flatMap(({ failure }) => failure ?? []);
  return {
    asked,
    failures,
    warnings,
    folders: folders.map(({ id, parentId, title }) => [id, parentId, title]),
  };
};

test('what the search has told is asked no more', async () => {
  const { asked, folders } = await complete([searched(folder('5'))], [under('5', 'folder')]);
  expect(asked).toEqual([]);
  expect(folders).toEqual([['5', undefined, 'Folder 5']]);
});

test('a folder that the index does not know yet is asked for, and so are those above it', async () => {
  const known = [folder('5', '6'), folder('6', '7'), folder('7')];
  const { asked, folders } = await complete([], [under('5', 'folder')], known);
  expect(asked).toEqual(['folder 5', 'folder 6', 'folder 7']);
  expect(folders).toHaveLength(3);
});

test('a folder without its place in the index is asked for', async () => {
  const { asked, folders } = await complete([searched(folder('5'), false)], [], [folder('5', '9', 'page')]);
  expect(asked).toEqual(['folder 5']);
  expect(folders).toEqual([['5', '9', 'Folder 5']]);
});

test('whiteboards, databases and embeds are asked for as what they are', async () => {
  const pages = [under('1', 'whiteboard'), under('2', 'database'), under('3', 'embed'), under('4', 'page')];
  const { asked } = await complete([], pages, [folder('1'), folder('2'), folder('3')]);
  expect(asked).toEqual(['whiteboard 1', 'database 2', 'embed 3']);
});

test('a whiteboard that the search has told is not asked for, and has a place only when it is a parent', async () => {
  const boards = ['5', '6'].map((id) => searched({ ...folder(id, '1', 'page'), type: 'whiteboard' }));
  const { asked, folders } = await complete(boards, [under('5', 'whiteboard')]);
  expect(asked).toEqual([]);
  expect(folders).toEqual([['5', '1', 'Folder 5']]);
});

test('a folder that may not be seen keeps its place in the tree, and is named', async () => {
  const { folders, warnings } = await complete([], [under('5', 'database')]);
  expect(folders).toEqual([['5', undefined, '']]);
  expect(warnings).toEqual([expect.stringContaining('"database 5"')]);
});

test('a folder that cannot be read is told, and stands where the mirror has it', async () => {
  const refusal = new HttpError(500, 'no');
  const recorded = [folder('5', '6'), folder('6', '1', 'page')];
  const { folders, failures } = await complete([], [under('5', 'folder')], [], refusal, recorded);
  expect(folders).toEqual([
    ['5', '6', 'Folder 5'],
    ['6', '1', 'Folder 6'],
  ]);
  expect(failures).toEqual([refusal, refusal]);
});

test('a failure that concerns the whole run fails the inventory', async () => {
  const refusal = new CredentialsError('no');
  await expect(complete([], [under('5', 'folder')], [], refusal)).rejects.toBe(refusal);
});

test('a folder that may not be seen is as the mirror has it, which is no failure', async () => {
  const recorded = [folder('5', '1', 'page')];
  const told = await complete([], [under('5', 'folder')], [], new HttpError(404, 'no'), recorded);
  expect(told).toEqual({
    asked: ['folder 5'],
    failures: [],
    warnings: [],
    folders: [['5', '1', 'Folder 5']],
  });
});

test('one that cannot be read and that nobody knows is told as failed, not as one without a title', async () => {
  const { folders, failures, warnings } = await complete(
    [],
    [under('5', 'folder')],
    [],
    new HttpError(500, 'no'),
  );
  expect([folders, failures.length, warnings]).toEqual([[['5', undefined, '']], 1, []]);
});

test('a whiteboard without its place in the index is asked for only when it is a parent', async () => {
  const board = searched({ ...folder('5'), type: 'whiteboard' }, false);
  expect((await complete([board], [])).asked).toEqual([]);
  expect((await complete([board], [under('5', 'whiteboard')])).asked).toEqual(['whiteboard 5']);
});

test('a folder that many pages stand in is asked for once', async () => {
  const pages = [under('5', 'folder'), { ...under('5', 'folder'), id: '2' }];
  expect((await complete([], pages, [folder('5')])).asked).toEqual(['folder 5']);
});

test('what stands above a folder of the index, and is not in it, is asked for', async () => {
  const { asked, folders } = await complete([searched(folder('5', '6'))], [], [folder('6')]);
  expect(asked).toEqual(['folder 6']);
  expect(folders.map(([id]) => id)).toEqual(['5', '6']);
});
