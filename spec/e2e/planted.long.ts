import { execFileSync } from 'node:child_process';
import { renameSync, symlinkSync } from 'node:fs';
import {
  cp,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rename,
  rm,
  symlink,
  unlink,
  writeFile,
} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { someRows } from '../support/counts.js';
import { type E2eWiki, readTree, type Run, rxsync, startWiki } from '../support/e2e.js';
import { treeDifference } from '../support/tree-difference.js';

let wiki: E2eWiki;
let base: string;
let whole: Readonly<Record<string, string>>;
/** A fresh copy of the mirror for each test. */
let dir: string;
/** A folder of the user's beside it. */
let outside: string;

const pull = (...more: string[]): Promise<Run> =>
  rxsync(['pull', dir, '--space', 'LARGE', '--comments', ...more], { env: wiki.env });

beforeAll(async () => {
  wiki = await startWiki({ latencyMs: 30, pages: 40, attachments: 30, comments: 20, bodyKb: 1 });
  base = await mkdtemp(path.join(os.tmpdir(), 'rxsync-'));
  dir = path.join(base, 'whole');
  await pull();
  whole = await readTree(dir);
});

beforeEach(async () => {
  dir = path.join(base, 'copy');
  outside = path.join(base, 'outside');
  await cp(path.join(base, 'whole'), dir, { recursive: true, preserveTimestamps: true });
  await mkdir(outside);
  await writeFile(path.join(outside, 'precious'), 'precious');
});

afterEach(async () => {
  await rm(dir, { recursive: true, force: true });
  await rm(outside, { recursive: true, force: true });
});

afterAll(async () => {
  await rm(base, { recursive: true, force: true });
  await wiki.close();
});

const at = (name: string): string => path.join(dir, name);
const precious = (): string => path.join(outside, 'precious');

const expectOutsideUntouched = async (): Promise<void> => {
  expect(await readdir(outside)).toEqual(['precious']);
  expect(await readFile(precious(), 'utf8')).toBe('precious');
};

/** What may stand in the place of a file or folder, and what it is called. */
const PLANTED: Readonly<Record<string, readonly [string, (file: string) => unknown]>> = {
  'a link to a file': ['a symbolic link', (file) => symlink(precious(), file)],
  'a link to a folder': ['a symbolic link', (file) => symlink(outside, file)],
  'a link to nothing': ['a symbolic link', (file) => symlink(path.join(outside, 'none'), file)],
  'a link to a device': ['a symbolic link', (file) => symlink('/dev/zero', file)],
  'a FIFO': ['a FIFO', (file) => execFileSync('mkfifo', [file])],
};
const FOLDER: readonly [string, (file: string) => unknown] = ['a folder', (file) => mkdir(file)];
const FILE: readonly [string, (file: string) => unknown] = ['a file', (file) => writeFile(file, 'mine')];

const OWN_FILES = [
  'state.json',
  'names.json',
  'lock',
  '.gitignore',
  'store-1/id',
  'store-1/seal.json',
  'store-1/records/CURRENT',
];
const OWN_FOLDERS = ['tmp', 'store-1', 'store-1/files'];

/** Everything below a directory that is a file. */
const filesBelow = async (directory: string): Promise<string[]> => {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) => (entry.isFile() ? path.join(entry.parentPath, entry.name) : []));
};

const table = (
  names: readonly string[],
  more: readonly [string, readonly [string, (file: string) => unknown]][],
) =>
  names.flatMap((name) =>
    [...Object.entries(PLANTED), ...more].map(([what, [kind, plant]]) => ({ name, what, kind, plant })),
  );

