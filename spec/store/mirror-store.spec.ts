import { link, mkdir, readFile, readdir, rename, rm, stat, symlink, utimes } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { MediaError } from '../../lib/errors/media-error.js';
import { MirrorLockedError } from '../../lib/errors/mirror-locked-error.js';
import { StoreError } from '../../lib/errors/store-error.js';
import { SymbolicLinkError } from '../../lib/errors/symbolic-link-error.js';
import { openMirror } from '../../lib/store/open-mirror.js';
import { statePaths } from './support/state-paths.js';
import { STATE, put, withMirror, writePage } from './support/mirror.js';
import { filesOf, treeOf, useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();
const kept: string[] = [];
const onKept = (target: string, keptAs: string) => void kept.push(`${target} -> ${keptAs}`);
const keptNow = () => kept.splice(0);

/** A file's identity on disk: another inode means that it was replaced, another time that it was written. */
const traceOf = async (dir: string, name: string) => {
  const { ino, mtimeMs } = await stat(path.join(dir, name));
  return { ino, mtimeMs };
};

describe('writing', () => {
  test('a file appears whole, in its directory, with its stamp', async () => {
    const dir = await newDirectory();
    const { files } = await withMirror(dir, ({ store }) => writePage(store, '1', { 'a/b/c.md': 'Grüße' }));
    expect(await filesOf(dir)).toEqual({ 'a/b/c.md': 'Grüße' });
    expect(files).toEqual([
      {
        path: 'a/b/c.md',
        bytes: 7,
        hash: 'f83e039796c6453a10f5519e39fd113901572316a1a8ea07cb525d2801dfd074',
      },
    ]);
  });

  test('a change replaces the file, so that an open reader keeps the old one', async () => {
    const dir = await newDirectory();
    await withMirror(dir, async ({ store }) => {
      await writePage(store, '1', { 'a.md': 'one' });
      const before = await traceOf(dir, 'a.md');
      await writePage(store, '1', { 'a.md': 'two' }, 2);
      expect((await traceOf(dir, 'a.md')).ino).not.toBe(before.ino);
    });
    expect(await filesOf(dir)).toEqual({ 'a.md': 'two' });
  });

  test('the same content leaves the file untouched', async () => {
    const dir = await newDirectory();
    await withMirror(dir, ({ store }) => writePage(store, '1', { 'a.md': 'one' }));
    await utimes(path.join(dir, 'a.md'), 1000, 1000);
    const before = await traceOf(dir, 'a.md');
    await withMirror(dir, ({ store }) => writePage(store, '1', { 'a.md': 'one' }, 2));
    expect(await traceOf(dir, 'a.md')).toEqual(before);
  });

  test('nothing temporary remains', async () => {
    const dir = await newDirectory();
    await withMirror(dir, async ({ store }) => {
      await writePage(store, '1', { 'a.md': 'one' });
      await writePage(store, '1', { 'a.md': 'one' });
      expect(await readdir(statePaths(dir).temporary)).toEqual([]);
    });
  });

  test('the path of another space or of rxsync itself is refused', async () => {
    const dir = await newDirectory();
    await withMirror(dir, async ({ store }) => {
      for (const target of ['../a.md', '/a.md', '.rxsync/a.md', 'a//b.md', '.'])
        await expect(store.writeText('page:1', target, 'x')).rejects.toThrow(StoreError);
    });
    expect(await filesOf(dir)).toEqual({});
  });
});

describe('files that are withdrawn', () => {
  test('go with their directories, but for what the record of their item tells, and what is the user’s by now', async () => {
    const dir = await newDirectory();
    await withMirror(
      dir,
      async ({ store }) => {
        const early = [];
        for (const target of ['a/one.md', 'b/two.md', 'three.md'])
          early.push(await store.writeText('page:1', target, 'early'));
        await put(dir, 'b/two.md', 'mine by now');
        await writePage(store, '1', { 'three.md': 'early' });
        await store.withdraw?.('page:1', early);
      },
      { onKept },
    );
    expect(await treeOf(dir)).toEqual({ 'b/': '', 'b/two.md.local-1': 'mine by now', 'three.md': 'early' });
    expect(keptNow()).toEqual(['b/two.md -> b/two.md.local-1']);
  });

  test('that nobody has withdrawn are gone after the next run', async () => {
    const dir = await newDirectory();
    await withMirror(dir, ({ store }) => store.writeText('page:1', 'a/one.md', 'early'));
    await withMirror(dir, () => Promise.resolve());
    expect(await treeOf(dir)).toEqual({});
  });
});

describe('streams', () => {
  const write = (dir: string, stream: Readable, expectedBytes?: number) =>
    withMirror(dir, async ({ store }) => {
      const stamp = await store.writeStream('attachment:att1', 'a.attachments/x.bin', stream, expectedBytes);
      await store.put({ kind: 'attachment', id: 'att1', version: 1, fingerprint: '', files: [stamp] });
      return stamp;
    });

  test('a stream of the stated length becomes a file', async () => {
    const dir = await newDirectory();
    const stamp = await write(dir, Readable.from([Buffer.from('abc'), Buffer.from('def')]), 6);
    expect(stamp).toMatchObject({ path: 'a.attachments/x.bin', bytes: 6 });
    expect(await filesOf(dir)).toEqual({ 'a.attachments/x.bin': 'abcdef' });
  });

  test('an unknown length is no error', async () => {
    const dir = await newDirectory();
    expect(await write(dir, Readable.from([Buffer.from('abc')]))).toMatchObject({ bytes: 3 });
  });

  test.each([2, 4])('3 bytes where %i are stated leave no file', async (expectedBytes) => {
    const dir = await newDirectory();
    const written = write(dir, Readable.from([Buffer.from('abc')]), expectedBytes);
    await expect(written).rejects.toThrow(MediaError);
    await expect(written).rejects.toMatchObject({ code: 'media-length' });
    expect(await treeOf(dir)).toEqual({});
  });

  test('what the stream raises is raised as it is, and leaves no file', async () => {
    const dir = await newDirectory();
    const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET', syscall: 'read' });
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('abc');
        await Promise.resolve();
        throw reset;
      })(),
    );
    await expect(write(dir, broken, 6)).rejects.toBe(reset);
    expect(await treeOf(dir)).toEqual({});
    expect(await readdir(statePaths(dir).temporary)).toEqual([]);
  });

  test('what the disk refuses is a StoreError', async () => {
    const dir = await newDirectory();
    const mirror = await openMirror(dir);
    await rename(statePaths(dir).temporary, path.join(dir, 'away'));
    const written = mirror.store.writeStream(
      'attachment:att1',
      'x.bin',
      Readable.from([Buffer.from('abc')]),
      3,
    );
    await expect(written).rejects.toThrow(StoreError);
    await mirror.close();
  });
});

