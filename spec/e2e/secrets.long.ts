import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import type { SandboxOptions } from '../../lib/sandbox/index.js';
import { rxsync, startWiki, withFolder } from '../support/e2e.js';

const WIKI: SandboxOptions = { pages: 40, attachments: 20, comments: 20, bodyKb: 1, nasty: true };

/** Faults of every kind, each once or for one item: their errors are told, too. */
const FAULTS = [
  '429:listing@1x1=0',
  '500:bodies@1x1',
  'poison=#7',
  'reset:comments@1x1',
  'truncate:attachments@1x1',
  'expired-url@1-9',
  'html:bodies@3x1',
].join(',');

const filesBelow = async (dir: string): Promise<string[]> =>
  (await readdir(dir, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

test('neither files nor output nor requests elsewhere hold the credentials, whatever fails', async () => {
  const wiki = await startWiki({ ...WIKI, faults: FAULTS });
  const { email, apiToken: token } = wiki.sandbox.credentials;
  const secrets = [token, Buffer.from(`${email}:${token}`).toString('base64')];
  const shown: string[] = [];
  wiki.sandbox.onExchange(({ url, requestHeaders }) => {
    if (url.startsWith(wiki.sandbox.mediaUrl)) shown.push(JSON.stringify(requestHeaders));
  });
  await withFolder(async (dir) => {
    for (const output of [
      ['--progress', 'ndjson'],
      ['--json', '--full'],
      ['--max-retries', '0', '--full'],
    ]) {
      const args = ['pull', dir, '--space', 'LARGE', '--comments', '--verbose', '--force', ...output];
      const { stdout, stderr } = await rxsync(args, { env: wiki.env });
      expect(stdout + stderr).toMatch(/fail/);
      shown.push(stdout, stderr);
    }
    for (const file of await filesBelow(dir)) shown.push(file, await readFile(file, 'utf8'));
  });
  await wiki.close();
  expect(shown.length).toBeGreaterThan(40);
  expect(shown.filter((text) => secrets.some((secret) => text.includes(secret)))).toEqual([]);
});

test('a wiki on this machine is spoken to directly: no proxy is shown the credentials', async () => {
  const wiki = await startWiki(WIKI);
  // Nobody listens there.
  const proxy = 'http://127.0.0.1:1';
  await withFolder(async (dir) => {
    const env = { ...wiki.env, HTTP_PROXY: proxy, HTTPS_PROXY: proxy, http_proxy: proxy };
    expect(await rxsync(['pull', dir, '--space', 'LARGE'], { env })).toMatchObject({ code: 0 });
  });
  await wiki.close();
});

test.each([[['--verbose']], [['--progress', 'ndjson']], [['--progress', 'plain', '--verbose']]])(
  'titles from the wiki cannot drive a terminal (%j)',
  async (output) => {
    const wiki = await startWiki({
      ...WIKI,
      faults: 'poison=#2,poison=#3,poison=#4,poison=#5,500:downloads',
    });
    await withFolder(async (dir) => {
      const args = ['pull', dir, '--space', 'LARGE', '--max-retries', '1', ...output];
      const { stdout, stderr } = await rxsync(args, { env: wiki.env });
      expect(stdout + stderr).toMatch(/fail/);

      expect((stdout + stderr).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
    });
    await wiki.close();
  },
);

/** A wiki, or what stands before it, that shows in its errors what it was sent. */
const quotingServer = async (answer: (authorization: string) => string) => {
  const server = createServer((request, response) => {
    response.writeHead(request.url?.includes('user/current') === true ? 200 : 400, {
      'Content-Type': 'application/json',
    });
    response.end(
      request.url?.includes('user/current') === true
        ? '{"type":"known","accountId":"a"}'
        : answer(request.headers.authorization ?? ''),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  return { url: `http://127.0.0.1:${port}`, close: () => void server.close() };
};

test('a wiki that quotes the credentials in an error is not repeated', async () => {
  const [email, token] = ['ada@example.com', 'ATATT3xSECRETtoken=='];
  const header = `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}`;
  const server = await quotingServer((authorization) =>
    JSON.stringify({ message: `Bad "${authorization}" with ${token}, ${encodeURIComponent(token)}` }),
  );
  await withFolder(async (dir) => {
    const env = { CONFLUENCE_URL: server.url, CONFLUENCE_EMAIL: email, CONFLUENCE_API_TOKEN: token };
    const log = path.join(dir, 'pull.log');
    const { code, stdout, stderr } = await rxsync(
      ['pull', path.join(dir, 'mirror'), '--space', 'LARGE', '--json', '--verbose', '--log-file', log],
      { env },
    );
    expect(code).toBe(1);
    const logged = await readFile(log, 'utf8');
    expect(logged).toContain('[redacted]');
    expect(stderr).toContain('[redacted]');
    for (const secret of [token, header.slice(6), encodeURIComponent(token)])
      expect(stdout + stderr + logged).not.toContain(secret);
  });
  server.close();
});

test('addresses with credentials are refused without being repeated', async () => {
  for (const [args, env] of [
    [['--url', 'https://ada:hunter2@example.atlassian.net'], {}],
    [['--url', 'ftp://ada:hunter2@example.atlassian.net'], {}],
    [
      ['--space', 'https://ada:hunter2@example.atlassian.net/x'],
      { CONFLUENCE_URL: 'https://example.atlassian.net' },
    ],
    [[], { CONFLUENCE_URL: 'ada:hunter2@example.atlassian.net' }],
  ] as const) {
    const run = await rxsync(['pull', '/nowhere', '--space', 'A', '--verbose', ...args], {
      env: { CONFLUENCE_EMAIL: 'a@b', CONFLUENCE_API_TOKEN: 'x', ...env },
    });
    expect(run.code).toBe(2);
    expect(run.stdout + run.stderr).not.toContain('hunter2');
  }
});
