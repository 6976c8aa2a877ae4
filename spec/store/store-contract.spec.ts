import { Readable } from 'node:stream';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  type FileStamp,
  type ItemRecord,
  type MirrorState,
  type OpenMirror,
  type PullDeps,
  liveDeps,
  recordKey,
} from 'rxsync';
import { memoryMirror } from '../../examples/memory-mirror.js';
import { mirrorStateWith } from '../support/mirror-state.js';
import { filesOf, useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();

type Edges = Pick<PullDeps, 'openMirror' | 'readMirror' | 'readState'>;

/** A mirror of some kind, and the texts of its files by path. */
interface Kind {
  readonly edges: Edges;
  readonly dir: string;
  readonly texts: () => Promise<Readonly<Record<string, string>>>;
}

const KINDS: readonly (readonly [string, () => Promise<Kind>])[] = [
  [
    'in a folder',
    async () => {
      const dir = path.join(await newDirectory(), 'mirror');
      return { edges: liveDeps, dir, texts: () => filesOf(dir) };
    },
  ],
  [
    'in memory',
    () => {
      const { files, edges } = memoryMirror();
      const texts = () =>
        Promise.resolve(
          Object.fromEntries([...files].map(([name, { content }]) => [name, content.toString()])),
        );
      return Promise.resolve({ edges, dir: 'nowhere', texts });
    },
  ],
];

const STATE: MirrorState = mirrorStateWith();

const within = async <T>({ edges, dir }: Kind, use: (mirror: OpenMirror) => Promise<T>): Promise<T> => {
  const mirror = await edges.openMirror(dir, {});
  try {
    return await use(mirror);
  } finally {
    await mirror.close();
  }
};

const record = (id: string, files: readonly FileStamp[], version = 1): ItemRecord => ({
  kind: 'page',
  id,
  version,
  fingerprint: '',
  files,
});

/** Writes a page as a pull does: its files, then its record. */
const write = async (
  { store }: OpenMirror,
  id: string,
  texts: Readonly<Record<string, string>>,
): Promise<ItemRecord> => {
  const stamps: FileStamp[] = [];
  for (const [target, text] of Object.entries(texts)) {
    const draft = await store.draft(target, text);
    stamps.push(await store.publish(recordKey('page', id), target, draft));
  }
  const written = record(id, stamps);
  await store.put(written);
  return written;
};

describe.each(KINDS)('a mirror %s', (_name, make) => {
  test('a draft is nowhere to be seen until it is published, with a stamp that tells its bytes', async () => {
    const kind = await make();
    await within(kind, async ({ store }) => {
      const draft = await store.draft('a/b.md', 'Grüße');
      expect(await kind.texts()).toEqual({});
      expect(await store.publish('page:1', 'a/b.md', draft)).toEqual({
        path: 'a/b.md',
        bytes: 7,
        hash: 'f83e039796c6453a10f5519e39fd113901572316a1a8ea07cb525d2801dfd074',
      });
      expect(await kind.texts()).toEqual({ 'a/b.md': 'Grüße' });
    });
  });

  test('what an item does not hold any more goes with its new record', async () => {
    const kind = await make();
    await within(kind, async (mirror) => {
      await write(mirror, '1', { 'a.md': 'one', 'b.md': 'two' });
      await write(mirror, '1', { 'b.md': 'three' });
    });
    expect(await kind.texts()).toEqual({ 'b.md': 'three' });
  });

  test('an item goes with its files, and without those that are of others by now', async () => {
    const kind = await make();
    await within(kind, async (mirror) => {
      const first = await write(mirror, '1', { 'a.md': 'one', 'b.md': 'two' });
      await write(mirror, '2', { 'b.md': 'of another' });
      await mirror.store.remove(first);
      expect(mirror.store.records.has('page:1')).toBe(false);
    });
    expect(await kind.texts()).toEqual({ 'b.md': 'of another' });
  });

  test('a stream of another length than the wiki states leaves nothing', async () => {
    const kind = await make();
    await within(kind, async ({ store }) => {
      const put = (bytes: number) =>
        store.writeStream('attachment:att1', 'x.bin', Readable.from([Buffer.from('abc')]), bytes);
      for (const bytes of [2, 4]) await expect(put(bytes)).rejects.toMatchObject({ code: 'media-length' });
      expect(await kind.texts()).toEqual({});
      expect(await put(3)).toMatchObject({ path: 'x.bin', bytes: 3 });
    });
  });

  test('two files change places: out of the way first, then moved by their old stamps', async () => {
    const kind = await make();
    await within(kind, async (mirror) => {
      const { store } = mirror;
      const [a] = (await write(mirror, '1', { 'a.md': 'one' })).files;
      const [b] = (await write(mirror, '2', { 'b.md': 'two' })).files;
      if (!a || !b) throw new Error('Two files were written.');
      expect(['a.md', 'c.md'].map((target) => store.isOwn(target))).toEqual([true, false]);
      for (const stamp of [a, b]) await store.stage(stamp);
      expect(await store.readText(a)).toBe('one');
      const moved = [await store.moveFile('page:1', a, 'b.md'), await store.moveFile('page:2', b, 'a.md')];
      expect(moved).toEqual([
        { ...a, path: 'b.md' },
        { ...b, path: 'a.md' },
      ]);
      await store.put(record('1', [{ ...a, path: 'b.md' }]));
      await store.put(record('2', [{ ...b, path: 'a.md' }]));
      for (const stamp of [a, b]) await store.unstage(stamp);
    });
    expect(await kind.texts()).toEqual({ 'a.md': 'two', 'b.md': 'one' });
  });

  test('what was out of the way and came to no other place is put back', async () => {
    const kind = await make();
    await within(kind, async (mirror) => {
      const [stamp] = (await write(mirror, '1', { 'a.md': 'one' })).files;
      if (!stamp) throw new Error('A file was written.');
      await mirror.store.stage(stamp);
      await mirror.store.unstage(stamp);
    });
    expect(await kind.texts()).toEqual({ 'a.md': 'one' });
  });

  test('a file that is gone is not read, and not moved', async () => {
    const kind = await make();
    await within(kind, async ({ store }) => {
      const gone = { path: 'gone.md', bytes: 3, hash: '0' };
      expect(await store.readText(gone)).toBeUndefined();
      expect(await store.moveFile('page:1', gone, 'b.md')).toBeUndefined();
    });
  });

  test('the next run finds what this one has left: state, records in order, names, layout', async () => {
    const kind = await make();
    expect((await kind.edges.readState(kind.dir)).kind).toBe('none');
    await within(kind, async (mirror) => {
      for (const id of ['9', '10', '1']) await write(mirror, id, { [`${id}.md`]: id });
      await mirror.saveNames(new Map([['5a', 'Ada']]));
      mirror.store.noteLayout('layout-1');
      await mirror.store.checkpoint(STATE);
    });
    expect(await kind.edges.readState(kind.dir)).toMatchObject({ kind: 'read', state: STATE });
    const told: string[] = [];
    const mirror = await kind.edges.readMirror(kind.dir, { onOutline: ({ id }) => void told.push(id) });
    expect(told.sort()).toEqual(['1', '10', '9']);
    const keys: string[] = [];
    for await (const key of mirror?.records.keys() ?? []) keys.push(key);
    expect(keys).toEqual(['page:1', 'page:10', 'page:9']);
    expect(mirror?.records.sizes.page).toEqual({ items: 3, files: 3, bytes: 4 });
    expect(mirror).toMatchObject({
      state: { kind: 'read', state: STATE },
      names: new Map([['5a', 'Ada']]),
      unsound: new Set(),
      layoutDigest: 'layout-1',
    });
    await mirror?.close();
  });

  test('scratch rows are read in the order of their keys', async () => {
    const kind = await make();
    await within(kind, async ({ openScratch }) => {
      const rows = await openScratch();
      await rows.write([
        ['b', '2'],
        ['a', '1'],
        ['c', undefined],
      ]);
      const entries: (readonly [string, string])[] = [];
      for await (const some of rows.entries()) entries.push(...some);
      expect([entries, rows.get('c')]).toEqual([
        [
          ['a', '1'],
          ['b', '2'],
        ],
        undefined,
      ]);
    });
  });
});