describe('what the user put or changed', () => {
  test('a changed file is kept aside and reported, then written', async () => {
    const dir = await newDirectory();
    await withMirror(dir, ({ store }) => writePage(store, '1', { 'a.md': 'one' }));
    await put(dir, 'a.md', 'mine');
    await put(dir, 'a.md.local-1', 'mine of an earlier day');
    await withMirror(dir, ({ store }) => writePage(store, '1', { 'a.md': 'two' }, 2), { onKept });
    expect(await filesOf(dir)).toEqual({
      'a.md': 'two',
      'a.md.local-1': 'mine of an earlier day',
      'a.md.local-2': 'mine',
    });
    expect(keptNow()).toEqual(['a.md -> a.md.local-2']);
  });

  test('a foreign file in the way is kept aside; one with the same bytes is taken over', async () => {
    const dir = await newDirectory();
    await put(dir, 'a.md', 'mine');
    await put(dir, 'b.md', 'same');
    await withMirror(dir, ({ store }) => writePage(store, '1', { 'a.md': 'one', 'b.md': 'same' }), {
      onKept,
    });
    expect(await filesOf(dir)).toEqual({ 'a.md': 'one', 'a.md.local-1': 'mine', 'b.md': 'same' });
    expect(keptNow()).toEqual(['a.md -> a.md.local-1']);
  });

  test('with force it is overwritten', async () => {
    const dir = await newDirectory();
    await put(dir, 'a.md', 'mine');
    await withMirror(dir, ({ store }) => writePage(store, '1', { 'a.md': 'one' }), { force: true, onKept });
    expect(await filesOf(dir)).toEqual({ 'a.md': 'one' });
    expect(keptNow()).toEqual([]);
  });

  test('a directory or a link in place of the file is kept aside', async () => {
    const dir = await newDirectory();
    const outside = await newDirectory();
    await put(outside, 'secret.md', 'theirs');
    await mkdir(path.join(dir, 'a.md'));
    await symlink(path.join(outside, 'secret.md'), path.join(dir, 'b.md'));
    await withMirror(dir, ({ store }) => writePage(store, '1', { 'a.md': 'one', 'b.md': 'two' }), { onKept });
    expect(await treeOf(dir)).toEqual({
      'a.md': 'one',
      'a.md.local-1/': '',
      'b.md': 'two',
      'b.md.local-1@': '',
    });
    expect(await filesOf(outside)).toEqual({ 'secret.md': 'theirs' });
    expect(keptNow()).toHaveLength(2);
  });

  test('a file cut to nothing holds nothing to keep', async () => {
    const dir = await newDirectory();
    await withMirror(dir, ({ store }) => writePage(store, '1', { 'a.md': 'one' }));
    await put(dir, 'a.md', '');
    await withMirror(dir, ({ store }) => writePage(store, '1', { 'a.md': 'two' }), { onKept });
    expect(await filesOf(dir)).toEqual({ 'a.md': 'two' });
    expect(keptNow()).toEqual([]);
  });

  test('nor is one that was changed to the same length', async () => {
    const dir = await newDirectory();
    const record = await withMirror(dir, ({ store }) => writePage(store, '1', { 'a.md': 'one' }));
    await put(dir, 'a.md', 'two');
    await withMirror(dir, ({ store }) => store.remove(record), { onKept });
    expect(await filesOf(dir)).toEqual({ 'a.md.local-1': 'two' });
    expect(keptNow()).toEqual(['a.md -> a.md.local-1']);
  });

  test('a changed file is not deleted with its page, only kept aside; with force it is', async () => {
    for (const force of [false, true]) {
      const dir = await newDirectory();
      const record = await withMirror(dir, ({ store }) => writePage(store, '1', { 'a.md': 'one' }));
      await put(dir, 'a.md', 'mine');
      await withMirror(dir, ({ store }) => store.remove(record), { force, onKept });
      expect(await filesOf(dir)).toEqual(force ? {} : { 'a.md.local-1': 'mine' });
      expect(keptNow()).toHaveLength(force ? 0 : 1);
    }
  });
});

