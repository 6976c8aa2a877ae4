import { chmod, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { type E2eWiki, readTree, rxsync, startWiki, withFolder } from '../support/e2e.js';

const runsIn = async (dir: string): Promise<readonly string[]> => {
  const names = await readdir(path.join(dir, '.rxsync/runs')).catch(() => []);
  return names.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
};

const lastRun = async (dir: string): Promise<unknown> => {
  const name = (await runsIn(dir)).at(-1) ?? '';
  return JSON.parse(await readFile(path.join(dir, '.rxsync/runs', name), 'utf8'));
};

const withWiki = async <T>(use: (wiki: E2eWiki, folder: string) => Promise<T>): Promise<T> => {
  const wiki = await startWiki({ pages: 12, attachments: 6, comments: 4, bodyKb: 1 });
  try {
    return await withFolder((folder) => use(wiki, folder));
  } finally {
    await wiki.close();
  }
};

test('runs are kept as they end, a dry run is not, and the report tells of them', () =>
  withWiki(async ({ sandbox, env }, folder) => {
    const dir = path.join(folder, 'wiki');
    const pull = (...args: readonly string[]) => rxsync(['pull', dir, ...args], { env });
    await pull('--space', 'LARGE', '--comments');
    expect(await lastRun(dir)).toMatchObject({
      ending: 'finished',
      mode: 'full',
      changeCounts: expect.arrayContaining([{ kind: 'page', change: 'new', count: 17 }]),
      latencies: expect.arrayContaining([expect.objectContaining({ lane: 'pages', failures: 0 })]),
    });
    const [page = { id: '' }] = sandbox.wiki.list('page', 'LARGE').slice(-1);
    sandbox.wiki.renamePage(page.id, { title: 'A <b>new</b> title' });
    await pull();
    await pull('--dry-run');
    await rxsync(['pull', dir], { env: { ...env, CONFLUENCE_API_TOKEN: 'wrong' } });
    expect(await lastRun(dir)).toMatchObject({ ending: 'failed', exitCode: 12 });
    expect(await runsIn(dir)).toEqual(['1.json', '2.json', '3.json']);

    const before = await readTree(dir);
    const report = await rxsync(['report', dir]);
    const file = path.join(dir, '.rxsync/report.html');
    expect(report).toEqual({ code: 0, stdout: `${file}\n`, stderr: '' });
    const html = await readFile(file, 'utf8');
    const [, link = ''] = /<a href="([^"]*)"><bdi>A &lt;b&gt;new&lt;\/b&gt; title</.exec(html) ?? [];
    expect(link).toMatch(/a-b-new-b-title\.md$/);
    expect(await readFile(path.join(dir, '.rxsync', link), 'utf8')).toContain('# A');
    expect(html).toContain('failed (credentials)');
    expect(html.match(/<details class="run">/g)).toHaveLength(2);
    expect(await readTree(dir)).toEqual(before);
    expect(await rxsync(['verify', dir])).toMatchObject({ code: 0 });

    await rxsync(['report', dir, '--runs', '1']);
    expect(await readFile(file, 'utf8')).not.toContain('<details class="run">');
  }));

test('an interrupted run is kept', () =>
  withWiki(async ({ env }, folder) => {
    let isStopped = false;
    await rxsync(['pull', folder, '--space', 'LARGE', '--progress', 'ndjson'], {
      env,
      onOutput: (text, kill) => {
        if (!isStopped && text.includes('page.written')) isStopped = kill('SIGINT');
      },
    });
    expect(await lastRun(folder)).toMatchObject({ ending: 'interrupted', reason: 'SIGINT', exitCode: 130 });
  }));

test('each of several mirrors gets its report, and the folder a page that leads to them', () =>
  withWiki(async ({ env }, folder) => {
    await rxsync(['pull', folder, '--space', 'LARGE,SMALL'], { env });
    await writeFile(path.join(folder, 'SMALL/.rxsync/runs/1.json'), '{');
    const index = path.join(folder, '.rxsync/report.html');
    expect(await rxsync(['report', folder])).toEqual({ code: 0, stdout: `${index}\n`, stderr: '' });
    const html = await readFile(index, 'utf8');
    for (const key of ['LARGE', 'SMALL']) {
      expect(html).toContain(`href="../${key}/.rxsync/report.html"`);
      expect(await readFile(path.join(folder, key, '.rxsync/report.html'), 'utf8')).toContain(
        `<bdi>${key}</bdi>`,
      );
    }
    expect(await readFile(path.join(folder, '.rxsync/.gitignore'), 'utf8')).toBe('*\n');
    expect(await rxsync(['status', folder])).toMatchObject({ code: 0 });
    expect(await rxsync(['pull', folder, '--space', 'SMALL'], { env })).toMatchObject({ code: 0 });

    await rm(path.join(folder, 'LARGE/.rxsync/runs'), { recursive: true });
    await symlink('/nowhere', path.join(folder, 'LARGE/.rxsync/runs'));
    expect(await rxsync(['report', folder])).toMatchObject({
      code: 1,
      stdout: `${index}\n`,
      stderr: expect.stringMatching(/LARGE:\n[^]*"\.rxsync\/runs" is a symbolic link/),
    });
    expect(await readFile(index, 'utf8')).toContain('cannot be read');
  }));

test('what cannot be reported is told as status tells it', () =>
  withFolder(async (folder) => {
    for (const dir of [folder, path.join(folder, 'nowhere')])
      expect(await rxsync(['report', dir])).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringContaining('There is no mirror in'),
      });
    expect(await readdir(folder)).toEqual([]);
    for (const runs of ['0', '-1', '1.5', 'x'])
      expect(await rxsync(['report', folder, `--runs=${runs}`])).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/runs must be/),
      });
  }));

test('--open hands the page to the browser; where there is none, that is no failure', () =>
  withWiki(async ({ env }, folder) => {
    const dir = path.join(folder, 'a $(touch x) b');
    await rxsync(['pull', dir, '--space', 'LARGE'], { env });
    const tools = path.join(folder, 'tools');
    const opened = path.join(folder, 'opened');
    const open = async (script: string | undefined) => {
      await rm(tools, { recursive: true, force: true });
      await mkdir(tools);
      if (script !== undefined) {
        await writeFile(path.join(tools, 'xdg-open'), `#!/bin/sh\n${script}\n`);
        await chmod(path.join(tools, 'xdg-open'), 0o755);
      }
      return rxsync(['report', dir, '--open'], { env: { PATH: tools } });
    };
    const file = path.join(dir, '.rxsync/report.html');
    expect(await open(`printf '%s' "$*" > '${opened}'`)).toEqual({
      code: 0,
      stdout: `${file}\n`,
      stderr: '',
    });
    expect(await readFile(opened, 'utf8')).toMatch(
      /^file:\/\/.*\/a%20\$\(touch%20x\)%20b\/\.rxsync\/report\.html$/,
    );
    for (const script of ['exit 3', undefined])
      expect(await open(script)).toMatchObject({
        code: 0,
        stdout: `${file}\n`,
        stderr: expect.stringContaining('No browser could be opened'),
      });
  }));
