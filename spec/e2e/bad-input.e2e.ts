import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
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
  { what: 'no flag of its own', args: ['--no-space'], code: 2, says: /There is no flag --no-space/ },
  { what: 'another one', args: ['--no-max-wait'], code: 2, says: /There is no flag --no-max-wait/ },
  {
    what: 'CQL without its end',
    args: ['--space', 'LARGE', '--cql', 'label = "'],
    code: 2,
    says: /--cql must be a whole condition, without a quotation mark that is not closed/,
  },
  {
    what: 'CQL that is none',
    args: ['--space', 'LARGE', '--cql', 'label = = "x"'],
    code: 2,
    says: /--cql must be CQL that the wiki understands.*nothing was changed/,
  },
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
    says: /There is no flag --spead\./,
  },
  {
    what: 'misspelt flag',
    args: ['--spcae', 'LARGE'],
    code: 2,
    says: /There is no flag --spcae\. Did you mean --space\?/,
  },
  { what: 'flag without its value', args: ['--space'], code: 2, says: /--space needs a value/ },
  {
    what: 'one folder too many',
    args: ['--space', 'LARGE', 'other'],
    code: 2,
    says: /"other" is one argument too many for rxsync pull/,
  },
  {
    what: 'flag given twice',
    args: ['--space', 'LARGE', '--label', 'a', '--label', 'b'],
    code: 2,
    says: /--label is given more than once/,
  },
  {
    what: 'bad number',
    args: ['--space', 'LARGE', '--concurrency', 'many'],
    code: 2,
    says: /--concurrency must be a number/,
  },
  {
    what: 'bad time',
    args: ['--space', 'LARGE', '--max-wait', '-1'],
    code: 2,
    says: /--max-wait must be a number of seconds from 0 to/,
  },
  {
    what: 'bad choice',
    args: ['--space', 'LARGE', '--format', 'adff'],
    code: 2,
    says: /--format must be one of markdown, storage, adf, but is "adff"\. Did you mean adf\?/,
  },
  { what: 'an empty space', args: ['--space', ''], code: 2, says: /^rxsync: --space must name a space/ },
  {
    what: 'a comma for a space',
    args: ['--space', ','],
    code: 2,
    says: /^rxsync: --space must name a space/,
  },
  {
    what: 'an empty space beside another',
    args: ['--space', 'LARGE', '--space', ''],
    code: 2,
    says: /^rxsync: --space must name a space/,
  },
  {
    what: 'an empty variable for the space',
    args: [],
    env: { RXSYNC_SPACE: '' },
    code: 2,
    says: /^rxsync: RXSYNC_SPACE must name a space by its key or address, or be left out, but is ""\./,
  },
  {
    what: 'an address without https://',
    args: ['--space', 'LARGE'],
    env: { CONFLUENCE_URL: 'example.atlassian.net' },
    code: 2,
    says: /^rxsync: CONFLUENCE_URL must be an address such as https:/,
  },
  {
    what: 'the same as a flag',
    args: ['--space', 'LARGE', '--url', 'example.atlassian.net'],
    code: 2,
    says: /^rxsync: --url must be an address/,
  },
  {
    what: 'a sandbox that cannot be',
    args: ['--space', 'LARGE', '--sandbox=pages=abc'],
    code: 2,
    says: /^rxsync: --sandbox must let pages be a number, but is "pages=abc"/,
  },
  {
    what: 'the same as a variable',
    args: ['--space', 'LARGE'],
    env: { RXSYNC_SANDBOX: 'pages=abc' },
    code: 2,
    says: /^rxsync: RXSYNC_SANDBOX must let pages be a number, but is "pages=abc"/,
  },
  {
    what: 'a pattern of types that finds nothing',
    args: ['--space', 'LARGE', '--attachment-types', '['],
    code: 2,
    says: /^rxsync: --attachment-types must close each \[ and \{/,
  },
  { what: 'no space', args: [], code: 2, says: /space must be given/ },
  { what: 'bad CQL', args: ['--space', 'LARGE', '--cql', 'titel ~ x'], code: 2, says: /Could not parse cql/ },
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
  { fault: 'html:space', code: 1, says: /HTML page/ },
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

test('the folder may follow a flag that takes a list', async () => {
  await withFolder(async (folder) => {
    const args = ['pull', '--space', 'SMALL', 'mirror', '--quiet'];
    expect(await rxsync(args, { env: wiki.env, cwd: folder })).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(Object.keys(await readTree(folder))).toContain('mirror/index.md');
  });
});

test('settings that are none are told with the name of the file that has them', async () => {
  await withFolder(async (folder) => {
    await writeFile(path.join(folder, 'rxsync.config.yaml'), 'spaec: DOCS\n');
    expect(await rxsync(['pull'], { env: wiki.env, cwd: folder })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /rxsync\.config\.yaml", line 1: there is no setting "spaec"\. Did you mean/,
      ),
    });
  });
});

