import {
  appendFile,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  truncate,
  writeFile,
} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { pull } from '../../lib/pull/pull-promise.js';
import { type E2eWiki, readTree, rxsync, startWiki } from '../support/e2e.js';
import { treeDifference } from '../support/tree-difference.js';

let wiki: E2eWiki;
let base: string;
let whole: Readonly<Record<string, string>>;
/** A fresh copy of the mirror for each test. */
let dir: string;

const pullInto = (target: string) =>
  pull({
    url: wiki.sandbox.url,
    credentials: wiki.sandbox.credentials,
    space: 'LARGE',
    dir: target,
    comments: true,
    labels: true,
  });

beforeAll(async () => {
  wiki = await startWiki({ pages: 40, attachments: 20, comments: 20, bodyKb: 1 });
  base = await mkdtemp(path.join(os.tmpdir(), 'rxsync-'));
  await pullInto(path.join(base, 'whole'));
  whole = await readTree(path.join(base, 'whole'));
});

beforeEach(async () => {
  dir = path.join(base, 'copy');
  await cp(path.join(base, 'whole'), dir, { recursive: true, preserveTimestamps: true });
});

afterEach(() => rm(dir, { recursive: true, force: true }));

afterAll(async () => {
  await rm(base, { recursive: true, force: true });
  await wiki.close();
});

const STATE = '.rxsync/state.json';
const at = (name: string): string => path.join(dir, name);

/** The files of a database. */
const filesOf = async (table: string): Promise<string[]> => {
  const names = await readdir(at(`.rxsync/store-1/${table}`));
  return names
    .filter((name) => /^\d+\.(?:log|ldb)$/.test(name))
    .map((name) => `.rxsync/store-1/${table}/${name}`);
};

/** Damages every file of the databases named. */
const damageFiles = async (
  tables: readonly string[],
  damage: (file: string) => Promise<void>,
): Promise<void> => {
  for (const table of tables) for (const name of await filesOf(table)) await damage(at(name));
};

const zeros = async (file: string): Promise<void> => {
  const content = await readFile(file);
  await writeFile(file, content.fill(0, Math.floor(content.length / 3), Math.floor(content.length / 2)));
};

const overwriteEnd = async (file: string): Promise<void> => {
  const content = await readFile(file);
  await writeFile(file, Buffer.concat([content.subarray(0, -4), Buffer.from('mine')]));
};

const aFile = async (ending: string): Promise<string> => {
  const found = Object.keys(whole).find((name) => name.endsWith(ending) && name !== 'index.md');
  return Promise.resolve(found ?? '');
};

describe('rxsync’s own files', () => {
  test.each<[string, () => Promise<void>]>([
    ['state.json is damaged', () => writeFile(at(STATE), '{"schemaVersion":1,')],
    ['state.json is of another release', () => writeFile(at(STATE), '{"schemaVersion":99}')],
    ['state.json is gone', () => rm(at(STATE))],
    ['state.json is empty', () => truncate(at(STATE))],
    ['the records are gone', () => rm(at('.rxsync/store-1/records'), { recursive: true })],
    ['the list of files is gone', () => rm(at('.rxsync/store-1/files'), { recursive: true })],
    ['both are gone', () => rm(at('.rxsync/store-1'), { recursive: true })],
    ['the records are empty', () => damageFiles(['records'], (file) => truncate(file))],
    ['the records lack their end', () => damageFiles(['records'], (file) => truncate(file, 5000))],
    ['the list of files lacks its end', () => damageFiles(['files'], (file) => truncate(file, 5000))],
    ['zeros are in the records', () => damageFiles(['records'], zeros)],
    ['zeros are in both', () => damageFiles(['records', 'files'], zeros)],
    ['the seal is gone', () => rm(at('.rxsync/store-1/seal.json'))],
    ['the seal is no seal', () => writeFile(at('.rxsync/store-1/seal.json'), '{')],
    ['the id is another one', () => writeFile(at('.rxsync/store-1/id'), 'x')],
    ['an older number is left', () => cp(at('.rxsync/store-1'), at('.rxsync/store-2'), { recursive: true })],
    [
      'records and files are in the place of each other',
      async () => {
        for (const [from, to] of [
          ['records', 'aside'],
          ['files', 'records'],
          ['aside', 'files'],
        ] as const)
          await rename(at(`.rxsync/store-1/${from}`), at(`.rxsync/store-1/${to}`));
      },
    ],
    ['an empty directory of a higher number is there', () => mkdir(at('.rxsync/store-2'))],
    [
      'one that has come by half is there',
      () => cp(at('.rxsync/store-1/records'), at('.rxsync/store-2/records'), { recursive: true }),
    ],
    ['the whole state folder is gone', () => rm(at('.rxsync'), { recursive: true })],
    [
      'a lock without owner is left',
      () => writeFile(at('.rxsync/lock'), '{"pid":4194304,"host":"' + os.hostname() + '","startedAt":"x"}'),
    ],
    ['a temporary file is left', () => writeFile(at('.rxsync/tmp/1-1'), 'half')],
  ])('%s: the next pull ends with the right tree and no litter', async (_name, damage) => {
    await damage();
    expect(await pullInto(dir)).toMatchObject({ exitCode: 0 });
    expect(treeDifference(await readTree(dir), whole)).toEqual([]);
    expect(await readdir(at('.rxsync/tmp'))).toEqual([]);
    expect(JSON.parse(await readFile(at(STATE), 'utf8'))).toMatchObject({ checkpoint: null });
    expect(await pullInto(dir)).toMatchObject({ totals: { page: { written: 0, unchanged: 40 } } });
  });
});

