import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { parseEvent } from '../../lib/events/parse-event.js';
import { type E2eWiki, readTree, type Run, rxsync, startWiki } from '../support/e2e.js';

let wiki: E2eWiki;
let base: string;
/** A mirror of LARGE with comments, as text of the storage format. */
let dir: string;

const run = (...args: readonly string[]): Promise<Run> => rxsync(args, { env: wiki.env, cwd: base });
const pull = (...args: readonly string[]): Promise<Run> => run('pull', ...args);

beforeAll(async () => {
  wiki = await startWiki({ pages: 15, attachments: 6, comments: 12, bodyKb: 1 });
  base = await mkdtemp(path.join(os.tmpdir(), 'rxsync-'));
  await pull('whole', '--space', 'LARGE', '--comments', '--format', 'storage');
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

const Planned = z.object({
  items: z.array(z.object({ action: z.string(), path: z.string(), reason: z.string() })),
});

const CHANGE = /^(\w+): .* -> /gm;

/** The settings that a pull says to change. */
const changesIn = ({ stderr }: Run): string[] => [...stderr.matchAll(CHANGE)].map(([, name = '']) => name);

test('a plain pull leaves the mirror what it is', async () => {
  const before = await readTree(dir);
  const plain = await pull(dir);
  expect({ code: plain.code, changes: changesIn(plain) }).toEqual({ code: 0, changes: [] });
  expect(await readTree(dir)).toEqual(before);
});

test('what is turned off is told before anything is written, and only when it is, done', async () => {
  const before = await readTree(dir);
  const comments = Object.keys(before)
    .filter((file) => file.endsWith('.comments.md'))
    .sort();
  const dry = await pull(dir, '--no-comments', '--dry-run', '--json');
  const line = `comments: on -> off, ${comments.length} files leave\n`;
  expect(dry).toMatchObject({ code: 0, stderr: expect.stringContaining(line) });
  const { items } = Planned.parse(JSON.parse(dry.stdout));
  const leaving = items.filter(({ action }) => action === 'delete');
  expect(leaving.map(({ path: file }) => file).sort()).toEqual(comments);
  expect(new Set(leaving.map(({ reason }) => reason))).toEqual(new Set(['unwanted']));
  // A dry run has changed nothing that is remembered, either.
  expect(changesIn(await pull(dir))).toEqual([]);
  expect(await readTree(dir)).toEqual(before);

  const real = await pull(dir, '--no-comments', '--progress', 'ndjson');
  const types = real.stdout
    .trim()
    .split('\n')
    .map((text) => parseEvent(text).type);
  expect(types.indexOf('setting.changed')).toBe(1);
  expect(types.filter((type) => type === 'comments.deleted')).toHaveLength(comments.length);
  expect(changesIn(await pull(dir))).toEqual([]);
  expect(Object.keys(await readTree(dir)).filter((file) => file.endsWith('.comments.md'))).toEqual([]);
});

test('a run that is refused has changed nothing that is remembered', async () => {
  const refused = await pull(dir, '--label', 'no-such-label', '--no-comments');
  expect({ code: refused.code, changes: changesIn(refused) }).toEqual({
    code: 14,
    changes: ['label', 'comments'],
  });
  const plain = await pull(dir);
  expect({ code: plain.code, changes: changesIn(plain) }).toEqual({ code: 0, changes: [] });
});

test('verify --remote and status go by what is remembered', async () => {
  expect(await run('verify', dir, '--remote')).toMatchObject({ code: 0 });
  expect((await run('status', dir)).stdout).toMatch(/scope +storage, all attachments, comments\n/);
});

test.each<NodeJS.Signals>(['SIGINT', 'SIGKILL'])(
  'a first run that %s ends remembers, too',
  async (signal) => {
    const stopped = path.join(base, signal);
    let isStopped = false;
    await rxsync(['pull', stopped, '--space', 'LARGE', '--comments', '--progress', 'ndjson'], {
      env: wiki.env,
      onOutput: (text, kill) => {
        if (!isStopped && text.includes('page.written')) isStopped = kill(signal);
      },
    });
    expect(isStopped).toBe(true);
    const resumed = await pull(stopped);
    expect({ code: resumed.code, changes: changesIn(resumed) }).toEqual({ code: 0, changes: [] });
    expect(Object.keys(await readTree(stopped)).some((file) => file.endsWith('.comments.md'))).toBe(true);
  },
);

describe('a mirror that does not remember any more', () => {
  const forget: readonly [string, () => Promise<void>][] = [
    ['a damaged state', () => writeFile(path.join(dir, '.rxsync/state.json'), '{')],
    ['no state', () => rm(path.join(dir, '.rxsync/state.json'))],
  ];

  test.each(forget)('%s: says so, and loses nothing by a default', async (_how, damage) => {
    const before = await readTree(dir);
    await damage();
    expect(await pull(dir, '--space', 'LARGE')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/does not tell any more what it is[^]*--format storage --comments/),
    });
    expect(await readTree(dir)).toEqual(before);
    expect(await pull(dir, '--space', 'LARGE', '--format', 'storage', '--comments')).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/warning: .*state\.json .* is lost/),
    });
    expect(await readTree(dir)).toEqual(before);
    expect(changesIn(await pull(dir))).toEqual([]);
  });
});

