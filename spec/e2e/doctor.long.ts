import { mkdtempSync } from 'node:fs';
import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type E2eWiki, rxsync, startWiki, withFolder } from '../support/e2e.js';
import { isRecord } from '../../lib/convert/parse/parse-record.js';

/** A folder with nothing in it: other tests have their mirrors in that of all temporary files. */
const EMPTY = mkdtempSync(path.join(os.tmpdir(), 'rxsync-empty-'));

let wiki: E2eWiki;

beforeAll(async () => {
  wiki = await startWiki({ pages: 30, attachments: 12, comments: 8, bodyKb: 1, now: Date.now });
});
afterEach(() => wiki.sandbox.wild.set(''));
afterAll(async () => {
  await wiki.close();
  await rm(EMPTY, { recursive: true });
});

interface Told {
  readonly code: number | null;
  /** By the name of the check. */
  readonly checks: Readonly<Record<string, unknown>>;
  readonly estimate: unknown;
  readonly text: string;
}

const doctor = async (
  args: readonly string[],
  env: Readonly<Record<string, string>> = wiki.env,
): Promise<Told> => {
  const { code, stdout } = await rxsync(['doctor', ...args, '--json'], { env });
  const told: unknown = JSON.parse(stdout);
  if (!isRecord(told) || !Array.isArray(told.checks)) throw new Error(`No diagnosis: ${stdout}`);
  const checks = told.checks.filter(isRecord).map((finding) => [String(finding.check), finding] as const);
  expect(told.exitCode).toBe(code);
  return { code, checks: Object.fromEntries(checks), estimate: told.estimate, text: stdout };
};

const unwell = ({ checks }: Told): string[] =>
  Object.entries(checks).flatMap(([check, finding]) =>
    isRecord(finding) && (finding.health === 'failed' || finding.health === 'warning')
      ? [`${check}: ${finding.health}`]
      : [],
  );

const SPACE = ['--space', 'LARGE', EMPTY];