/** Every command that only looks names what stands in the place of a file or folder of ours, and fails. */
const expectTold = async (own: string, kind: string): Promise<void> => {
  const commands = [['verify'], ['doctor'], ['pull', '--dry-run', '--space', 'LARGE']];
  // Who does not open the databases does not look into their folders.
  if (!own.endsWith('/CURRENT')) commands.push(['status'], ['status', '--json']);
  for (const [command = '', ...flags] of commands) {
    const { code, stdout, stderr } = await rxsync([command, dir, ...flags], { env: wiki.env });
    expect({ command, code, words: stdout + stderr }).toEqual({
      command,
      code: 1,
      words: expect.stringMatching(new RegExp(`\\\\?"${own}\\\\?" is ${kind} where`)),
    });
  }
};

describe('in the place of rxsync’s own', () => {
  const planted = [...table(OWN_FILES, [['a folder', FOLDER]]), ...table(OWN_FOLDERS, [['a file', FILE]])];

  test.each(someRows(planted, 5, 'RXSYNC_PLANTED_STEP'))(
    '$name, $what is told and left alone',
    async ({ name, kind, plant }) => {
      const own = `.rxsync/${name}`;
      await rm(at(own), { recursive: true, force: true });
      await plant(at(own));
      const before = await lstat(at(own));
      const { code, stderr } = await pull();
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: expect.stringContaining(`"${own}" is ${kind} where`),
      });
      expect((await lstat(at(own))).ino).toBe(before.ino);
      await expectOutsideUntouched();
      await expectTold(own, kind);
      await rm(at(own), { recursive: true });
      expect(await pull()).toMatchObject({ code: 0 });
      expect(treeDifference(await readTree(dir), whole)).toEqual([]);
    },
  );

  test.each(table(['.rxsync'], [['a file', FILE]]))('folder, $what is told', async ({ kind, plant }) => {
    await rm(at('.rxsync'), { recursive: true });
    await plant(at('.rxsync'));
    const { code, stderr } = await pull();
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining(`".rxsync" is ${kind} where`),
    });
    await expectTold('.rxsync', kind);
    await expectOutsideUntouched();
  });

  test('another name of a file of ours keeps its content', async () => {
    for (const [n, file] of (await filesBelow(at('.rxsync'))).entries())
      await link(file, path.join(outside, `${n}-${path.basename(file)}`));
    const names = await readdir(outside);
    const read = () => Promise.all(names.map((name) => readFile(path.join(outside, name), 'utf8')));
    const before = await read();
    expect(await pull('--full')).toMatchObject({ code: 0 });
    expect(await read()).toEqual(before);
  });
});

const fileOf = (ending: string): string =>
  Object.keys(whole).find((name) => name.endsWith(ending) && name !== 'index.md') ?? '';

describe('in the place of a file of the mirror', () => {
  const planted = ['.md', '.comments.md', '.txt'].flatMap((ending) =>
    table([ending], [['a folder', FOLDER]]),
  );

  test.each(someRows(planted, 5, 'RXSYNC_PLANTED_STEP'))(
    '$name, $what is kept aside as it is',
    async ({ name: ending, plant }) => {
      const name = fileOf(ending);
      await unlink(at(name));
      await plant(at(name));
      const { ino } = await lstat(at(name));
      const { code, stderr } = await pull();
      expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining(`${name}.local-1`) });
      expect((await lstat(at(`${name}.local-1`))).ino).toBe(ino);
      await expectOutsideUntouched();
      await rm(at(`${name}.local-1`), { recursive: true });
      expect(treeDifference(await readTree(dir), whole)).toEqual([]);
    },
  );

  test('another name of a file of the mirror keeps its content', async () => {
    const name = fileOf('.md');
    const before = await readFile(at(name), 'utf8');
    await link(at(name), path.join(outside, 'other'));
    await rm(at('.rxsync/store-1'), { recursive: true });
    await pull('--full', '--label', 'no-such-label', '--force');
    expect(await readFile(path.join(outside, 'other'), 'utf8')).toBe(before);
  });
});

/** Moves a folder of the mirror out and links it back; returns where it is now. */
const moveOut = async (name: string): Promise<string> => {
  const moved = path.join(outside, 'moved');
  await rename(at(name), moved);
  await symlink(moved, at(name));
  return moved;
};

