import { cp, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { knowUntil } from '../store/support/know-until.js';
import { type E2eWiki, readTree, rxsync, startWiki } from '../support/e2e.js';
import { treeDifference } from '../support/tree-difference.js';

let wiki: E2eWiki;
let base: string;
let whole: Readonly<Record<string, string>>;
/** A fresh copy of the mirror for each test. */
let dir: string;

const pull = (...more: string[]) => rxsync(['pull', dir, '--space', 'LARGE', ...more], { env: wiki.env });

beforeAll(async () => {
  wiki = await startWiki({ pages: 20, attachments: 8, bodyKb: 1 });
  base = await mkdtemp(path.join(os.tmpdir(), 'rxsync-'));
  dir = path.join(base, 'whole');
  await pull();
  whole = await readTree(dir);
});

beforeEach(async () => {
  dir = path.join(base, 'copy');
  await cp(path.join(base, 'whole'), dir, { recursive: true, preserveTimestamps: true });
  // A copy is new to the file system; a pull looks at it once.
  await pull();
});

afterEach(() => rm(dir, { recursive: true, force: true }));

afterAll(async () => {
  await rm(base, { recursive: true, force: true });
  await wiki.close();
});

const at = (name: string): string => path.join(dir, name);
const names = (): string[] => [
  'index.md',
  Object.keys(whole).find((name) => /\.attachments\/.*\.txt$/.test(name)) ?? '',
];

/** Other bytes of the same length, with the time of before. */
const rot = async (name: string): Promise<void> => {
  const { atime, mtime } = await stat(at(name));
  const bytes = await readFile(at(name));
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  await writeFile(at(name), bytes);
  await utimes(at(name), atime, mtime);
};

test('a file in whose place another one was put, with size and time kept, is seen by a pull', async () => {
  for (const name of names()) await rot(name);
  const { stdout } = await rxsync(['verify', dir]);
  expect(stdout).toMatch(/^2 differences in .*\. rxsync pull puts it right\.\n\nChanged \(2\):/);
  expect(await pull()).toMatchObject({ code: 0 });
  expect([...treeDifference(await readTree(dir), whole)].sort()).toEqual(
    names()
      .map((name) => `litter: ${name}.local-1`)
      .sort(),
  );
});

test('of rot without any trace verify says what mends it, and that does', async () => {
  // As if the disk had gone bad long before the last pull.
  await knowUntil(dir, Date.now() + 60_000);
  for (const name of names()) await rot(name);
  const verified = await rxsync(['verify', dir]);
  expect(verified.code).toBe(3);
  expect(verified.stdout).toMatch(
    /^2 differences in .*a pull does not see: remove those files, and rxsync pull/,
  );
  expect(verified.stdout).not.toContain('puts it right');
  expect(verified.stdout).toMatch(/^Changed without a trace \(2\):/m);
  for (const name of names()) await rm(at(name));
  expect(await pull()).toMatchObject({ code: 0 });
  expect(treeDifference(await readTree(dir), whole)).toEqual([]);
  expect(await rxsync(['verify', dir])).toMatchObject({ code: 0 });
});

test('verify tells of what the last pull left behind', async () => {
  const state: unknown = JSON.parse(await readFile(at('.rxsync/state.json'), 'utf8'));
  const failed = {
    kind: 'page',
    id: '7',
    title: 'A\u009b\u202e',
    code: 'http-500',
    retryable: true,
    attempts: 1,
  };
  await writeFile(
    at('.rxsync/state.json'),
    JSON.stringify({
      ...(typeof state === 'object' ? state : {}),
      failedItems: [{ ...failed, message: 'No\u2028.', hint: 'Do.' }],
      failedCount: 1,
    }),
  );
  const { code, stdout } = await rxsync(['verify', dir]);
  expect(code).toBe(3);
  expect(stdout).toContain('The last pull left an item behind');
  for (const command of ['verify', 'status']) {
    const { stdout: machine } = await rxsync([command, dir, '--json']);
    expect(machine).toContain(String.raw`A\u009b\u202e`);
    expect(machine.trimEnd()).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u2028]/u);
    expect(JSON.parse(machine)).toMatchObject({ failedItems: [failed] });
  }
});