test('all is well: one line a check, an estimate that the pull bears out, and nothing left behind', async () => {
  await withFolder(async (dir) => {
    const mirror = path.join(dir, 'mirror');
    const { code, stdout, stderr } = await rxsync(['doctor', '--space', 'large', mirror], { env: wiki.env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.split('\n');
    for (const check of [
      'folder',
      'mirror',
      'address',
      'reach',
      'credentials',
      'space',
      'scope pages',
      'scope search',
      'scope folders',
      'scope attachments',
      'scope comments',
      'scope labels',
      'scope ancestors',
      'scope children',
      'scope names',
      'page',
      'bodies',
      'attachment',
      'search index',
      'rate limit',
      'clock',
      'disk',
    ])
      expect(lines.filter((line) => line.startsWith(`ok      ${check} `))).toHaveLength(1);
    expect(lines.at(-2)).toBe('All is well: a pull would work.');
    expect(await readdir(dir)).toEqual([]);

    const { estimate } = await doctor(['--space', 'LARGE', mirror]);
    expect(estimate).toMatchObject({ pages: 30, blogposts: 5, folders: 6, attachments: 12, comments: 8 });
    const pulled = await rxsync(['pull', mirror, '--space', 'LARGE', '--json'], { env: wiki.env });
    const summary: unknown = JSON.parse(pulled.stdout);
    if (!isRecord(summary) || !isRecord(estimate)) throw new Error('No summary');
    expect(Math.abs(Number(estimate.requests) - Number(summary.requests))).toBeLessThanOrEqual(4);
  });
});

test.each([
  ['a renamed site', 'moved=https://new.atlassian.net', 1, 'reach', 'set CONFLUENCE_URL or --url to that'],
  ['Data Center', 'data-center', 2, 'reach', 'looks like https://example.atlassian.net'],
  [
    'a token with scopes at the site',
    'scoped-token',
    12,
    'credentials',
    'https://api.atlassian.com/ex/confluence/11111111-2222-4333-8444-555555555555',
  ],
  ['a stranger on an open site', 'open-site;revoke=1', 12, 'credentials', 'make a new token'],
  ['credentials that end on the way', 'revoke=3', 12, 'scope pages', 'expired or been revoked'],
  ['an archived space', 'archived-space', 3, 'space', 'restore the space'],
  ['no scope for pages', 'no-scope=read:page:confluence', 12, 'scope pages', 'token with that scope'],
  ['no scope for search', 'no-scope=search:confluence', 3, 'scope search', 'token with that scope'],
  ['no scope for folders', 'no-scope=read:folder:confluence', 3, 'scope folders', 'token with that scope'],
  ['no scope for names', 'no-scope=read:user:confluence', 3, 'scope names', 'token with that scope'],
])('%s: the exit code of a pull, and a cure', async (_name, wild, exitCode, check, cure) => {
  wiki.sandbox.wild.set(wild);
  const told = await doctor(SPACE);
  expect(told.code).toBe(exitCode);
  expect(told.checks[check]).toMatchObject({ health: 'failed', cure: expect.stringContaining(cure) });
});

test.each([
  [
    'comments are not asked for',
    'no-scope=read:comment:confluence',
    'scope comments',
    'Only --comments needs it',
  ],
  ['the index lags', 'empty-search', 'search index', 'Search finds 0 of 30 listed pages'],
  ['the listing lags', 'half-listing', 'search index', 'Search finds 30 pages, the listing only 15'],
  ['the clock here is slow', 'clock-skew=7300', 'clock', 'The clock here is 2 h behind that of the wiki'],
  [
    'the clock here is fast',
    'clock-skew=-600',
    'clock',
    'The clock here is 10 min ahead of that of the wiki',
  ],
  ['the quota is nearly used up', 'rate-policy=near', 'rate limit', '900 of them left, new ones in 10 min'],
])('%s: a warning, and exit 0', async (_name, wild, check, message) => {
  wiki.sandbox.wild.set(wild);
  const told = await doctor(SPACE);
  expect(told.code).toBe(0);
  expect(told.checks[check]).toMatchObject({
    health: 'warning',
    message: expect.stringContaining(message),
    cure: expect.stringMatching(/\w/),
  });
});

test.each([
  ['tenant', '120,000 points an hour (tenant-app-quota), new ones in 30 min'],
  ['beta', 'announced and not enforced yet: 65,000 points an hour (global-app-quota), 11,000 of them left'],
  ['burst', '100 requests a second'],
])('the limits that answers tell of are told: %s', async (policy, message) => {
  wiki.sandbox.wild.set(`rate-policy=${policy}`);
  const told = await doctor(SPACE);
  expect(told.checks['rate limit']).toMatchObject({
    health: 'ok',
    message: expect.stringContaining(message),
  });
});

describe('before the wiki', () => {
  const reach = async (env: Readonly<Record<string, string>>) => {
    const told = await doctor(SPACE, { ...wiki.env, ...env });
    return { code: told.code, finding: told.checks.reach };
  };

  test('nothing is configured: what to set, and what can be checked without it', async () => {
    const told = await doctor(SPACE, {});
    expect(told.code).toBe(2);
    expect(told.checks.address).toMatchObject({
      health: 'failed',
      cure: expect.stringContaining('CONFLUENCE_URL'),
    });
    expect(told.checks.folder).toMatchObject({ health: 'ok' });
    const { CONFLUENCE_URL = '' } = wiki.env;
    expect((await doctor(SPACE, { CONFLUENCE_URL })).code).toBe(12);
  });

  test('nobody listens', async () => {
    expect(await reach({ CONFLUENCE_URL: 'http://127.0.0.1:9' })).toMatchObject({
      code: 1,
      finding: { code: 'offline', cure: expect.stringContaining('Check the address') },
    });
  });

  test('a bearer token belongs to the gateway; there it is one of OAuth', async () => {
    const { bearerToken: bearer } = wiki.sandbox;
    const onSite = await doctor(SPACE, { CONFLUENCE_URL: wiki.sandbox.url, CONFLUENCE_BEARER_TOKEN: bearer });
    expect(onSite.code).toBe(12);
    expect(onSite.checks.credentials).toMatchObject({
      message: expect.stringContaining('The site takes no OAuth tokens'),
      cure: expect.stringContaining('/ex/confluence/11111111-2222-4333-8444-555555555555.'),
    });
    expect(onSite.text).not.toContain(bearer);
    const atGateway = await doctor(SPACE, {
      CONFLUENCE_URL: wiki.sandbox.gatewayUrl,
      CONFLUENCE_BEARER_TOKEN: bearer,
    });
    expect(atGateway.code).toBe(0);
    expect(atGateway.checks.credentials).toMatchObject({
      message: expect.stringContaining('an OAuth 2.0 access token'),
    });
  });

  test('a wrong token', async () => {
    const told = await doctor(SPACE, { ...wiki.env, CONFLUENCE_API_TOKEN: 'wrong-token' });
    expect(told.code).toBe(12);
    expect(unwell(told)).toEqual(['credentials: failed']);
    expect(told.text).not.toContain('wrong-token');
  });

  test('a space that is not to be seen, and none named', async () => {
    expect((await doctor(['--space', 'NONE', EMPTY])).code).toBe(10);
    const told = await doctor([EMPTY]);
    expect(told.code).toBe(0);
    expect(told.checks.space).toMatchObject({
      health: 'skipped',
      message: expect.stringContaining('--space KEY'),
    });
  });
});

describe('the folder', () => {
  test('a file where the folder should be', async () => {
    await withFolder(async (dir) => {
      const file = path.join(dir, 'file');
      await writeFile(file, '');
      const told = await doctor(['--space', 'LARGE', file]);
      expect(told.code).toBe(1);
      expect(told.checks.folder).toMatchObject({ health: 'failed', code: 'store' });
      expect(told.checks.credentials).toMatchObject({ health: 'ok' });
    });
  });

  test('links in a circle are no defect of rxsync', async () => {
    await withFolder(async (dir) => {
      const link = path.join(dir, 'link');
      await symlink('link', link);
      const told = await doctor(['--space', 'LARGE', link]);
      expect(told.code).toBe(1);
      for (const each of [told.checks.folder, told.checks.mirror])
        expect(each).toMatchObject({ code: 'store', cure: expect.stringContaining('lead in a circle') });
    });
  });

  test.each([
    ['a symbolic link', (own: string) => symlink('../real', own)],
    ['a file', (own: string) => writeFile(own, '')],
  ])('%s in the place of rxsync’s own folder', async (what, plant) => {
    await withFolder(async (dir) => {
      await mkdir(path.join(dir, 'real'));
      await mkdir(path.join(dir, 'mirror'));
      await plant(path.join(dir, 'mirror/.rxsync'));
      const told = await doctor(['--space', 'LARGE', path.join(dir, 'mirror')]);
      expect(told.code).toBe(1);
      expect(told.checks.mirror).toMatchObject({
        health: 'failed',
        code: 'store',
        message: `".rxsync" is ${what} where rxsync keeps a folder of its own.`,
        cure: expect.stringContaining('move ".rxsync" away'),
      });
      expect(await readdir(path.join(dir, 'real'))).toEqual([]);
    });
  });

  test('a mirror: whole, damaged, and of another space', async () => {
    await withFolder(async (dir) => {
      await rxsync(['pull', dir, '--space', 'LARGE', '--comments'], { env: wiki.env });
      const whole = await doctor([dir]);
      expect(whole.code).toBe(0);
      expect(whole.checks.mirror).toMatchObject({
        health: 'ok',
        message: expect.stringContaining('are whole'),
      });
      expect(whole.checks['mirror source']).toMatchObject({ health: 'ok' });

      wiki.sandbox.wild.set('no-scope=read:comment:confluence');
      expect((await doctor([dir])).checks['scope comments']).toMatchObject({ health: 'failed' });
      wiki.sandbox.wild.set('');

      await rm(path.join(dir, 'index.md'));
      expect((await doctor([dir])).checks.mirror).toMatchObject({
        health: 'warning',
        message: 'Files of 1 item are missing or changed; rxsync verify names them.',
      });
      const other = await doctor([dir, '--space', 'SMALL']);
      expect(other.code).toBe(2);
      expect(other.checks['mirror source']).toMatchObject({ health: 'failed', code: 'mirror-mismatch' });
    });
  });
});

test('an address without https:// is told as such', async () => {
  const told = await doctor(SPACE, { ...wiki.env, CONFLUENCE_URL: 'example.atlassian.net' });
  expect(told.code).toBe(2);
  expect(told.checks.address).toMatchObject({
    health: 'failed',
    message:
      'CONFLUENCE_URL or --url must be an address such as https://example.atlassian.net, but is "example.atlassian.net".',
    cure: expect.stringContaining('as a browser shows it'),
  });
});

describe('a folder of several mirrors', () => {
  test('each is examined by what it remembers; the exit code is the worst', async () => {
    await withFolder(async (dir) => {
      const { env } = wiki;
      await rxsync(['pull', dir, '--space', 'LARGE,SMALL', '--no-attachments'], { env });
      await rxsync(['pull', path.join(dir, 'LARGE'), '--attachments=all', '--attachment-types=pdf'], { env });
      const { code, stdout } = await rxsync(['doctor', dir, '--json'], { env });
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toEqual({
        mirrors: [
          expect.objectContaining({
            dir: path.join(dir, 'LARGE'),
            exitCode: 0,
            estimate: expect.objectContaining({ attachments: 12, uncounted: ['attachmentTypes'] }),
          }),
          expect.objectContaining({
            dir: path.join(dir, 'SMALL'),
            estimate: expect.objectContaining({ attachments: 0, uncounted: [] }),
          }),
        ],
      });

      await writeFile(path.join(dir, 'SMALL/.rxsync/state.json'), 'x');
      const text = await rxsync(['doctor', dir], { env });
      // A plain pull does not know any more which space that is.
      expect(text.code).toBe(2);
      expect(text.stdout).toContain(`${path.join(dir, 'LARGE')}:\nok      folder`);
      expect(text.stdout).toContain('A first pull of the whole space comes to about\n');
      expect(text.stdout).toContain('\n  less          for this mirror, by its --attachment-types\n');
      expect(text.stdout).toMatch(/^FAILED {2}mirror .*state\.json cannot be read/m);
    });
  });

  test('--space examines the mirror of that space', async () => {
    await withFolder(async (dir) => {
      await rxsync(['pull', dir, '--space', 'LARGE,SMALL'], { env: wiki.env });
      const told = await doctor([dir, '--space', 'small']);
      expect(told.checks.mirror).toMatchObject({ message: expect.stringContaining('are whole') });
      expect(told.checks['mirror source']).toMatchObject({ health: 'ok' });
    });
  });
});
