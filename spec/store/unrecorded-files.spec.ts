import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { RefusedFileError } from '../../lib/errors/refused-file-error.js';
import type { Folder } from '../../lib/store/folder.js';
import { hashText } from '../../lib/store/hash-text.js';
import { MirrorDirectory } from '../../lib/store/mirror-directory.js';
import { readClaims, unrecordedFiles } from '../../lib/store/unrecorded-files.js';
import { storeFolder } from './support/store-folder.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();

/** Front matter of a page. */
const page = (id: string, space = 'DOCS', type = 'page'): string =>
  `---\nid: "${id}"\ntitle: T\nspace: ${space}\ntype: ${type}\nstatus: current\nversion: 1\n---\n\ntext\n`;
const meta = (id: string, space = 'DOCS', type = 'page'): string => JSON.stringify({ id, space, type });
const comments = (id: string): string => `---\npage: "${id}"\ncomments: 2\n---\n\ntext\n`;

const folderOf = async (files: Readonly<Record<string, string>>): Promise<Folder> => {
  const dir = await newDirectory();
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(dir, file)), { recursive: true });
    await writeFile(path.join(dir, file), text);
  }
  return storeFolder(dir);
};

const unrecorded = async (
  files: Readonly<Record<string, string>>,
  space: string | undefined = 'DOCS',
  recorded: readonly string[] = [],
) => unrecordedFiles(new MirrorDirectory(await folderOf(files)), new Set(recorded), space);

/** A directory of which some paths cannot be looked into. */
class RefusingDirectory extends MirrorDirectory {
  readonly #refused: string;
  readonly #error: Error;

  constructor(folder: Folder, refused: string, error: Error) {
    super(folder);
    this.#refused = refused;
    this.#error = error;
  }