test('a link or a folder in the place of a file is kept aside, too, when its page is deleted', async () => {
  for (const plant of [(file: string) => symlink('/nowhere', file), (file: string) => mkdir(file)]) {
    const dir = await newDirectory();
    const record = await withMirror(dir, ({ store }) => writePage(store, '1', { 'a.md': 'one' }));
    await rm(path.join(dir, 'a.md'));
    await plant(path.join(dir, 'a.md'));
    await withMirror(dir, ({ store }) => store.remove(record), { onKept });
    expect((await readdir(dir)).filter((name) => name !== '.rxsync')).toEqual(['a.md.local-1']);
    expect(keptNow()).toEqual(['a.md -> a.md.local-1']);
  }
});

describe('moving and removing', () => {
  test('a moved page leaves nothing behind, not even empty directories', async () => {
    const dir = await newDirectory();
    await withMirror(dir, async ({ store }) => {
      await writePage(store, '1', { 'a/b/c.md': 'one', 'a/b/c.meta.json': '{}' });
      await writePage(store, '1', { 'x/c.md': 'one', 'x/c.meta.json': '{}' });
    });
    expect(await treeOf(dir)).toEqual({ 'x/': '', 'x/c.md': 'one', 'x/c.meta.json': '{}' });
  });

  test('foreign files stay, and with them their directories', async () => {
    const dir = await newDirectory();
    await withMirror(dir, async ({ store }) => {
      const record = await writePage(store, '1', { 'a/b/c.md': 'one' });
      await put(dir, 'a/notes.txt', 'mine');
      await store.remove(record);
      expect(store.records.sizes.page.items).toBe(0);
    });
    expect(await treeOf(dir)).toEqual({ 'a/': '', 'a/notes.txt': 'mine' });
  });

  test('the directory of a folder stays when it is empty, until the folder goes', async () => {
    const dir = await newDirectory();
    const folder = {
      kind: 'folder',
      id: '9',
      version: 0,
      fingerprint: '',
      files: [],
      directory: 'guides',
    } as const;
    await withMirror(dir, async ({ store }) => {
      await store.makeDirectory('folder:9', 'guides');
      await store.put(folder);
      await store.remove(await writePage(store, '1', { 'guides/deep/a.md': 'one' }));
      expect(await treeOf(dir)).toEqual({ 'guides/': '' });
      await store.makeDirectory('folder:9', 'manuals');
      await store.put({ ...folder, directory: 'manuals' });
      expect(await treeOf(dir)).toEqual({ 'manuals/': '' });
      await store.remove({ ...folder, directory: 'manuals' });
    });
    expect(await treeOf(dir)).toEqual({});
  });

  test('pages that swap their paths lose nothing, in any order', async () => {
    for (const order of [
      ['1', '2', '3'],
      ['3', '2', '1'],
      ['2', '3', '1'],
    ]) {
      const dir = await newDirectory();
      const next: Record<string, string> = { 1: 'b.md', 2: 'c.md', 3: 'a.md' };
      await withMirror(dir, async ({ store }) => {
        for (const [id, name] of [
          ['1', 'a.md'],
          ['2', 'b.md'],
          ['3', 'c.md'],
        ] as const)
          await writePage(store, id, { [name]: `page ${id}` });
        for (const id of order) await writePage(store, id, { [next[id] ?? '']: `page ${id}` }, 2);
      });
      expect(await filesOf(dir)).toEqual({ 'a.md': 'page 3', 'b.md': 'page 1', 'c.md': 'page 2' });
    }
  });

  test('many pages that swap paths and directories at the same time lose nothing', async () => {
    const dir = await newDirectory();
    const count = 60;
    const target = (i: number) => `d${i % count}/a.md`;
    const all = Array.from({ length: count }, (_, i) => i);
    await withMirror(
      dir,
      async ({ store }) => {
        for (let turn = 0; turn < 4; turn += 1)
          await Promise.all(
            all.map((i) => writePage(store, `${i}`, { [target(i + turn * 7)]: `page ${i}` }, turn)),
          );
      },
      { onKept },
    );
    expect(Object.values(await filesOf(dir)).sort()).toEqual(all.map((i) => `page ${i}`).sort());
    expect(keptNow()).toEqual([]);
  });

  test('an item that another one took the path of keeps its other files and is fetched again', async () => {
    const dir = await newDirectory();
    await withMirror(dir, async ({ store }) => {
      await writePage(store, '1', { 'a.xhtml': 'one', 'a.meta.json': '{"id":1}' });
      await writePage(store, '2', { 'a.xhtml': 'two' });
      expect(store.records.get('page:1')).toMatchObject({ version: 0, files: [{ path: 'a.meta.json' }] });
      await writePage(store, '1', { 'b.xhtml': 'one', 'b.meta.json': '{"id":1}' });
    });
    expect(await filesOf(dir)).toEqual({ 'a.xhtml': 'two', 'b.xhtml': 'one', 'b.meta.json': '{"id":1}' });
  });

  test('it stays so in the next run, which removes the item without touching the file', async () => {
    const dir = await newDirectory();
    await withMirror(dir, async ({ store }) => {
      await writePage(store, '1', { 'b.md': 'one' });
      await writePage(store, '2', { 'a.md': 'two' });
    });
    await withMirror(dir, ({ store }) => writePage(store, '1', { 'a.md': 'one' }, 2));
    await withMirror(dir, async ({ store }) => {
      const record = store.records.get('page:2');
      if (record) await store.remove(record);
    });
    expect(await filesOf(dir)).toEqual({ 'a.md': 'one' });
  });

  test('a path that is taken while its old owner still removes its files is not removed', async () => {
    const dir = await newDirectory();
    const names = Array.from({ length: 30 }, (_, i) => [`z${i}.md`, 'old'] as const);
    await withMirror(
      dir,
      async ({ store }) => {
        await writePage(store, '1', Object.fromEntries([...names, ['a.md', 'old']]));
        const moving = writePage(store, '1', { 'b.md': 'one' }, 2);
        await Promise.all([moving, writePage(store, '2', { 'a.md': 'two' })]);
        expect(store.records.get('page:1')).toMatchObject({ version: 2 });
      },
      { onKept },
    );
    expect(await filesOf(dir)).toEqual({ 'a.md': 'two', 'b.md': 'one' });
    expect(keptNow()).toEqual([]);
  });

  test('a file that comes while another one leaves its path or its directory is there in the end', async () => {
    const dir = await newDirectory();
    await withMirror(
      dir,
      async ({ store }) => {
        for (let round = 0; round < 150; round += 1) {
          const [path, other] = [`x${round}/y/a.md`, `x${round}/y/b.md`];
          const before = await writePage(store, `${round}-old`, { [path]: 'x'.repeat(round * 500) });
          const leaving = (async () => {
            for (let i = 0; i < round % 8; i += 1) await new Promise(setImmediate);
            await store.remove(before);
          })();
          await Promise.all([
            leaving,
            writePage(store, `${round}`, { [round % 2 === 0 ? path : other]: 'new' }),
          ]);
        }
      },
      { onKept },
    );
    expect(Object.values(await filesOf(dir))).toEqual(Array.from({ length: 150 }, () => 'new'));
    expect(keptNow()).toEqual([]);
  });

  test('a name that only changes its case on a case-insensitive file system keeps its file', async () => {
    const dir = await newDirectory();
    await withMirror(dir, async ({ store }) => {
      await writePage(store, '1', { 'A.png': 'one' });
      await link(path.join(dir, 'A.png'), path.join(dir, 'a.png'));
      await writePage(store, '1', { 'a.png': 'one' });
    });
    // Both are the one file, so that neither is taken away.
    expect(await filesOf(dir)).toEqual({ 'A.png': 'one', 'a.png': 'one' });
  });

  test('a file of another item that differs in its case only stays there when the earlier one goes', async () => {
    const dir = await newDirectory();
    await withMirror(
      dir,
      async ({ store }) => {
        const before = await writePage(store, '1', { 'A.png': 'one' });
        await writePage(store, '2', { 'a.png': 'two' });
        await rm(path.join(dir, 'A.png'));
        await link(path.join(dir, 'a.png'), path.join(dir, 'A.png'));
        await store.remove(before);
      },
      { onKept },
    );
    expect(await filesOf(dir)).toEqual({ 'A.png': 'two', 'a.png': 'two' });
    expect(keptNow()).toEqual([]);
  });

  test('on one that tells cases apart the file of the earlier name goes', async () => {
    const dir = await newDirectory();
    await withMirror(dir, async ({ store }) => {
      await writePage(store, '1', { 'A.png': 'one' });
      await writePage(store, '1', { 'a.png': 'one' });
    });
    expect(await filesOf(dir)).toEqual({ 'a.png': 'one' });
  });

  test('a file is moved as it is; one that the user has changed, or that is gone, is not', async () => {
    const dir = await newDirectory();
    await withMirror(
      dir,
      async ({ store }) => {
        const before = await writePage(store, '1', { 'a.md': 'one', 'b.md': 'two', 'c.md': 'three' });
        const { ino } = await traceOf(dir, 'a.md');
        await put(dir, 'b.md', 'longer');
        await rm(path.join(dir, 'c.md'));
        const moved = [];
        for (const stamp of before.files)
          moved.push(await store.moveFile('page:1', stamp, `docs/${stamp.path}`));
        expect(moved).toEqual([{ ...before.files[0], path: 'docs/a.md' }, undefined, undefined]);
        expect((await traceOf(dir, 'docs/a.md')).ino).toBe(ino);
        expect(await filesOf(dir)).toEqual({ 'b.md': 'longer', 'docs/a.md': 'one' });
      },
      { onKept },
    );
    expect(keptNow()).toEqual([]);
  });

  test('a file whose name only changes its case is moved there', async () => {
    const dir = await newDirectory();
    await withMirror(dir, async ({ store }) => {
      const { files } = await writePage(store, '1', { 'A.md': 'one' });
      for (const stamp of files)
        expect(await store.moveFile('page:1', stamp, 'a.md')).toEqual({ ...stamp, path: 'a.md' });
    });
    expect(await filesOf(dir)).toEqual({ 'a.md': 'one' });
  });

  test('the text of a file is told as long as it is as it was written', async () => {
    const dir = await newDirectory();
    await withMirror(dir, async ({ store }) => {
      const { files } = await writePage(store, '1', { 'a.md': 'Grüße' });
      const [stamp] = files;
      if (stamp === undefined) throw new Error('no stamp');
      expect(await store.readText(stamp)).toBe('Grüße');
      await store.stage(stamp);
      expect([await store.readText(stamp), await filesOf(dir)]).toEqual(['Grüße', {}]);
      await store.unstage(stamp);
      expect(await store.readText(stamp)).toBe('Grüße');
      for (const content of ['grüße', 'longer']) {
        await put(dir, 'a.md', content);
        expect(await store.readText(stamp)).toBeUndefined();
      }
    });
  });

  test('who has lost the lock takes no file out of the way, nor puts it back', async () => {
    const dir = await newDirectory();
    const { lock } = statePaths(dir);
    const { files } = await withMirror(dir, ({ store }) =>
      writePage(store, '1', { 'a.md': 'one', 'b.md': 'two' }),
    );
    const [a, b] = files;
    if (a === undefined || b === undefined) throw new Error('no stamps');
    let ms = Date.now();
    const mirror = await openMirror(dir, { now: () => (ms += 1000) });
    await mirror.store.stage(a);
    await rm(lock);
    await expect(mirror.store.stage(b)).rejects.toThrow(MirrorLockedError);
    await expect(mirror.store.unstage(a)).rejects.toThrow(MirrorLockedError);
    await mirror.close();
    expect(await filesOf(dir)).toEqual({ 'b.md': 'two' });
  });

  test('a path is rxsync’s own from the moment at which a file may appear there, whatever its case', async () => {
    const dir = await newDirectory();
    await put(dir, 'mine.md', 'mine');
    await withMirror(dir, async ({ store }) => {
      const record = await writePage(store, '1', { 'a.md': 'one' });
      expect(['a.md', 'A.md', 'b.md', 'mine.md'].map((each) => store.isOwn(each))).toEqual([
        true,
        true,
        false,
        false,
      ]);
      await store.remove(record);
      expect(store.isOwn('a.md')).toBe(false);
    });
  });
});

