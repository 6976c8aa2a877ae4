import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { parse } from 'yaml';
import { z } from 'zod';
import {
  type E2eWiki,
  readMarkdown,
  readTimes,
  readTree,
  rxsync,
  startWiki,
  withFolder,
} from '../support/e2e.js';

let wiki: E2eWiki;

beforeAll(async () => {
  wiki = await startWiki({ pages: 120, attachments: 60, comments: 80, nasty: true });
});

afterAll(() => wiki.close());

const Summary = z.object({
  exitCode: z.number(),
  requests: z.number(),
  totals: z.record(z.string(), z.record(z.string(), z.number())),
  failedItems: z.array(z.unknown()),
});

const linksOf = (markdown: string): string[] => {
  const links: string[] = [];
  const visit = (node: { type: string; url?: string; children?: readonly unknown[] }): void => {
    if (node.url !== undefined) links.push(node.url);
    for (const child of node.children ?? []) visit(z.looseObject({ type: z.string() }).parse(child));
  };
  visit(fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }));
  return links;
};

test('a space is mirrored whole, and a second pull touches nothing', async () => {
  await withFolder(async (dir) => {
    const args = ['pull', dir, '--space', 'LARGE', '--comments', '--labels', '--json'];
    const first = await rxsync(args, { env: wiki.env });
    expect(first).toMatchObject({ code: 0 });
    const { totals, failedItems } = Summary.parse(JSON.parse(first.stdout));
    expect(failedItems).toEqual([]);
    expect(totals).toMatchObject({
      page: { listed: 120, written: 120 },
      blogpost: { listed: 5, written: 5 },
      attachment: { listed: 60, written: 60 },
    });
    const times = await readTimes(dir);
    const second = await rxsync(args, { env: wiki.env });
    expect(Summary.parse(JSON.parse(second.stdout)).totals.page).toMatchObject({
      listed: 120,
      unchanged: 120,
    });
    expect(await readTimes(dir)).toEqual(times);
  });
});

test('every relative link leads to a file of the mirror', async () => {
  await withFolder(async (dir) => {
    await rxsync(['pull', dir, '--space', 'LARGE', '--comments'], { env: wiki.env });
    const dead: string[] = [];
    let count = 0;
    for (const [file, text] of Object.entries(await readMarkdown(dir)))
      for (const link of linksOf(text)) {
        if (/^(?:[a-z]+:|#)/.test(link)) continue;
        count += 1;
        const target = decodeURIComponent(link.split('#')[0] ?? '');
        if (!existsSync(path.join(dir, path.dirname(file), target))) dead.push(`${file}: ${link}`);
      }
    expect(dead).toEqual([]);
    expect(count).toBeGreaterThan(200);
  });
});

test('front matter says what the page is', async () => {
  await withFolder(async (dir) => {
    await rxsync(['pull', dir, '--space', 'LARGE', '--labels'], { env: wiki.env });
    const { 'index.md': home = '' } = await readMarkdown(dir);
    const matter: unknown = parse(/^---\n(.*?)\n---\n/s.exec(home)?.[1] ?? '');
    expect(matter).toMatchObject({
      space: 'LARGE',
      type: 'page',
      status: 'current',
      version: expect.any(Number),
    });
    expect(matter).toMatchObject({
      id: expect.stringMatching(/^\d+$/),
      url: expect.stringContaining('https://wiki.example/wiki/spaces/LARGE/'),
    });
    expect(matter).toHaveProperty('labels');
  });
});

test('two wikis of the same seed give the same bytes; another pull order does not matter', async () => {
  const other = await startWiki({ pages: 120, attachments: 60, comments: 80, nasty: true, latencyMs: 5 });
  await withFolder(async (dir) => {
    const [a, b] = [path.join(dir, 'a'), path.join(dir, 'b')];
    await rxsync(['pull', a, '--space', 'LARGE', '--comments'], { env: wiki.env });
    await rxsync(
      ['pull', b, '--space', 'LARGE', '--comments', '--concurrency', '1', '--max-concurrency', '1'],
      {
        env: other.env,
      },
    );
    expect(await readTree(b)).toEqual(await readTree(a));
  });
  await other.close();
});

test('several spaces become a mirror each', async () => {
  await withFolder(async (dir) => {
    const run = await rxsync(['pull', dir, '--space', 'SMALL,LARGE', '--no-attachments'], { env: wiki.env });
    expect(run.code).toBe(0);
    const files = Object.keys(await readTree(dir));
    expect(files).toEqual(expect.arrayContaining(['SMALL/index.md', 'LARGE/index.md']));
    expect(existsSync(path.join(dir, 'SMALL/.rxsync/state.json'))).toBe(true);
  });
});

test('without --space the mirror knows its own', async () => {
  await withFolder(async (dir) => {
    await rxsync(['pull', dir, '--space', 'SMALL'], { env: wiki.env });
    const again = await rxsync(['pull', dir], { env: wiki.env });
    expect(again).toMatchObject({ code: 0, stderr: expect.stringMatching(/unchanged\n {2}pages +20$/m) });
  });
});

test('an OAuth token works on the gateway address', async () => {
  await withFolder(async (dir) => {
    const { gatewayUrl, bearerToken } = wiki.sandbox;
    const env = { CONFLUENCE_URL: gatewayUrl, CONFLUENCE_BEARER_TOKEN: bearerToken };
    const run = await rxsync(['pull', dir, '--space', 'LARGE', '--comments'], { env });
    expect(run).toMatchObject({ code: 0, stderr: expect.stringMatching(/written\n {2}pages +120$/m) });
  });
});

test('a dry run tells the plan and writes nothing', async () => {
  await withFolder(async (folder) => {
    const dir = path.join(folder, 'none');
    const run = await rxsync(['pull', dir, '--space', 'LARGE', '--dry-run'], { env: wiki.env });
    expect(run).toMatchObject({ code: 0, stderr: expect.stringContaining('nothing was written') });
    expect(existsSync(dir)).toBe(false);
  });
});
