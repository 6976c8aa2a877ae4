import path from 'node:path';
import { beforeEach, expect, test } from '@jest/globals';
import fs from 'fs-extra';
import type { RunSummary } from '../../lib/events/run-summary.js';
import { Folder } from '../../lib/store/folder.js';
import { openMirror } from '../../lib/store/open-mirror.js';
import { keptRuns, readRuns, saveRun } from '../../lib/store/run-files.js';
import { useTemporaryFolder } from '../support/pulling.js';
import { runSummary } from '../support/runs.js';

const folder = useTemporaryFolder();
let dir: string;

beforeEach(async () => {
  dir = await folder();
  const mirror = await openMirror(dir);
  await mirror.close();
});

const runsIn = (): string => path.join(dir, '.rxsync/runs');

const names = async (): Promise<string[]> => (await fs.readdir(runsIn())).sort();

const ids = async (most = 100): Promise<string[]> =>
  (await readRuns(new Folder(dir), most)).runs.map(({ run }) => run);

const save = (run: string): Promise<void> => saveRun(dir, runSummary({ run }));

test('runs are kept as they are, the latest first', async () => {
  const failed: RunSummary = runSummary({ run: 'b', ending: 'failed', error: { code: 'x', message: 'No.' } });
  await save('a');
  await saveRun(dir, failed);
  expect(await readRuns(new Folder(dir), 10)).toEqual({
    runs: [failed, runSummary({ run: 'a' })],
    damaged: 0,
  });
  expect(await ids(1)).toEqual(['b']);
  expect(await fs.readdir(path.join(dir, '.rxsync/tmp'))).toEqual([]);
});

test('fifty are kept, of which the oldest leave', async () => {
  for (let i = 1; i <= 53; i += 1) await save(String(i));
  expect(await names()).toHaveLength(50);
  expect((await ids()).at(-1)).toBe('4');
});

test.each(['', '{', '{"schemaVersion":2}', '{"schemaVersion":1,"run":7}'])(
  'a damaged one costs only itself: %j',
  async (text) => {
    for (const run of ['a', 'b', 'c']) await save(run);
    await fs.writeFile(path.join(runsIn(), '2.json'), text);
    expect(await readRuns(new Folder(dir), 10)).toMatchObject({
      runs: [{ run: 'c' }, { run: 'a' }],
      damaged: 1,
    });
    await save('d');
    expect(await ids()).toEqual(['d', 'c', 'a']);
  },
);

test('what is no run of ours is neither read, nor overwritten, nor removed', async () => {
  await save('a');
  const outside = path.join(await folder(), 'outside.json');
  await fs.writeJson(outside, runSummary({ run: 'outside' }));
  await fs.symlink(outside, path.join(runsIn(), '2.json'));
  await fs.mkdir(path.join(runsIn(), '3.json'));
  await fs.writeFile(path.join(runsIn(), 'notes.txt'), '');
  for (let i = 0; i < 50; i += 1) await save(`b${i}`);
  expect(await ids()).not.toContain('outside');
  expect(await ids()).toHaveLength(50);
  expect(await names()).toEqual(expect.arrayContaining(['2.json', '3.json', 'notes.txt']));
  expect(await fs.readJson(outside)).toMatchObject({ run: 'outside' });
});

test('what stands in the place of the folder and refuses to be read is no obstacle to who needs none', async () => {
  await save('a');
  expect((await keptRuns(new Folder(dir))).runs.map(({ run }) => run)).toEqual(['a']);
  await fs.remove(runsIn());
  await fs.symlink(await folder(), runsIn());
  expect(await keptRuns(new Folder(dir))).toEqual({ runs: [], damaged: 1 });
});

test('nothing is written through a link in the place of the folder', async () => {
  const outside = await folder();
  await fs.symlink(outside, runsIn());
  await expect(save('a')).rejects.toThrow(/"\.rxsync\/runs" is a symbolic link/);
  expect(await fs.readdir(outside)).toEqual([]);
  await expect(ids()).rejects.toThrow(/symbolic link/);
});

test('where another run is at work nothing is written', async () => {
  const mirror = await openMirror(dir);
  await expect(save('a')).rejects.toMatchObject({ code: 'mirror-locked' });
  await mirror.close();
  expect(await fs.pathExists(runsIn())).toBe(false);
});

test('where there is no mirror none begins', async () => {
  const empty = await folder();
  await saveRun(empty, runSummary());
  await saveRun(path.join(empty, 'nowhere'), runSummary());
  expect(await fs.readdir(empty)).toEqual([]);
});
