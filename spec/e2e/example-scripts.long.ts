import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type E2eWiki, ROOT, type Run, readTree, rxsync, startWiki, withFolder } from '../support/e2e.js';

const FOLDER = path.join(ROOT, 'examples');

let wiki: E2eWiki;
beforeEach(async () => {
  wiki = await startWiki({ pages: 30, attachments: 20, comments: 0, bodyKb: 1 });
});
afterEach(() => wiki.close());

/** Runs an example against the sandbox; `onLine` may end it. */
const runExample = (
  name: string,
  env: Readonly<Record<string, string>>,
  onLine: (line: string, end: () => void) => void = () => undefined,
  args: readonly string[] = [],
): Promise<Run> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(FOLDER, name), ...args], {
      cwd: ROOT,
      env: { PATH: process.env.PATH, ...wiki.env, ...env },
    });
    const output = { stdout: '', stderr: '' };
    let rest = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (output.stderr += chunk));
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output.stdout += chunk;
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line, () => child.kill());
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...output }));
  });

test.each(readdirSync(FOLDER))('%s is short and knows the public parts only', (name) => {
  const code = readFileSync(path.join(FOLDER, name), 'utf8');
  expect(code.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
  const imported = [...code.matchAll(/^import .* from '([^']+)';$/gm)].map(([, from = '']) => from);
  const isOpen = (from: string): boolean => /^(?:rxsync(?:\/operators)?|rxjs|node:.*|\.\/.*)$/.test(from);
  expect(imported.filter((from) => !isOpen(from))).toEqual([]);
  expect(imported).toContain('rxsync');
});

test('labelled-pages tells the pages with a label, and then those that change', async () => {
  const { wiki: content } = wiki.sandbox;
  const [first, second] = content.list('page', 'LARGE').slice(3, 5);
  if (!first || !second) throw new Error('The wiki has no pages.');
  for (const { id } of [first, second]) content.label(id, { add: 'chosen' });
  const told: unknown[] = [];
  const env = { SPACE: 'LARGE', LABEL: 'chosen', EVERY_S: '0.2' };
  const { stderr } = await runExample('labelled-pages.js', env, (line, end) => {
    told.push(JSON.parse(line));
    if (told.length === 2) content.editPage(second.id, { body: '<p>Changed.</p>' });
    if (told.length === 3) end();
  });
  expect(stderr).toBe('');
  expect(told.slice(0, 2)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ id: first.id, title: first.title, markdown: expect.any(String) }),
      expect.objectContaining({ id: second.id, title: second.title }),
    ]),
  );
  expect(told[2]).toMatchObject({ id: second.id, markdown: expect.stringMatching(/^Changed\.\s*$/) });
});

test('large-attachments downloads those, and no others', async () => {
  await withFolder(async (folder) => {
    const { code, stderr } = await runExample('large-attachments.js', {
      SPACE: 'LARGE',
      MIN_BYTES: '70000',
      DIR: folder,
    });
    expect([code, stderr]).toEqual([0, '']);
    const files = await readdir(folder);
    const stats = await Promise.all(files.map((name) => stat(path.join(folder, name))));
    expect(stats.map(({ size }) => size).sort((a, b) => b - a)).toEqual([
      2097313, 91303, 87126, 79685, 72733,
    ]);
  });
});

test('progress-web-hook tells how a pull goes, and how it has ended', async () => {
  const told: unknown[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      told.push(JSON.parse(body));
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const HOOK = `http://127.0.0.1:${port ?? 0}/`;
  await withFolder(async (DIR) => {
    const { code, stderr } = await runExample('progress-web-hook.js', { SPACE: 'LARGE', DIR, HOOK });
    expect([code, stderr]).toEqual([0, '']);
    expect(told[0]).toMatchObject({ type: 'run.started', space: 'LARGE' });
    expect(told.at(-1)).toMatchObject({
      type: 'run.finished',
      exitCode: 0,
      totals: { page: { written: 30 } },
    });
    const failed = await runExample('progress-web-hook.js', { SPACE: 'NONE', DIR: `${DIR}/none`, HOOK });
    expect(failed.code).toBe(10);
    expect(told.at(-1)).toMatchObject({ type: 'run.failed', code: 'space-not-found' });
  });
  server.close();
  server.closeAllConnections();
});

test('full-text-search finds what the mirror holds, and follows it', async () => {
  const { wiki: content } = wiki.sandbox;
  const body = '<h2>Credentials</h2><p>Rotate them in spring.</p><h2>Other</h2><p>Spring is late.</p>';
  const { id } = content.createPage('Runbook', { spaceKey: 'LARGE', body });
  await withFolder(async (folder) => {
    const env = { MIRROR: path.join(folder, 'wiki'), INDEX: path.join(folder, 'index.json') };
    const search = async (...words: readonly string[]) => {
      const pulled = await rxsync(['pull', env.MIRROR, '--space', 'LARGE'], { env: wiki.env });
      expect(pulled.code).toBe(0);
      const { code, stdout, stderr } = await runExample('full-text-search.js', env, undefined, words);
      expect(code).toBe(0);
      return { found: stdout.trimEnd().split('\n'), changes: stderr };
    };
    const first = await search('spring', 'credentials');
    expect(first.found[0]).toMatch(/^\d+\.\d {2}Runbook > Credentials {2}https:.*\/pages\/\d+\//);
    expect(first.found).toContainEqual(expect.stringContaining('Runbook > Other'));
    content.editPage(id, { body: body.replace('late', 'over') });
    const second = await search('over');
    expect(second.changes).toMatch(/^1 changed, 1 gone, \d+ in all\n$/);
    expect(second.found[0]).toContain('Runbook > Other');
  });
});

test('two-spaces mirrors both', async () => {
  await withFolder(async (DIR) => {
    const { code, stdout } = await runExample('two-spaces.js', { SPACES: 'LARGE,SMALL', DIR });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^LARGE: 30 pages, 20 attachments$/m);
    expect(stdout).toMatch(/^SMALL: \d+ pages/m);
    expect((await readdir(DIR)).sort()).toEqual(['LARGE', 'SMALL']);
    expect(await readFile(path.join(DIR, 'LARGE', 'index.md'), 'utf8')).toContain('title:');
  });
});

test('mirror-in-memory has the files of a mirror on disk', async () => {
  await withFolder(async (DIR) => {
    expect((await rxsync(['pull', DIR, '--space', 'LARGE'], { env: wiki.env })).code).toBe(0);
    const names = Object.keys(await readTree(DIR)).filter((name) => !name.endsWith('/'));
    const onDisk = await Promise.all(
      names.map(async (name) => `${(await stat(path.join(DIR, name))).size}\t${name}`),
    );
    const { code, stdout, stderr } = await runExample('mirror-in-memory.js', { SPACE: 'LARGE' });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.trimEnd().split('\n').sort()).toEqual(onDisk.sort());
  });
});