test.each([
  ['below a file', 'file/mirror', /cannot be read: ENOTDIR/],
  ['where none can be made', '/proc/rxsync/mirror', /cannot be opened: E/],
])('a folder %s is told as such', async (_where, dir, says) => {
  await withFolder(async (folder) => {
    await writeFile(path.join(folder, 'file'), 'mine');
    const run = await rxsync(['pull', path.resolve(folder, dir), '--space', 'LARGE'], { env: wiki.env });
    expect(run).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(says) });
    expect(run.stderr).not.toContain('unexpected');
  });
});

test('a command alone shows what there is', async () => {
  expect(await rxsync([])).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/rxsync pull/),
  });
});

test('a sandbox does not start on a port that is taken', async () => {
  const run = await rxsync(['sandbox', '--port', new URL(wiki.sandbox.url).port]);
  expect(run).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^rxsync: Port \d+ .* is taken\./),
  });
});

test.each([
  [[], 'rxsync completion needs the name of a shell: bash, zsh or fish.'],
  [['tcsh'], 'rxsync completion knows the shells bash, zsh and fish, but not "tcsh".'],
])('completion %j names the shells', async (args, says) => {
  expect(await rxsync(['completion', ...args])).toEqual({ code: 2, stdout: '', stderr: `rxsync: ${says}\n` });
});

test('an empty space does not stand for all mirrors of a folder', async () => {
  await withFolder(async (folder) => {
    const { env } = wiki;
    await rxsync(['pull', folder, '--space', 'LARGE,SMALL'], { env });
    const before = await readTree(folder);
    await writeFile(path.join(folder, 'none.yaml'), 'space: []\n');
    for (const [args, more] of [
      [['--space', ''], {}],
      [[], { RXSYNC_SPACE: '' }],
      [['--config', path.join(folder, 'none.yaml')], {}],
    ] as const)
      expect(await rxsync(['pull', folder, ...args], { env: { ...env, ...more } })).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('must name a space'),
      });
    expect(await readTree(folder)).toMatchObject(before);
  });
});

test.each([
  ['RXSYNC_SANDBOX=Off', [], { RXSYNC_SANDBOX: 'Off' }],
  ['--sandbox=no', ['--sandbox=no'], { RXSYNC_SANDBOX: 'pages=2' }],
  ['--no-sandbox', ['--no-sandbox'], { RXSYNC_SANDBOX: 'on' }],
])('%s: the wiki that is named, not the embedded one', async (_how, args, env) => {
  await withFolder(async (cwd) => {
    const real = { ...wiki.env, CONFLUENCE_API_TOKEN: 'wrong' };
    const run = await rxsync(['pull', '--space', 'LARGE', ...args], { env: { ...real, ...env }, cwd });
    expect(run).toMatchObject({
      code: 12,
      stderr: expect.stringContaining('does not accept the credentials'),
    });
  });
});

test.each([
  ['NOPE,SMALL', {}, 10],
  ['LARGE,NOPE', { RXSYNC_MAX_RETRIES: '0' }, 10],
])('of several spaces (%s) the one that failed decides the exit code', async (spaces, env, code) => {
  const broken = await startWiki({ pages: 5, attachments: 1, comments: 0, faults: 'attachment-403' });
  await withFolder(async (folder) => {
    const run = await rxsync(['pull', folder, '--space', spaces], { env: { ...broken.env, ...env } });
    expect(run.code).toBe(code);
    expect(run.stderr).toMatch(/Mirrored, but not completely: (SMALL|LARGE)/);
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
    expect(run).toMatchObject({ code: 3, stderr: expect.stringMatching(/"blog" is a symbolic link/) });
    expect(await readTree(outside)).toEqual({});
    expect(await readFile(path.join(dir, 'index.md'), 'utf8')).not.toBe('');
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