describe('a folder of several mirrors', () => {
  const several = (name: string): string => path.join(base, 'several', name);

  beforeAll(async () => {
    await pull('several', '--space', 'LARGE,SMALL', '--no-attachments');
    await pull('several', '--space', 'SMALL', '--comments');
  });

  const commentsIn = async (name: string): Promise<number> =>
    Object.keys(await readTree(several(name))).filter((file) => file.endsWith('.comments.md')).length;

  test('goes on with the one that is named, and each remembers its own', async () => {
    const both = await pull('several');
    expect({ code: both.code, changes: changesIn(both) }).toEqual({ code: 0, changes: [] });
    // Side by side: nobody says which of them is told first.
    expect(both.stderr).toMatch(/Pulling LARGE \(delta\)/);
    expect(both.stderr).toMatch(/Pulling SMALL \(delta\)/);
    expect(await commentsIn('LARGE')).toBe(0);
    expect(await commentsIn('SMALL')).toBeGreaterThan(0);
    expect(
      Object.keys(await readTree(several(''))).filter((file) => !/^(?:LARGE|SMALL)\//.test(file)),
    ).toEqual([]);
  });

  test('status and verify take it; the exit code is the worst', async () => {
    const status = await run('status', 'several');
    expect(status).toMatchObject({ code: 0, stderr: '' });
    expect(status.stdout).toMatch(/^several\/LARGE mirrors LARGE [^]*\n\nseveral\/SMALL mirrors SMALL /);
    expect(JSON.parse((await run('status', 'several', '--json')).stdout)).toMatchObject({
      mirrors: [
        { dir: 'several/LARGE', scope: { comments: false } },
        { dir: 'several/SMALL', scope: { comments: true } },
      ],
    });
    expect(await run('verify', 'several', '--remote')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^several\/LARGE: Verified: [^]*\n\nseveral\/SMALL: Verified: /),
    });
    await rm(several('LARGE/index.md'));
    const verify = await run('verify', 'several', '--json');
    expect({ code: verify.code, ...JSON.parse(verify.stdout) }).toMatchObject({
      code: 3,
      mirrors: [
        { dir: 'several/LARGE', missing: [{ path: 'index.md' }] },
        { dir: 'several/SMALL', missing: [] },
      ],
    });
  });

  test('what fails with one does not hide the others', async () => {
    const copy = path.join(base, 'broken');
    await cp(several(''), copy, { recursive: true });
    await rm(path.join(copy, 'LARGE/.rxsync/state.json'));
    await writeFile(path.join(copy, 'LARGE/.rxsync/state.json'), '{');
    const { code, stdout, stderr } = await run('verify', 'broken', '--remote', '--json');
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({
      code: 2,
      mirrors: [
        { dir: 'broken/LARGE', code: 'no-mirror', exitCode: 2 },
        { dir: 'broken/SMALL', missing: [] },
      ],
    });
    expect(stderr).toMatch(/^broken\/LARGE:\nrxsync: /);
  });
});

test.each([['SMALL'], ['LARGE,SMALL']])('a mirror of LARGE does not take %s', async (spaces) => {
  const before = await readTree(dir);
  expect(await pull(dir, '--space', spaces)).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/mirrors the space LARGE[^]*Name another folder/),
  });
  expect(await readTree(dir)).toEqual(before);
});