describe('a folder that was moved elsewhere and linked back', () => {
  test.each([
    ['of attachments', '.attachments/'],
    ['of pages', '/'],
  ])('%s is left alone and named, and its items fail', async (_what, ending) => {
    const folder =
      Object.keys(whole).find((name) => name.endsWith(ending) && (ending !== '/' || !name.includes('.'))) ??
      '';
    const moved = await moveOut(folder.slice(0, -1));
    const before = await readTree(moved);
    const { code, stdout } = await pull('--json');
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      failedItems: expect.arrayContaining([
        expect.objectContaining({
          code: 'symbolic-link',
          message: expect.stringContaining(`"${folder.slice(0, -1)}" is a symbolic link`),
        }),
      ]),
    });
    expect(await readTree(moved)).toEqual(before);
    const verified = await rxsync(['verify', dir]);
    expect(verified.code).toBe(3);
    expect(verified.stdout).toMatch(/^Behind a symbolic link/m);
    expect(verified.stdout).toMatch(/The last pull left .* behind/);
    await unlink(at(folder.slice(0, -1)));
    await rename(moved, at(folder.slice(0, -1)));
    expect(await pull()).toMatchObject({ code: 0 });
    expect(treeDifference(await readTree(dir), whole)).toEqual([]);
  });
});

test('the folder of the mirror itself may be behind a link', async () => {
  await rename(dir, path.join(outside, 'mirror'));
  await symlink(path.join(outside, 'mirror'), dir);
  expect(await pull('--full')).toMatchObject({ code: 0 });
  expect(treeDifference(await readTree(path.join(outside, 'mirror')), whole)).toEqual([]);
});

describe('while a pull runs', () => {
  /** Puts a link in the place of a folder, and once more where the pull has made the folder anew in between. */
  const swapOne = (name: string): void => {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      renameSync(at(name), path.join(base, `swapped-${name}-${attempt}`));
      try {
        symlinkSync(outside, at(name));
        return;
      } catch {
        continue;
      }
    }
  };

  /** Swaps every folder of the mirror for a link to one outside, as soon as the first page is there. */
  const swapAll = async (): Promise<void> => {
    const entries = await readdir(dir, { withFileTypes: true });
    for (const entry of entries) if (entry.isDirectory() && entry.name !== '.rxsync') swapOne(entry.name);
  };

  test('folders swapped for links lead nothing outside, and are named', async () => {
    await rm(dir, { recursive: true });
    let swapping: Promise<void> | undefined;
    const run = await rxsync(
      ['pull', dir, '--space', 'LARGE', '--comments', '--progress', 'ndjson', '--concurrency', '1'],
      {
        env: wiki.env,
        onOutput: (text) => {
          if (text.includes('"page.written"')) swapping ??= swapAll();
        },
      },
    );
    await swapping;
    await expectOutsideUntouched();
    expect(run.code).toBe(3);
    expect(run.stdout).toContain('is a symbolic link');
    for (const name of await readdir(base))
      if (name.startsWith('swapped-')) await rm(path.join(base, name), { recursive: true });
  });

  test('rxsync’s own folder swapped for a link ends the run', async () => {
    await rm(dir, { recursive: true });
    let swapping: Promise<void> | undefined;
    const swap = async (): Promise<void> => {
      await rename(at('.rxsync'), path.join(base, 'swapped'));
      await symlink(outside, at('.rxsync'));
    };
    const run = await rxsync(
      ['pull', dir, '--space', 'LARGE', '--progress', 'ndjson', '--concurrency', '1'],
      {
        env: wiki.env,
        onOutput: (text) => {
          if (text.includes('"page.written"')) swapping ??= swap();
        },
      },
    );
    await swapping;
    await expectOutsideUntouched();
    expect([1, 11]).toContain(run.code);
    await rm(path.join(base, 'swapped'), { recursive: true });
  });
});
