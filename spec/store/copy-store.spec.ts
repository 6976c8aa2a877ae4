import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { StoreError } from '../../lib/errors/store-error.js';
import { copyStore } from '../../lib/store/copy-store.js';
import { Folder } from '../../lib/store/folder.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();

/** A folder in which somebody does something before so many files are read. */
class BusyFolder extends Folder {
  readonly reads: string[] = [];
  readonly #meanwhile: (count: number, file: string) => Promise<unknown>;

  constructor(
    dir: string,
    meanwhile: (count: number, file: string) => Promise<unknown> = () => Promise.resolve(),
  ) {
    super(dir);
    this.#meanwhile = meanwhile;
  }

  override async read(relative: string) {
    this.reads.push(relative);
    await this.#meanwhile(this.reads.length, relative);
    return super.read(relative);
  }
}

const FILES = { id: 'i', 'records/000003.log': 'log', 'records/CURRENT': 'c', 'records/MANIFEST-1': 'm' };

const stored = async (): Promise<string> => {
  const dir = await newDirectory();
  for (const table of ['records', 'files']) await mkdir(path.join(dir, 'store', table), { recursive: true });
  for (const [file, text] of Object.entries(FILES)) await writeFile(path.join(dir, 'store', file), text);
  return dir;
};

const copied = async (from: Folder): Promise<Record<string, string>> => {
  const to = new Folder(await newDirectory());
  await copyStore(from, 'store', to, 'copy');
  const at = path.join(to.root, 'copy');
  const found: Record<string, string> = {};
  for (const entry of await readdir(at, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    found[path.relative(at, file)] = entry.isDirectory() ? 'a folder' : await readFile(file, 'utf8');
  }
  return found;
};

test('all of them are copied, what points to other files first', async () => {
  const from = new BusyFolder(await stored());
  expect(await copied(from)).toEqual({ ...FILES, records: 'a folder', files: 'a folder' });
  expect(from.reads).toEqual(
    ['id', 'MANIFEST-1', 'CURRENT', '000003.log'].map((name) =>
      name === 'id' ? 'store/id' : `store/records/${name}`,
    ),
  );
});

test('where one of them is not there its place is empty', async () => {
  const dir = await newDirectory();
  await mkdir(path.join(dir, 'store'));
  expect(await copied(new Folder(dir))).toEqual({ records: 'a folder', files: 'a folder' });
});

test.each<[string, (file: (name: string) => string, folder: Folder) => Promise<unknown>, object]>([
  ['comes', (file) => writeFile(file('000004.log'), 'new'), { ...FILES, 'records/000004.log': 'new' }],
  [
    'goes',
    (_file, folder) => folder.unlink('store/records/000003.log'),
    { id: 'i', 'records/CURRENT': 'c', 'records/MANIFEST-1': 'm' },
  ],
])('a file that %s meanwhile makes it begin anew', async (_, change, expected) => {
  const dir = await stored();
  const file = (name: string): string => path.join(dir, 'store/records', name);
  const from = new BusyFolder(dir, (count) =>
    count === 3 ? change(file, new Folder(dir)) : Promise.resolve(),
  );
  expect(await copied(from)).toEqual({ ...expected, records: 'a folder', files: 'a folder' });
});

test('what does not come to rest is given up, and says what to do', async () => {
  const dir = await stored();
  const from = new BusyFolder(dir, (count, file) =>
    file === 'store/records/CURRENT'
      ? writeFile(path.join(dir, 'store/records', `${count}.ldb`), '')
      : Promise.resolve(),
  );
  const error = await copied(from).catch((each: unknown) => each);
  expect(error).toBeInstanceOf(StoreError);
  expect(error).toMatchObject({
    message: `The records in "${dir}" change faster than they can be read.`,
    hint: 'Wait until the pull that works on them has ended.',
  });
  expect(from.reads.filter((file) => file === 'store/id')).toHaveLength(20);
});

test('a link among them is told, not followed', async () => {
  const dir = await stored();
  await symlink('/etc/hostname', path.join(dir, 'store/files/000001.ldb'));
  await expect(copied(new Folder(dir))).rejects.toThrow(
    '"store/files/000001.ldb" is a symbolic link, no file.',
  );
});
