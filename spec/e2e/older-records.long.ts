import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createPrng } from '../../lib/sandbox/data/prng.js';
import { numbersFromEnv } from '../support/counts.js';
import { type E2eWiki, readTree, type Run, rxsync, startWiki } from '../support/e2e.js';
import { randomChanges } from '../support/random-changes.js';
import { treeDifference } from '../support/tree-difference.js';

const SEEDS = numbersFromEnv('RXSYNC_OLDER_SEEDS', [1]);

let wiki: E2eWiki;
let base: string;
let dir: string;

beforeEach(async () => {
  base = await mkdtemp(path.join(os.tmpdir(), 'rxsync-'));
  dir = path.join(base, 'mirror');
});

afterEach(async () => {
  await rm(base, { recursive: true, force: true });
  await wiki.close();
});

const pull = (into = dir, ...more: string[]): Promise<Run> =>
  rxsync(['pull', into, '--space', 'LARGE', '--comments', '--max-delete', '100%', ...more], {
    env: wiki.env,
  });

const own = (): string => path.join(dir, '.rxsync');
const saved = (): string => path.join(base, 'saved');

const restore = async (preserveTimestamps = true): Promise<void> => {
  await rm(own(), { recursive: true });
  await cp(saved(), own(), { recursive: true, preserveTimestamps });
};

const localCopies = async (): Promise<string[]> =>
  (await readdir(dir, { recursive: true })).filter((name) => name.includes('.local-'));

const expectExact = async (run: Run): Promise<void> => {
  const fresh = path.join(base, 'fresh');
  await rm(fresh, { recursive: true, force: true });
  await pull(fresh);
  const wrong = treeDifference(await readTree(dir), await readTree(fresh));
  const kept = await localCopies();
  expect({ code: run.code, kept, wrong }).toEqual({ code: 0, kept: [], wrong: [] });
  expect(await rxsync(['verify', dir])).toMatchObject({ code: 0 });
};

/** How a backup may bring `.rxsync` back, and whether the wiki has changed once more by then. */
const CASES = SEEDS.flatMap((seed) =>
  [true, false].flatMap((preserveTimestamps) => [0, 3].map((later) => ({ seed, preserveTimestamps, later }))),
);

test.each(CASES)(
  'an older .rxsync over a newer tree: the next pull is exact (seed $seed, times kept: $preserveTimestamps, $later changes since)',
  async ({ seed, preserveTimestamps, later }) => {
    wiki = await startWiki({ seed, pages: 30, folders: 4, attachments: 20, comments: 20, bodyKb: 1 });
    const change = randomChanges(wiki.sandbox.wiki, createPrng(seed));
    await pull();
    await cp(own(), saved(), { recursive: true, preserveTimestamps: true });
    for (let i = 0; i < 6; i += 1) change();
    expect(await pull()).toMatchObject({ code: 0 });
    await restore(preserveTimestamps);
    for (let i = 0; i < later; i += 1) change();
    await expectExact(await pull());
  },
);

test('what runs have written that nobody remembers is like a change of the user: it is kept, told and named', async () => {
  wiki = await startWiki({ pages: 10, attachments: 0, comments: 0, bodyKb: 1 });
  const hands = wiki.sandbox.wiki;
  const homepage = hands.list('page', 'LARGE').find((page) => 'parentId' in page && page.parentId === null);
  const { id } = hands.createPage('Twice', { parentId: homepage?.id ?? null, spaceKey: 'LARGE' });
  await pull();
  await cp(own(), saved(), { recursive: true, preserveTimestamps: true });
  hands.editPage(id, { body: '<p>Second text</p>' });
  const passing = hands.createPage('Passing', { parentId: homepage?.id ?? null, spaceKey: 'LARGE' });
  expect(await pull()).toMatchObject({ code: 0 });
  await restore();
  hands.editPage(id, { body: '<p>Third text</p>' });
  hands.deletePage(passing.id);
  expect(await pull()).toMatchObject({ code: 0, stderr: expect.stringContaining('twice.md.local-1') });
  expect(await localCopies()).toEqual(['twice.md.local-1']);
  expect(await readFile(path.join(dir, 'twice.md.local-1'), 'utf8')).toContain('Second text');
  expect(await readFile(path.join(dir, 'twice.md'), 'utf8')).toContain('Third text');
  expect(await rxsync(['verify', dir])).toMatchObject({
    code: 3,
    stdout: expect.stringMatching(/^Not recorded \(1\):\n {2}passing\.md$/m),
  });
});
