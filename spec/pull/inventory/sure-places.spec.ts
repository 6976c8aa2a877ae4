import { expect, test } from '@jest/globals';
import { NEVER, defer, lastValueFrom, of } from 'rxjs';
import type { FolderById } from '../../../lib/confluence/listings.js';
import type { ListedFolder } from '../../../lib/core/content.js';
import type { SearchedFolder } from '../../../lib/core/searched.js';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { MissingScopeError } from '../../../lib/errors/missing-scope-error.js';
import { surePlaces$ } from '../../../lib/pull/inventory/sure-places.js';
import { resolveOptions } from '../../../lib/pull/run/pull-options.js';
import { startRun } from '../../../lib/pull/run/start-run.js';
import { fakeWiki } from '../../support/fake-wiki.js';
import { depsFor, optionsFor } from '../../support/pulling.js';

const folder = (id: string, parentId?: string): FolderById => ({
  id,
  type: 'folder',
  title: `Folder ${id}`,
  parentId,
  parentType: parentId === undefined ? undefined : 'folder',
});
const searched = (id: string, parentId?: string): SearchedFolder => ({
  ...folder(id, parentId),
  isPlaced: true,
});

interface Given {
  readonly searched: readonly SearchedFolder[];
  readonly recorded?: readonly ListedFolder[];
  /** What the database says, or fails with. */
  readonly known?: readonly FolderById[];
  readonly refusal?: Error;
}

/** The parents of folders, and which were asked for. */
const places = async ({ searched: found, recorded = [], known = [], refusal }: Given) => {
  const asked: string[] = [];
  const { client } = fakeWiki({});
  const wiki = {
    ...client,
    folder$: (_type: string, id: string) =>
      defer(() => {
        asked.push(id);
        const one = known.find((candidate) => candidate.id === id);
        if (!one) throw refusal ?? new HttpError(404, 'no');
        return of(one);
      }),
  };
  const run = startRun(
    resolveOptions(optionsFor('mirror')),
    depsFor({ client: wiki, requests: [], sent: () => [] }, { stop$: NEVER }),
  );
  const folders = await lastValueFrom(surePlaces$(run, found, new Map(recorded.map((one) => [one.id, one]))));
  run.dispose();
  return {
    asked,
    parents: Object.fromEntries(folders.map(({ id, parentId }) => [id, parentId])),
    failures: folders.flatMap(({ failure }) => failure ?? []),
  };
};

test('places that search tells, and the root where the mirror has it so, cost no request', async () => {
  const found = [searched('5', '1'), searched('6', '5'), searched('7')];
  const { asked, parents } = await places({ searched: found, recorded: [folder('6', '5'), folder('7')] });
  expect(asked).toEqual([]);
  expect(parents).toEqual({ 5: '1', 6: '5', 7: undefined });
});

test('a folder that is new at the root is asked for', async () => {
  const { asked, parents } = await places({
    searched: [searched('5'), searched('6', '1')],
    known: [folder('5')],
  });
  expect([asked, parents]).toEqual([['5'], { 5: undefined, 6: '1' }]);
});

test('of many that are new at the root a few are asked for, and all once one of them is elsewhere', async () => {
  const ids = Array.from({ length: 10 }, (_, i) => String(i + 1));
  const found = ids.map((id) => searched(id));
  const atRoot = await places({ searched: found, known: ids.map((id) => folder(id)) });
  expect(atRoot.asked).toEqual(['1', '4', '7', '10']);
  const known = ids.map((id) => folder(id, id === '1' ? undefined : '1'));
  const misled = await places({ searched: found, known });
  expect([...misled.asked].sort()).toEqual([...ids].sort());
  expect(misled.parents).toMatchObject({ 1: undefined, 2: '1', 10: '1' });
});

test.each([undefined, '1'])(
  'a folder that search has elsewhere (%s) than the mirror is asked for',
  async (at) => {
    const given = { searched: [searched('5', at)], recorded: [folder('5', '4')] };
    expect(await places({ ...given, known: [folder('5', '4')] })).toMatchObject({ parents: { 5: '4' } });
    expect(await places({ ...given, known: [folder('5', '9')] })).toMatchObject({
      asked: ['5'],
      parents: { 5: '9' },
    });
  },
);

test('where search does not fill the ancestors in, all folders of the root are asked for', async () => {
  const { asked, parents } = await places({
    searched: [searched('5'), searched('6'), searched('7', '5')],
    recorded: [folder('6')],
    known: [folder('5', '1'), folder('6', '5')],
  });
  expect([asked, parents]).toEqual([['5', '6'], { 5: '1', 6: '5', 7: '5' }]);
});

test('an empty list moves nothing where the database says nothing, either', async () => {
  const refusal = new MissingScopeError('GET /api/v2/folders/{id}', 'read:folder:confluence');
  const given = { searched: [searched('5'), searched('6', '1'), searched('7')], refusal };
  const recorded = [folder('5', '4'), folder('6', '4')];
  expect(await places({ ...given, recorded })).toEqual({
    asked: ['7', '5', '6'],
    parents: { 5: '4', 6: '1', 7: undefined },
    failures: [refusal],
  });
  const hidden = await places({ searched: [searched('5')], recorded: [folder('5', '4')] });
  expect(hidden).toEqual({ asked: ['5'], parents: { 5: '4' }, failures: [] });
});

test('a whiteboard that is no parent in the mirror is not asked for', async () => {
  const board: SearchedFolder = { ...searched('8'), type: 'whiteboard' };
  expect((await places({ searched: [board] })).asked).toEqual([]);
});

test('a failure that concerns the whole run is one of the inventory', async () => {
  await expect(
    places({ searched: [searched('5')], refusal: new CredentialsError('no') }),
  ).rejects.toBeInstanceOf(CredentialsError);
});
