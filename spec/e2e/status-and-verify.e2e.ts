import { appendFile, cp, mkdir, mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type E2eWiki, rxsync, startWiki } from '../support/e2e.js';

let wiki: E2eWiki;
let base: string;
/** A fresh copy of the mirror for each test. */
let dir: string;

beforeAll(async () => {
  wiki = await startWiki({ pages: 30, attachments: 12, comments: 20, bodyKb: 1 });
  base = await mkdtemp(path.join(os.tmpdir(), 'rxsync-'));
  await rxsync(['pull', path.join(base, 'whole'), '--space', 'LARGE', '--comments'], { env: wiki.env });
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

const json = async (...args: readonly string[]) => {
  const run = await rxsync([...args, '--json'], { env: wiki.env });
  const result: unknown = JSON.parse(run.stdout);
  return { code: run.code, result };
};

/** Name, size and time of everything, the state folder included. */
const everything = async () => {
  const names = (await readdir(dir, { recursive: true })).sort();
  return Promise.all(
    names.map(async (name) => {
      const { size, mtimeMs } = await stat(path.join(dir, name));
      return { name, size, mtimeMs };
    }),
  );
};

const anAttachment = async (): Promise<string> => {
  const names = (await readdir(dir, { recursive: true })).sort();
  const found = names.find((name) => path.dirname(name).endsWith('.attachments'));
  if (found === undefined) throw new Error('The mirror has no attachment');
  return found.split(path.sep).join('/');
};

describe('status', () => {
  test('tells what is mirrored, for people and for programs, offline', async () => {
    const { code, stdout, stderr } = await rxsync(['status', dir]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/mirrors LARGE ".+" of https:\/\/wiki\.example\/wiki\n/);
    expect(stdout).toMatch(/pages +30, [\d.]+ kB\n/);
    expect(await json('status', dir)).toMatchObject({
      code: 0,
      result: {
        scope: { space: 'LARGE', comments: true },
        lastFullSync: expect.stringMatching(/^\d{4}-.*Z$/),
        checkpoint: null,
        failedItems: [],
        kinds: { page: { items: 30, files: 30 }, attachment: { items: 12 }, folder: { items: 6, files: 0 } },
      },
    });
  });

  test('tells an interrupted pull', async () => {
    const stopped = path.join(base, 'stopped');
    let isStopped = false;
    await rxsync(['pull', stopped, '--space', 'LARGE', '--progress', 'ndjson'], {
      env: wiki.env,
      onOutput: (text, kill) => {
        if (!isStopped && text.includes('page.written')) isStopped = kill('SIGINT');
      },
    });
    const run = await rxsync(['status', stopped]);
    expect(run).toMatchObject({ code: 0, stdout: expect.stringMatching(/interrupted +\d+ of \d+ items/) });
    await rm(stopped, { recursive: true });
  });

  test('says in one sentence that there is no mirror', async () => {
    for (const command of ['status', 'verify'])
      expect(await rxsync([command, path.join(dir, 'blog')])).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringContaining('There is no mirror in'),
      });
  });
});

describe('a state that cannot be read', () => {
  const state = (): string => path.join(dir, '.rxsync/state.json');

  test.each<[string, () => Promise<unknown>, RegExp]>([
    ['garbage', () => writeFile(state(), '\u0000\u0001'), /cannot be read \(no JSON\)/],
    ['cut short', () => truncate(state(), 40), /cannot be read \(no JSON\)/],
    ['empty', () => truncate(state()), /cannot be read \(no JSON\)/],
    [
      'of a later release',
      () => writeFile(state(), '{"schemaVersion":99}'),
      /was written by a later version of rxsync \(schemaVersion 99, /,
    ],
    ['gone', () => rm(state()), /is missing/],
  ])(
    '%s: status fails and counts all the same, verify does not vouch for the mirror; both say what to do',
    async (_, harm, why) => {
      await harm();
      const status = await rxsync(['status', dir]);
      expect(status).toMatchObject({ code: 1, stdout: expect.stringMatching(/pages +30,/), stderr: '' });
      const verified = await rxsync(['verify', dir]);
      expect(verified).toMatchObject({ code: 3, stdout: expect.stringMatching(/^Verified: /), stderr: '' });
      for (const { stdout } of [status, verified]) {
        expect(stdout).toMatch(why);
        expect(stdout).toMatch(/pull with --space and the settings that it had/i);
      }
      for (const [command, code] of [
        ['status', 1],
        ['verify', 3],
      ] as const) {
        const run = await rxsync([command, dir, '--json']);
        expect({ code: run.code, ...JSON.parse(run.stdout) }).toMatchObject({
          code,
          lostState: {
            message: expect.stringMatching(why),
            hint: expect.stringContaining('--space'),
          },
        });
      }
    },
  );

  test('a folder in its place is named', async () => {
    await rm(state());
    await mkdir(state());
    for (const command of ['status', 'verify'])
      expect(await rxsync([command, dir])).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('".rxsync/state.json" is a folder where'),
      });
  });
});

