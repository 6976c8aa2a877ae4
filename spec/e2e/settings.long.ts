import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type E2eWiki, readTree, rxsync, startWiki, withFolder } from '../support/e2e.js';

let wiki: E2eWiki;

beforeAll(async () => {
  wiki = await startWiki({ pages: 5, attachments: 2, comments: 4 });
});

afterAll(() => wiki.close());

interface Given {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
}

/** Pulls SMALL into `mirror` as given; what it said, and which files came of it. */
const pull = ({ args = [], env = {}, files = {} }: Given) =>
  withFolder(async (folder) => {
    for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
    const run = await rxsync(['pull', 'mirror', '--space', 'SMALL', ...args], {
      env: { ...wiki.env, ...env },
      cwd: folder,
    });
    const tree = await readTree(folder);
    return { ...run, pulled: Object.keys(tree).filter((file) => /^mirror\/(?!\.rxsync)./.test(file)) };
  });

describe('a dry run that is asked for writes nothing', () => {
  test.each<[string, Given]>([
    ['--dry-run=yes', { args: ['--dry-run=yes'] }],
    ['--dry-run=TRUE', { args: ['--dry-run=TRUE'] }],
    ['--dry-run 1', { args: ['--dry-run', '1'] }],
    ['-n', { args: ['-n'] }],
    ['RXSYNC_DRY_RUN=1', { env: { RXSYNC_DRY_RUN: '1' } }],
    ['dry-run: on', { files: { 'rxsync.config.yaml': 'dry-run: on\n' } }],
    ['"dryRun": true', { files: { 'rxsync.config.json': '{ "dryRun": true }' } }],
  ])('%s', async (_how, given) => {
    expect(await pull(given)).toMatchObject({
      code: 0,
      pulled: [],
      stderr: expect.stringMatching(/nothing was written/i),
    });
  });
});

test('what the command line says counts before the environment, that before the file', async () => {
  const files = { 'rxsync.config.yaml': 'dry-run: yes\ncomments: no\nremote: yes\n' };
  const { pulled } = await pull({ args: ['--no-dry-run'], env: { RXSYNC_COMMENTS: 'on' }, files });
  expect(pulled.filter((file) => file.endsWith('.comments.md')).length).toBeGreaterThan(0);
});

describe('nothing is understood as its opposite', () => {
  test.each<[string, Given, RegExp]>([
    ['a flag', { args: ['--dry-run=maybe'] }, /^rxsync: --dry-run must be true or false/],
    ['a variable', { env: { RXSYNC_FORCE: 'nay' } }, /^rxsync: RXSYNC_FORCE must be true or false/],
    [
      'an unknown variable',
      { env: { RXSYNC_FORMATT: 'adf' } },
      /^rxsync: RXSYNC_FORMATT is no setting .*RXSYNC_FORMAT\?/,
    ],
    [
      'a number',
      { env: { RXSYNC_CONCURRENCY: '0' } },
      /^rxsync: RXSYNC_CONCURRENCY must be a whole number from 1/,
    ],
    [
      'a setting',
      { files: { 'rxsync.config.yaml': '\nmax-delete: some\n' } },
      /^rxsync: max-delete \(".*rxsync\.config\.yaml", line 2\) must be a count or a percentage/,
    ],
    [
      'a time',
      { files: { 'rxsync.config.yaml': 'timeout: -1\n' } },
      /^rxsync: timeout \(".*", line 1\) must be a number of sec/,
    ],
    ['two files', { files: { 'rxsync.config.yaml': '', 'rxsync.config.json': '{}' } }, /two config files/],
  ])('%s', async (_what, given, says) => {
    expect(await pull(given)).toMatchObject({ code: 2, pulled: [], stderr: expect.stringMatching(says) });
  });
});

test('a config file in the mirror counts when there is none here', async () => {
  await withFolder(async (folder) => {
    const args = ['pull', path.join(folder, 'mirror'), '--space', 'SMALL', '--quiet'];
    await rxsync(args, { env: wiki.env });
    await writeFile(path.join(folder, 'mirror/rxsync.config.yaml'), 'formatt: adf\n');
    const run = await rxsync(args, { env: wiki.env });
    expect(run).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/mirror\/rxsync\.config\.yaml", line 1/),
    });
    await writeFile(path.join(folder, 'rxsync.config.yaml'), '');
    expect(await rxsync(args, { env: wiki.env, cwd: folder })).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('with --json a usage error is one object on stdout', () => {
  test.each([
    [['pull', '--spcae', 'X', '--json'], {}],
    [['pull', '--json', '--space', 'SMALL', '--dry-run=maybe'], {}],
    [['pull', '--json', '--space', 'SMALL', '--concurrency', '0'], {}],
    [['pull', '--json', '--space', 'SMALL', '--url', ''], {}],
    [['pull', '--space', 'SMALL', '--concurrency', '0'], { RXSYNC_JSON: 'yes' }],
    [['pull', '--json', '--space', 'SMALL', '--config', 'nowhere.yaml'], {}],
    [['verify', '--json', '--bogus'], {}],
  ])('%j %j', async (args, env) => {
    const run = await rxsync(args, { env: { ...wiki.env, CONFLUENCE_URL: '', ...env } });
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/^rxsync: /);
    expect(JSON.parse(run.stdout)).toMatchObject({
      type: 'run.failed',
      code: expect.any(String),
      exitCode: 2,
    });
  });
});

test('help is given whatever the settings are', async () => {
  const run = await rxsync(['pull', '-h'], { env: { RXSYNC_NONSENSE: '1' } });
  expect(run).toMatchObject({ code: 0, stdout: expect.stringMatching(/--dry-run/) });
});

test.each([
  [
    ['help', 'pull'],
    ['pull', '-h'],
  ],
  [['help'], ['--help']],
])('%j is %j', async (words, flags) => {
  const [help, same] = [await rxsync(words), await rxsync(flags)];
  expect(help).toEqual(same);
  expect([help.code, help.stderr]).toEqual([0, '']);
  expect(help.stdout).toMatch(/^rxsync /);
});
