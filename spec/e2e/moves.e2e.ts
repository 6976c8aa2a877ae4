import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import { pull, type PullSummary } from '../../lib/index.js';
import type { RxsyncEvent } from '../../lib/events/events.js';
import { type E2eWiki, readTree, startWiki, withFolder } from '../support/e2e.js';

let wiki: E2eWiki;

beforeEach(async () => {
  wiki = await startWiki({ pages: 60, attachments: 80, comments: 60, bodyKb: 4 });
});

afterEach(() => wiki.close());

type Pulled = PullSummary & { readonly events: readonly RxsyncEvent[] };

const pullInto = async (dir: string): Promise<Pulled> => {
  const { url, credentials } = wiki.sandbox;
  const { email, apiToken } = credentials;
  const events: RxsyncEvent[] = [];
  const summary = await pull(
    { url, credentials: { email, apiToken }, space: 'LARGE', dir, comments: true },
    { onEvent: (event) => events.push(event) },
  );
  return { ...summary, events };
};

const Node = z.looseObject({
  id: z.string(),
  title: z.string(),
  status: z.string(),
  parentId: z.string().nullable(),
});

const pages = () =>
  z
    .array(Node)
    .parse(wiki.sandbox.wiki.list('page', 'LARGE'))
    .filter(({ status }) => status === 'current');
const childrenOf = (id: string) => pages().filter(({ parentId }) => parentId === id);
const homeId = (): string => pages().find(({ title }) => title === 'Large home')?.id ?? '';
/** Pages that others hang on, but not the homepage: the hardest moves. */
const parents = () => pages().filter(({ id }) => id !== homeId() && childrenOf(id).length >= 2);
const leaves = () => pages().filter(({ id, parentId }) => parentId !== null && childrenOf(id).length === 0);

const bodiesFetched = (): number => wiki.sandbox.requests.byRoute['GET /wiki/api/v2/pages'] ?? 0;
const downloads = (): number =>
  wiki.sandbox.requests.byRoute['GET /wiki/rest/api/content/:id/child/attachment/:attachmentId/download'] ??
  0;

const checkedPull = async (folder: string, dir: string): Promise<Pulled> => {
  wiki.sandbox.requests.reset();
  const pulled = await pullInto(dir);
  const before = { bodies: bodiesFetched(), downloads: downloads() };
  expect(pulled.exitCode).toBe(0);
  const fresh = path.join(folder, `fresh-${Math.random()}`);
  await pullInto(fresh);
  expect(await readTree(dir)).toEqual(await readTree(fresh));
  expect(before).toEqual({ bodies: 0, downloads: 0 });
  return pulled;
};

test('a moved subtree takes files, comments and attachments along without fetching any of them', async () => {
  await withFolder(async (folder) => {
    const dir = path.join(folder, 'mirror');
    await pullInto(dir);
    const moving = parents().find(({ parentId }) => parentId !== homeId());
    wiki.sandbox.wiki.movePage(moving?.id ?? '', { parentId: homeId() });
    const { totals, events } = await checkedPull(folder, dir);
    expect(totals.page.moved).toBeGreaterThanOrEqual(3);
    expect(events.filter(({ type }) => type === 'page.moved')).toHaveLength(totals.page.moved);
  });
});

test('two pages that swap places, and a chain of moves, overwrite nothing', async () => {
  await withFolder(async (folder) => {
    const dir = path.join(folder, 'mirror');
    await pullInto(dir);
    const [a, b, c] = leaves();
    for (const [page, place] of [
      [a, b],
      [b, c],
      [c, a],
    ] as const)
      wiki.sandbox.wiki.movePage(page?.id ?? '', { parentId: place?.parentId ?? null });
    expect((await checkedPull(folder, dir)).totals.page.moved).toBeGreaterThanOrEqual(3);
  });
});

test('a renamed folder takes all below it along', async () => {
  await withFolder(async (folder) => {
    const dir = path.join(folder, 'mirror');
    await pullInto(dir);
    const folders = z.array(Node).parse(wiki.sandbox.wiki.list('folder', 'LARGE'));
    const used = folders.find(({ id }) => childrenOf(id).length > 0);
    wiki.sandbox.wiki.renameFolder(used?.id ?? '', { title: 'Another name' });
    const { totals } = await checkedPull(folder, dir);
    expect(totals.page.moved).toBeGreaterThanOrEqual(1);
  });
});

test('a moved page that was changed here is fetched, and the change is kept aside', async () => {
  await withFolder(async (folder) => {
    const dir = path.join(folder, 'mirror');
    await pullInto(dir);
    const moving = leaves().find(({ parentId }) => parentId !== homeId());
    const before = Object.keys(await readTree(dir));
    const { events } = await pullInto(path.join(folder, 'other'));
    const written = events.find((event) => event.type === 'page.written' && event.id === moving?.id);
    const file = written?.type === 'page.written' ? written.path : '';
    await appendFile(path.join(dir, file), 'mine');
    wiki.sandbox.wiki.movePage(moving?.id ?? '', { parentId: homeId() });
    expect((await pullInto(dir)).exitCode).toBe(0);
    const after = Object.keys(await readTree(dir));
    expect(after).toContain(`${file}.local-1`);
    expect(after).toHaveLength(before.length + 1);
  });
});