describe('verify', () => {
  test('a mirror as it was pulled is verified, and nothing of it is touched', async () => {
    const before = await everything();
    expect(await rxsync(['verify', dir])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Verified: \d+ files/),
    });
    await rxsync(['status', dir]);
    expect(await everything()).toEqual(before);
  });

  test('lists what is missing, changed and not recorded, and nothing that is the user’s own', async () => {
    const attachment = await anAttachment();
    await rm(path.join(dir, attachment));
    await appendFile(path.join(dir, 'index.md'), 'mine');
    const posts = (await readdir(path.join(dir, 'blog'), { recursive: true, withFileTypes: true })).filter(
      (entry) => entry.isFile(),
    );
    await rm(path.join(dir, 'blog'), { recursive: true });
    await cp(path.join(base, 'whole/index.md'), path.join(dir, 'copy.md'));
    await cp(path.join(base, 'whole', attachment), path.join(dir, path.dirname(attachment), 'other.bin'));
    await writeFile(path.join(dir, '.rxsync/tmp/1-1'), 'half');
    await writeFile(path.join(dir, 'notes.md'), '# Notes\n');
    await writeFile(path.join(dir, 'index.md.local-1'), '');
    const { code, result } = await json('verify', dir);
    expect(code).toBe(3);
    expect(result).toMatchObject({
      changed: [{ kind: 'page', path: 'index.md' }],
      unrecorded: [`${path.posix.dirname(attachment)}/other.bin`, 'copy.md'],
    });
    expect(result).toHaveProperty(
      'missing',
      expect.arrayContaining([expect.objectContaining({ path: attachment })]),
    );
    const missing = posts.length + 1;
    expect(result).toHaveProperty('missing.length', missing);
    expect(await rxsync(['verify', dir])).toMatchObject({
      code: 3,
      stdout: expect.stringMatching(
        new RegExp(`^${missing + 3} differences in .*\\n\\nMissing \\(${missing}\\):\\n`),
      ),
    });
  });
});

describe('verify --remote', () => {
  test('a mirror that is up to date is as the wiki is', async () => {
    expect(await rxsync(['verify', dir, '--remote'], { env: wiki.env })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('as they are in the wiki'),
    });
  });

  test.each(['no-scope=search:confluence+read:content-details:confluence', 'other-account=30'])(
    'where it cannot look at all of it, it does not say that all is as in the wiki (%s)',
    async (misbehaviour) => {
      wiki.sandbox.wild.set(misbehaviour);
      const { code, stdout } = await rxsync(['verify', dir, '--remote'], { env: wiki.env });
      wiki.sandbox.wild.set('');
      expect(code).toBe(3);
      expect(stdout).toMatch(/not known for all of them\.\n\nNot (listed whole|visible)/);
    },
  );

  test('lists what is out of date, not mirrored yet, and gone; sends no request for a body', async () => {
    const { wiki: hands } = wiki.sandbox;
    const pages = hands.list('page', 'LARGE').map(({ id }) => id);
    const [, edited = '', deleted = ''] = pages.slice(-3);
    hands.editPage(edited);
    hands.deletePage(deleted);
    const { id: created } = hands.createPage('Fresh from the wiki');
    const bodies: string[] = [];
    const stop = wiki.sandbox.onExchange(({ url }) => {
      if (url.includes('body')) bodies.push(url);
    });
    const { code, result } = await json('verify', dir, '--remote');
    stop();
    expect({ code, bodies }).toEqual({ code: 3, bodies: [] });
    expect(result).toMatchObject({
      missing: [],
      remote: {
        stale: expect.arrayContaining([expect.objectContaining({ kind: 'page', id: edited })]),
        missing: [{ kind: 'page', id: created, path: expect.stringContaining('fresh-from-the-wiki.md') }],
        gone: expect.arrayContaining([expect.objectContaining({ kind: 'page', id: deleted })]),
      },
    });
  });

  test('needs to know the wiki', async () => {
    expect(await rxsync(['verify', dir, '--remote'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('CONFLUENCE_URL'),
    });
  });
});