describe('symbolic links in the way', () => {
  test('nothing is written through one, and the error says what to do', async () => {
    const [dir, outside] = [await newDirectory(), await newDirectory()];
    await symlink(outside, path.join(dir, 'guides'));
    await withMirror(dir, async ({ store }) => {
      const written = store.writeText('page:1', 'guides/deep/a.md', 'one');
      await expect(written).rejects.toThrow(/"guides" is a symbolic link/);
      await expect(written).rejects.toMatchObject({
        code: 'symbolic-link',
        hint: expect.stringContaining('Put the folder itself in the place'),
      });
    });
    expect(await treeOf(outside)).toEqual({});
  });

  test('nothing is removed through one', async () => {
    const [dir, outside] = [await newDirectory(), await newDirectory()];
    const record = await withMirror(dir, ({ store }) => writePage(store, '1', { 'guides/a.md': 'one' }));
    await rename(path.join(dir, 'guides'), path.join(outside, 'guides'));
    await symlink(path.join(outside, 'guides'), path.join(dir, 'guides'));
    await withMirror(dir, async ({ store }) => {
      await expect(store.remove(record)).rejects.toThrow(SymbolicLinkError);
      expect(store.records.sizes.page.items).toBe(1);
    });
    expect(await filesOf(outside)).toEqual({ 'guides/a.md': 'one' });
  });

  test('a file where a folder is needed is refused', async () => {
    const dir = await newDirectory();
    await put(dir, 'guides', 'mine');
    await withMirror(dir, ({ store }) =>
      expect(store.makeDirectory('folder:9', 'guides')).rejects.toThrow(/"guides" is a file/),
    );
  });
});

test('a checkpoint is a small readable file, replaced in one step', async () => {
  const dir = await newDirectory();
  await withMirror(dir, async ({ store }) => {
    await store.checkpoint(STATE);
    await store.checkpoint({ ...STATE, lastFullSync: '2026-01-01T00:00:00Z' });
  });
  const { state, directory } = statePaths(dir);
  expect(JSON.parse(await readFile(state, 'utf8'))).toMatchObject({ lastFullSync: '2026-01-01T00:00:00Z' });
  expect((await readdir(directory)).sort()).toEqual(['.gitignore', 'state.json', 'store-1', 'tmp']);
});

test('work that comes after the end is refused and leaves no file', async () => {
  const dir = await newDirectory();
  const { store, close } = await openMirror(dir);
  const record = await writePage(store, '1', { 'a.md': 'one' });
  await close();
  await expect(store.put(record)).rejects.toThrow(StoreError);
  await expect(writePage(store, '2', { 'b.md': 'two' })).rejects.toThrow(StoreError);
  expect(await filesOf(dir)).toEqual({ 'a.md': 'one' });
});