  override list(relative: string) {
    if (relative === this.#refused) throw this.#error;
    return super.list(relative);
  }

  override async read(relative: string) {
    if (relative === this.#refused) throw this.#error;
    return super.read(relative);
  }

  override async hash(relative: string) {
    if (relative === this.#refused) throw this.#error;
    return super.hash(relative);
  }
}

describe('files without a record that look like rxsync’s own', () => {
  test('are those that say they are of the space, at any depth and in order', async () => {
    const files = {
      'b/c/d.md': page('1'),
      'b/c.meta.json': meta('2'),
      'a.md': page('3'),
      'b.md': page('4'),
    };
    expect(await unrecorded(files)).toEqual(['a.md', 'b/c/d.md', 'b/c.meta.json', 'b.md']);
  });

  test('are those in a directory of attachments, whatever they hold', async () => {
    const files = {
      'a.attachments/x.png': '',
      'b/c.attachments/y.md': 'mine',
      'x.png': '',
      'attachments/z': '',
    };
    expect(await unrecorded(files)).toEqual(['a.attachments/x.png', 'b/c.attachments/y.md']);
  });

  test.each<[string, string, string]>([
    ['of another space', 'a.md', page('1', 'OTHER')],
    ['without front matter', 'a.md', 'mine'],
    ['with front matter of another tool', 'a.md', '---\ntitle: T\n---\n\ntext\n'],
    ['with front matter that is none', 'a.md', '---\n{\n---\n\ntext\n'],
    ['with data of another tool', 'a.meta.json', '{"name":"x"}'],
    ['with data that is none', 'a.meta.json', '{'],
    ['of another name', 'a.txt', page('1')],
    ['of another name, with data', 'a.json', meta('1')],
    ['kept aside', 'a.md.local-1', page('1')],
    ['kept aside, in a directory of attachments', 'a.attachments/x.png.local-12', ''],
    ['of rxsync itself', '.rxsync/a.md', page('1')],
    ['of a mirror within', 'inner/.rxsync/a.md', page('1')],
  ])('are no files %s', async (_, file, text) => {
    expect(await unrecorded({ [file]: text })).toEqual([]);
  });

  test('are of any space where it is not known which the mirror holds', async () => {
    const directory = new MirrorDirectory(await folderOf({ 'a.md': page('1', 'OTHER'), 'b.md': 'mine' }));
    expect(await unrecordedFiles(directory, new Set(), undefined)).toEqual(['a.md']);
  });

  test('are none that are recorded', async () => {
    const files = { 'a.md': page('1'), 'b/c.md': page('2'), 'b/d.md': page('3') };
    expect(await unrecorded(files, 'DOCS', ['a.md', 'b/c.md'])).toEqual(['b/d.md']);
  });

  test('are none that are kept aside by number only', async () => {
    expect(await unrecorded({ 'a.attachments/x.local-1.png': '' })).toEqual(['a.attachments/x.local-1.png']);
  });

  test('are not looked for behind links, nor in what is no file', async () => {
    const folder = await folderOf({ 'a/b.md': page('1') });
    await symlink('a', path.join(folder.root, 'link'));
    await symlink('a/b.md', path.join(folder.root, 'link.md'));
    execFileSync('mkfifo', [path.join(folder.root, 'fifo.md')]);
    await folder.makeDirectory('a.attachments');
    await symlink('../a/b.md', path.join(folder.root, 'a.attachments/link.md'));
    expect(await unrecordedFiles(new MirrorDirectory(folder), new Set(), 'DOCS')).toEqual(['a/b.md']);
  });

  test('are none that nobody may look at; the others are found', async () => {
    const folder = await folderOf({ 'a/b.md': page('1'), 'c.md': page('2') });
    const refusal = new RefusedFileError('x', 'refused');
    const found = (refused: string, error: Error) =>
      unrecordedFiles(new RefusingDirectory(folder, refused, error), new Set(), 'DOCS');
    expect(await found('a', refusal)).toEqual(['c.md']);
    expect(await found('c.md', refusal)).toEqual(['a/b.md']);
    for (const refused of ['a', 'c.md']) {
      const error = new Error('broken disk');
      await expect(found(refused, error)).rejects.toBe(error);
    }
  });
});

describe('what files say of themselves', () => {
  const claims = async (files: Readonly<Record<string, string>>, space: string | undefined = 'DOCS') => {
    const read = await readClaims(new MirrorDirectory(await folderOf(files)), space);
    return Object.fromEntries([...read].map(([key, stamps]) => [key, stamps.map((stamp) => stamp.path)]));
  };

  test('is which item they are of: a page, a blog post, the comments of a page', async () => {
    expect(
      await claims({
        'a.md': page('1'),
        'b/c.md': page('2', 'DOCS', 'blogpost'),
        'a.comments.md': comments('1'),
        'd.meta.json': meta('3'),
      }),
    ).toEqual({
      'page:1': ['a.md'],
      'blogpost:2': ['b/c.md'],
      'comments:1': ['a.comments.md'],
      'page:3': ['d.meta.json'],
    });
  });

  test('comes with the size and the hash of each', async () => {
    const directory = new MirrorDirectory(await folderOf({ 'a.md': page('1') }));
    expect(await readClaims(directory, 'DOCS')).toEqual(
      new Map([['page:1', [{ path: 'a.md', bytes: page('1').length, hash: hashText(page('1')) }]]]),
    );
  });

  test.each([['.xhtml'], ['.adf.json']])(
    'is of the body beside it, too, which comes first: %s',
    async (end) => {
      expect(await claims({ [`a${end}`]: 'body', 'a.meta.json': meta('1'), [`b${end}`]: 'alone' })).toEqual({
        'page:1': [`a${end}`, 'a.meta.json'],
      });
      expect(await claims({ 'a.md': page('1'), [`a${end}`]: 'body' })).toEqual({ 'page:1': ['a.md'] });
      expect(await claims({ 'a.meta.json': meta('1'), [`a${end}/x`]: '' })).toEqual({
        'page:1': ['a.meta.json'],
      });
    },
  );

  test.each<[string, string, string]>([
    ['of another space', 'a.md', page('1', 'OTHER')],
    ['of another type', 'a.md', page('1', 'DOCS', 'whiteboard')],
    ['that say nothing', 'a.md', 'mine'],
    ['of another name', 'a.txt', page('1')],
    ['kept aside', 'a.md.local-1', page('1')],
    ['of rxsync itself', '.rxsync/a.md', page('1')],
  ])('is not asked of files %s', async (_, file, text) => {
    expect(await claims({ [file]: text })).toEqual({});
  });

  test('counts for any space where it is not known which the mirror holds', async () => {
    const read = await readClaims(
      new MirrorDirectory(await folderOf({ 'a.md': page('1', 'OTHER') })),
      undefined,
    );
    expect([...read.keys()]).toEqual(['page:1']);
  });

  test('is believed of neither of two that say the same, nor of a third', async () => {
    const twice = { 'a.md': page('1'), 'b.md': page('1') };
    expect(await claims(twice)).toEqual({ 'page:1': [] });
    expect(await claims({ ...twice, 'c.md': page('1') })).toEqual({ 'page:1': [] });
  });

  test('comes to no file where one of them may not be read', async () => {
    const folder = await folderOf({ 'a.xhtml': 'body', 'a.meta.json': meta('1'), 'b.md': page('2') });
    const read = (error: Error) => readClaims(new RefusingDirectory(folder, 'a.xhtml', error), 'DOCS');
    const found = await read(new RefusedFileError('a.xhtml', 'refused'));
    expect([...found].map(([key, stamps]) => [key, stamps.length])).toEqual([
      ['page:1', 0],
      ['page:2', 1],
    ]);
    const error = new Error('broken disk');
    await expect(read(error)).rejects.toBe(error);
  });
});

test('what is within another mirror is that one’s', async () => {
  const files = {
    'a.md': page('1'),
    'inner/b.md': page('2'),
    'inner/.rxsync/state.json': '{}',
    'other/c.md': page('3'),
  };
  expect(await unrecorded(files)).toEqual(['a.md', 'other/c.md']);
});
