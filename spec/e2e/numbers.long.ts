import { readFile } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import type { Exchange } from '../../lib/sandbox/index.js';
import { numberFromEnv } from '../support/counts.js';
import { readTimes, rxsync, startWiki, withFolder } from '../support/e2e.js';

/** Of this size is the wiki; its bodies are of 15 KB. */
const SIZE = numberFromEnv('RXSYNC_NUMBERS_PAGES', 1_000);
const FOLDERS = SIZE / 20;
/** Requests for the listing: 250 pages or 200 folders each. */
const LISTING = Math.ceil(SIZE / 250) + Math.ceil(FOLDERS / 200);
/** Where the walks from both ends of a long listing meet, an answer may come twice, and another one is not waited for. */
const MEETING = 2;

/** Writes the peak memory of a process, in kB, to the file that MEMORY_FILE names. */
const REPORT_MEMORY =
  '--import=data:text/javascript,' +
  encodeURIComponent(
    'import{writeFileSync}from"node:fs";process.on("exit",()=>writeFileSync(process.env.MEMORY_FILE,String(process.resourceUsage().maxRSS)))',
  );

const PAGES = 'GET /wiki/api/v2/spaces/:id/pages';
const SEARCH = 'GET /wiki/rest/api/content/search';

const Answer = z.object({
  results: z.array(z.unknown()),
  _links: z.object({ next: z.string().optional() }).optional(),
});

/** Whether a listing of pages has gone on though the answer had fewer rows than were asked for. */
const isShort = ({ url, responseBody = '{}' }: Exchange): boolean => {
  const { pathname, searchParams } = new URL(url);
  if (!pathname.endsWith('/pages')) return false;
  const limit = Number(searchParams.get('limit'));
  const { data } = Answer.safeParse(JSON.parse(responseBody));
  return data?._links?.next !== undefined && data.results.length < limit;
};

const Summary = z.object({ exitCode: z.number(), requests: z.number() });

const peakOfBareNode = async (file: string): Promise<number> => {
  spawnSync(process.execPath, [REPORT_MEMORY, '--eval', '0'], { env: { MEMORY_FILE: file } });
  return Number(await readFile(file, 'utf8'));
};

test(`${SIZE} pages: few requests, little memory, and a second pull that touches nothing`, async () => {
  const wiki = await startWiki({
    pages: SIZE,
    folders: FOLDERS,
    attachments: 0,
    comments: 0,
    blogposts: 0,
    bodyKb: 15,
  });
  await withFolder(async (folder) => {
    const memoryFile = path.join(folder, 'memory');
    const bare = await peakOfBareNode(memoryFile);
    const run = await rxsync(['pull', path.join(folder, 'mirror'), '--space', 'LARGE', '--json', '--quiet'], {
      env: { ...wiki.env, MEMORY_FILE: memoryFile },
      node: [REPORT_MEMORY],
    });
    const peak = Number(await readFile(memoryFile, 'utf8'));
    const { exitCode, requests } = Summary.parse(JSON.parse(run.stdout));
    expect(exitCode).toBe(0);
    expect(requests).toBeLessThanOrEqual(2 * LISTING + 14);
    expect((peak - bare) / 1024).toBeLessThan(230);

    const mirror = path.join(folder, 'mirror');
    const times = await readTimes(mirror);
    const again = async (...flags: string[]): Promise<Record<string, number>> => {
      const before = wiki.sandbox.requests.byRoute;
      expect((await rxsync(['pull', mirror, '--quiet', ...flags], { env: wiki.env })).code).toBe(0);
      const after = Object.entries(wiki.sandbox.requests.byRoute);
      return Object.fromEntries(after.map(([route, count]) => [route, count - (before[route] ?? 0)]));
    };
    const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((a, b) => a + b, 0);
    let short = 0;
    const stopCounting = wiki.sandbox.onExchange((exchange) => {
      if (isShort(exchange)) short += 1;
    });
    const delta = await again();
    stopCounting();
    // One search is for attachments.
    expect((delta[PAGES] ?? 0) + (delta[SEARCH] ?? 0) - 1).toBeLessThanOrEqual(LISTING + MEETING + 2);
    // Some of its answers this wiki leaves short of the limit, as real ones do, in either direction: each costs a request.
    expect(short).toBeLessThanOrEqual(5);
    expect(sum(delta) - short).toBeLessThanOrEqual(LISTING + MEETING + 5);
    expect(sum(await again('--no-check-deletions'))).toBeLessThanOrEqual(4);
    expect(await readTimes(mirror)).toEqual(times);
  });
  await wiki.close();
}, 600_000);

test(`${2 * SIZE} attachments: one request more for each 200 of them, and few besides`, async () => {
  const requestsOf = async (attachments: number): Promise<number> => {
    const wiki = await startWiki({ pages: SIZE / 5, attachments, comments: 0, bodyKb: 1 });
    const run = await rxsync(['pull', 'unused', '--space', 'LARGE', '--dry-run', '--json', '--quiet'], {
      env: wiki.env,
    });
    await wiki.close();
    return Summary.parse(JSON.parse(run.stdout)).requests;
  };
  const more = (await requestsOf(2 * SIZE)) - (await requestsOf(0));
  expect(more).toBeLessThanOrEqual((2 * SIZE) / 200 + 10);
});
