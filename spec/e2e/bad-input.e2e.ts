import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type E2eWiki, readTree, rxsync, startWiki, withFolder } from '../support/e2e.js';

let wiki: E2eWiki;

beforeAll(async () => {
  wiki = await startWiki({ pages: 5, attachments: 0, comments: 0 });
});

afterAll(() => wiki.close());

interface Case {
  readonly what: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly code: number;
  readonly says: RegExp;
}

const CASES: readonly Case[] = [
  { what: 'unknown space', args: ['--space', 'NOPE'], code: 10, says: /no space with the key "NOPE"/ },
  {
    what: 'wrong token',
    args: ['--space', 'LARGE'],
    env: { CONFLUENCE_API_TOKEN: 'wrong-secret' },
    code: 12,
    says: /does not accept the credentials/,
  },
  {
    what: 'no token',
    args: ['--space', 'LARGE'],
    env: { CONFLUENCE_API_TOKEN: '' },
    code: 12,
    says: /API token is missing/,
  },
  {
    what: 'no address',
    args: ['--space', 'LARGE'],
    env: { CONFLUENCE_URL: '' },
    code: 2,
    says: /address is missing/,
  },
  {
    what: 'unreachable host',
    args: ['--space', 'LARGE', '--max-retries', '0'],
    env: { CONFLUENCE_URL: 'http://127.0.0.1:1' },
    code: 1,
    says: /cannot be reached/,
  },
  {
    what: 'plain http',
    args: ['--space', 'LARGE'],
    env: { CONFLUENCE_URL: 'http://wiki.example.com' },
    code: 2,
    says: /https/,
  },
  {
    what: 'unknown flag',
    args: ['--space', 'LARGE', '--spead', '9'],
    code: 2,
    says: /Unknown argument: spead/,
  },
  {
    what: 'bad number',
    args: ['--space', 'LARGE', '--concurrency', 'many'],
    code: 2,
    says: /concurrency must be a whole number/,
  },
  { what: 'bad choice', args: ['--space', 'LARGE', '--format', 'pdf'], code: 2, says: /format/ },
  { what: 'no space', args: [], code: 2, says: /space must be given/ },
  { what: 'bad CQL', args: ['--space', 'LARGE', '--cql', 'titel ~ x'], code: 1, says: /Could not parse cql/ },
  {
    what: 'missing config file',
    args: ['--space', 'LARGE', '--config', 'nowhere.yaml'],
    code: 2,
    says: /nowhere\.yaml/,
  },
];

describe('bad input ends with one clear sentence, the right exit code, no stack trace and no mirror', () => {
  test.each(CASES)('$what', async ({ args, env, code, says }) => {
    await withFolder(async (folder) => {
      const run = await rxsync(['pull', path.join(folder, 'mirror'), ...args], {
        env: { ...wiki.env, ...env },
      });
      expect(run).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(says) });
      expect(run.stderr).not.toMatch(/^\s+at /m);
      expect(run.stderr).not.toContain('wrong-secret');
      expect(
        Object.keys(await readTree(folder)).filter((file) => !/^mirror\/(?:\.rxsync.*)?$/.test(file)),
      ).toEqual([]);
    });
  });
});

test.each([
  { fault: 'html:space', code: 12, says: /HTML page/ },
  { fault: 'malformed:space', code: 1, says: /not complete JSON/ },
])('an answer that is no API answer ($fault) is told as such', async ({ fault, code, says }) => {
  const broken = await startWiki({ pages: 5, attachments: 0, comments: 0, faults: fault });
  await withFolder(async (folder) => {
    const args = ['pull', path.join(folder, 'mirror'), '--space', 'LARGE', '--max-retries', '1'];
    expect(await rxsync(args, { env: broken.env })).toMatchObject({
      code,
      stderr: expect.stringMatching(says),
    });
  });
  await broken.close();
});

test('a file in the place of the folder is left alone', async () => {
  await withFolder(async (folder) => {
    const file = path.join(folder, 'mirror');
    await writeFile(file, 'mine');
    const run = await rxsync(['pull', file, '--space', 'LARGE'], { env: wiki.env });
    expect(run).toMatchObject({ code: 1, stderr: expect.stringMatching(/is a file/) });
    expect(Object.keys(await readTree(folder))).toEqual(['mirror']);
  });
});

test('a symbolic link within the mirror is not followed', async () => {
  await withFolder(async (folder) => {
    const [dir, outside] = [path.join(folder, 'mirror'), path.join(folder, 'outside')];
    await mkdir(dir);
    await mkdir(outside);
    await symlink(outside, path.join(dir, 'blog'));
    const run = await rxsync(['pull', dir, '--space', 'LARGE'], { env: wiki.env });
    expect(run).toMatchObject({ code: 1, stderr: expect.stringMatching(/symbolic link/) });
    expect(await readTree(outside)).toEqual({});
  });
});

test('the folder of another space is refused and stays as it is', async () => {
  await withFolder(async (dir) => {
    await rxsync(['pull', dir, '--space', 'SMALL'], { env: wiki.env });
    const before = await readTree(dir);
    const run = await rxsync(['pull', dir, '--space', 'LARGE'], { env: wiki.env });
    expect(run).toMatchObject({ code: 2, stderr: expect.stringMatching(/mirrors the space SMALL/) });
    expect(await readTree(dir)).toEqual(before);
  });
});

test('--verbose adds the stack trace', async () => {
  const run = await rxsync(['pull', '--space', 'NOPE', '--verbose'], { env: wiki.env });
  expect(run.stderr).toMatch(/^\s+at /m);
});
