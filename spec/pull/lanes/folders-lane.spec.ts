import path from 'node:path';
import { expect, test } from '@jest/globals';
import fs from 'fs-extra';
import { lastValueFrom, toArray } from 'rxjs';
import type { PlannedFolder } from '../../../lib/core/pull-plan.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { foldersLane$ } from '../../../lib/pull/lanes/folders-lane.js';
import { fakeWiki, page } from '../../support/fake-wiki.js';
import { useLanes } from '../../support/pulling.js';
import { folder } from '../../support/searching.js';

const open = useLanes();

const planned = (directory: string, changes: Partial<PlannedFolder['folder']> = {}): PlannedFolder => ({
  folder: { ...folder(50, { title: 'Guides' }), ...changes },
  directory,
});

/** The steps of the lane, one call after another in one mirror. */
const lanes = async (...calls: readonly (readonly PlannedFolder[])[]) => {
  const { run } = await open(fakeWiki({ pages: [page(1)] }));
  const steps = [];
  for (const folders of calls) steps.push(await lastValueFrom(foldersLane$(run, folders).pipe(toArray())));
  return { run, steps };
};

test('a folder is a directory, though it is empty, and is remembered', async () => {
  const { run, steps } = await lanes([planned('guides')]);
  expect(steps).toEqual([
    [
      {
        type: 'outcome',
        kind: 'folder',
        result: 'written',
        event: { type: 'folder.written', id: '50', path: 'guides' },
      },
    ],
  ]);
  expect((await fs.stat(path.join(run.options.dir, 'guides'))).isDirectory()).toBe(true);
  expect(run.store.records.get('folder:50')).toMatchObject({
    directory: 'guides',
    folder: { title: 'Guides' },
  });
});

test('one that comes to another place has moved from where it was, which goes', async () => {
  const { run, steps } = await lanes([planned('guides')], [planned('handbooks')], [planned('handbooks')]);
  expect(steps.flat().map((step) => (step.type === 'outcome' ? step.event : step))).toEqual([
    { type: 'folder.written', id: '50', path: 'guides' },
    { type: 'folder.moved', id: '50', from: 'guides', to: 'handbooks' },
    { type: 'folder.written', id: '50', path: 'handbooks' },
  ]);
  expect(await fs.pathExists(path.join(run.options.dir, 'guides'))).toBe(false);
});

test('one that could not be read fails with its reason, and the next one is made', async () => {
  const failure = new HttpError(500, 'GET /api/v2/folders/50 answered 500.');
  const { steps } = await lanes([
    planned('guides', { failure }),
    { folder: folder(51), directory: 'folder-51' },
  ]);
  expect(steps).toEqual([
    [
      expect.objectContaining({
        result: 'failed',
        failed: expect.objectContaining({ kind: 'folder', id: '50', title: 'Guides', code: 'http-500' }),
      }),
      expect.objectContaining({ result: 'written' }),
    ],
  ]);
});

test('one whose place the file system refuses fails, named', async () => {
  const { run } = await open(fakeWiki({ pages: [page(1)] }));
  await fs.writeFile(path.join(run.options.dir, 'guides'), 'mine');
  expect(await lastValueFrom(foldersLane$(run, [planned('guides')]).pipe(toArray()))).toEqual([
    expect.objectContaining({
      result: 'failed',
      failed: expect.objectContaining({ kind: 'folder', id: '50', title: 'Guides', code: 'refused-file' }),
    }),
  ]);
  expect(await fs.readFile(path.join(run.options.dir, 'guides'), 'utf8')).toBe('mine');
});
