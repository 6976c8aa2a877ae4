import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { mirrorsIn } from '../../lib/store/mirrors-in.js';
import { killedAfter, STATE, withMirror, writePage } from './support/mirror.js';
import { statePaths } from './support/state-paths.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();
const NONE = { kind: 'none' };

const makeMirror = (dir: string): Promise<void> => withMirror(dir, ({ store }) => store.checkpoint(STATE));

test('a folder that is not there, or is empty, holds none', async () => {
  const dir = await newDirectory();
  for (const each of [dir, path.join(dir, 'nowhere')])
    expect(await mirrorsIn(each)).toEqual({ own: NONE, inner: [] });
});

test('in a mirror no others are looked for', async () => {
  const dir = await newDirectory();
  await makeMirror(dir);
  await makeMirror(path.join(dir, 'inner'));
  expect(await mirrorsIn(dir)).toMatchObject({ own: { kind: 'read', state: STATE }, inner: [] });
  await writeFile(statePaths(dir).state, '{');
  expect(await mirrorsIn(dir)).toEqual({ own: { kind: 'damaged', reason: 'no JSON' }, inner: [] });
});

test('those that stand side by side are told by their names, with their states', async () => {
  const dir = await newDirectory();
  for (const name of ['c', 'a', 'b', 'd/deeper']) await makeMirror(path.join(dir, name));
  await mkdir(path.join(dir, 'folder'));
  await writeFile(path.join(dir, 'file'), '');
  await writeFile(statePaths(path.join(dir, 'b')).state, '{');
  expect(await mirrorsIn(dir)).toMatchObject({
    own: NONE,
    inner: [
      { dir: path.join(dir, 'a'), state: { kind: 'read', state: STATE } },
      { dir: path.join(dir, 'b'), state: { kind: 'damaged', reason: 'no JSON' } },
      { dir: path.join(dir, 'c'), state: { kind: 'read' } },
    ],
  });
});

test('one whose first run was killed is there, though it has no state', async () => {
  const dir = await newDirectory();
  const inner = path.join(dir, 'a');
  await killedAfter(inner, ({ store }) => writePage(store, '1', { 'a.md': 'one' }));
  expect((await mirrorsIn(dir)).inner).toEqual([{ dir: inner, state: NONE }]);
});

test('one behind a link is refused, and says how to pull it; a link to anything else is none', async () => {
  const [dir, elsewhere] = [await newDirectory(), await newDirectory()];
  await makeMirror(elsewhere);
  const link = path.join(dir, 'link');
  await symlink(elsewhere, link);
  await writeFile(path.join(elsewhere, 'a.md'), 'a');
  await symlink(path.join(elsewhere, 'a.md'), path.join(dir, 'file'));
  await symlink('nowhere', path.join(dir, 'dangling'));
  await symlink('circle', path.join(dir, 'circle'));
  await symlink(await newDirectory(), path.join(dir, 'no-mirror'));
  const { inner } = await mirrorsIn(dir);
  expect(inner).toHaveLength(1);
  expect(inner[0]).toMatchObject({
    dir: link,
    state: NONE,
    refusal: { code: 'store', message: expect.stringContaining(`"${link}" is a symbolic link`) },
  });
});

test('one in which something stands in the place of rxsync’s own files is told, with what it is', async () => {
  const dir = await newDirectory();
  const inner = path.join(dir, 'a');
  await mkdir(statePaths(inner).state, { recursive: true });
  expect((await mirrorsIn(dir)).inner).toEqual([
    {
      dir: inner,
      state: {
        kind: 'damaged',
        reason: '".rxsync/state.json" is a folder where rxsync keeps a file of its own.',
      },
    },
  ]);
});

test('a folder that cannot be read is an error that names it', async () => {
  await expect(mirrorsIn('/dev/null/below')).rejects.toMatchObject({
    code: 'store',
    message: 'The mirrors in "/dev/null/below" cannot be read: ENOTDIR.',
  });
});