describe('files of the mirror', () => {
  test.each([['.md'], ['.comments.md'], ['.txt']])('a deleted %s file comes back', async (ending) => {
    await rm(at(await aFile(ending)));
    expect(await pullInto(dir)).toMatchObject({ exitCode: 0 });
    expect(treeDifference(await readTree(dir), whole)).toEqual([]);
  });

  test.each<[string, string, (file: string) => Promise<void>]>([
    ['longer page', '.md', (file) => appendFile(file, 'mine')],
    ['changed page of the same length', '.md', overwriteEnd],
    ['truncated page', '.md', (file) => truncate(file, 10)],
    ['longer comments file', '.comments.md', (file) => appendFile(file, 'mine')],
    ['replaced attachment', '.txt', (file) => writeFile(file, 'mine')],
  ])('a %s is kept as .local-1 and made anew', async (_name, ending, change) => {
    const name = await aFile(ending);
    await change(at(name));
    const mine = await readFile(at(name));
    expect(await pullInto(dir)).toMatchObject({ exitCode: 0 });
    expect(treeDifference(await readTree(dir), whole)).toEqual([`litter: ${name}.local-1`]);
    expect(await readFile(at(`${name}.local-1`))).toEqual(mine);
  });

  test('a deleted directory comes back', async () => {
    const [name = ''] = Object.keys(whole).filter((each) => each.endsWith('.attachments/'));
    await rm(at(name), { recursive: true });
    await rm(at('blog'), { recursive: true });
    await pullInto(dir);
    expect(treeDifference(await readTree(dir), whole)).toEqual([]);
  });

  test('without a state folder what the user changed is kept, all else is not touched', async () => {
    await rm(at('.rxsync'), { recursive: true });
    const name = await aFile('.md');
    await appendFile(at(name), 'mine');
    await pullInto(dir);
    expect(treeDifference(await readTree(dir), whole)).toEqual([`litter: ${name}.local-1`]);
  });
});

test('a pull that was killed is taken over at once', async () => {
  const target = path.join(base, 'killed');
  const args = ['pull', target, '--space', 'LARGE', '--comments', '--labels'];
  const run = await rxsync([...args, '--progress', 'ndjson'], {
    env: wiki.env,
    onOutput: (text, kill) => {
      if (text.includes('page.written')) kill('SIGKILL');
    },
  });
  expect(run.code).toBeNull();
  expect(await readdir(path.join(target, '.rxsync'))).toContain('lock');
  expect(await rxsync(args, { env: wiki.env })).toMatchObject({ code: 0 });
  expect(treeDifference(await readTree(target), whole)).toEqual([]);
});
