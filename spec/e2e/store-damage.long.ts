import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { RxsyncEvent } from '../../lib/events/events.js';
import { pull } from '../../lib/pull/pull-promise.js';
import { createPrng } from '../../lib/sandbox/data/prng.js';
import { numberFromEnv, numbersFromEnv } from '../support/counts.js';
import { type E2eWiki, readTree, startWiki } from '../support/e2e.js';
import { randomChanges } from '../support/random-changes.js';
import { damageStore } from '../support/random-damage.js';
import { treeDifference } from '../support/tree-difference.js';

const COUNT = numberFromEnv('RXSYNC_DAMAGE_COUNT', 6);
// Each damage takes some seconds.
jest.setTimeout(300_000 + COUNT * 20_000);
const SEEDS = numbersFromEnv('RXSYNC_DAMAGE_SEEDS', [1]);

let wiki: E2eWiki;
let base: string;

const at = (name: string): string => path.join(base, name);

const pullInto = async (dir: string, space = 'LARGE') => {
  const { url, credentials } = wiki.sandbox;
  const warnings: string[] = [];
  const onEvent = (event: RxsyncEvent): void => {
    if (event.type === 'warning') warnings.push(event.code);
  };
  const { exitCode } = await pull(
    {
      url,
      credentials: credentials,
      space,
      dir,
      comments: true,
      maxDelete: '100%',
    },
    { onEvent },
  );
  return { exitCode, warnings };
};

beforeAll(async () => {
  wiki = await startWiki({ pages: 40, folders: 4, blogposts: 3, attachments: 25, comments: 20, bodyKb: 1 });
  base = await mkdtemp(path.join(os.tmpdir(), 'rxsync-'));
  const change = randomChanges(wiki.sandbox.wiki, createPrng(7));
  await pullInto(at('foreign'), 'SMALL');
  await pullInto(at('older'));
  for (let n = 0; n < 12; n += 1) change();
  // As a mirror that is in use: one run after another has left its rows.
  await cp(at('older'), at('mirror'), { recursive: true, preserveTimestamps: true });
  await pullInto(at('mirror'));
  await cp(at('mirror'), at('same'), { recursive: true, preserveTimestamps: true });
});

afterAll(async () => {
  await rm(base, { recursive: true, force: true });
  await wiki.close();
});

/** Whether something of both databases was hit: then files may be there of which neither tells any more. */
const hitsBoth = (damage: readonly string[]): boolean =>
  ['records', 'files'].every((table) =>
    damage.some(
      (text) => text.includes(`store-1/${table}`) || /whole store|store-1 gone|store-1\/id/.test(text),
    ),
  );

/**
 * What of the differences nobody may allow. What both databases have lost is kept aside where it is in the way, and stays
 * where it is not.
 */
const notAllowed = (damage: readonly string[], wrong: readonly string[]): readonly string[] =>
  hitsBoth(damage) ? wrong.filter((difference) => !difference.startsWith('litter: ')) : wrong;

/** Damages a copy of the mirror, and pulls until it is right or not. */
const endOf = async (seed: number, expected: Readonly<Record<string, string>>) => {
  const dir = at('copy');
  await rm(dir, { recursive: true, force: true });
  await cp(at('mirror'), dir, { recursive: true, preserveTimestamps: true });
  const damage = await damageStore(dir, createPrng(seed), { older: at('older'), foreign: at('foreign') });
  const first = await pullInto(dir);
  const wrong = treeDifference(await readTree(dir), expected);
  const isTold = first.warnings.includes('damaged-records');
  if (wrong.length === 0) return { seed, damage, exitCode: first.exitCode, isSilent: false, wrong };
  const second = await pullInto(dir);
  const still = notAllowed(damage, treeDifference(await readTree(dir), expected));
  return { seed, damage, exitCode: second.exitCode, isSilent: !isTold, wrong: still };
};

/** The damages after which the mirror is not right, or nobody has said so. */
const badEnds = async (seed: number): Promise<readonly unknown[]> => {
  const expected = await readTree(at('same'));
  const bad: unknown[] = [];
  for (let n = 0; n < COUNT; n += 1) {
    const end = await endOf(seed * 10_000 + n, expected);
    if (end.exitCode !== 0 || end.isSilent || end.wrong.length > 0) bad.push(end);
  }
  return bad;
};

test.each(SEEDS)(
  'damaged records end exact, or say so and are exact after the next pull (seed %d)',
  async (seed) => {
    expect(await badEnds(seed)).toEqual([]);
  },
);

test.each(SEEDS)('so they do when the wiki has changed, too (seed %d)', async (seed) => {
  const change = randomChanges(wiki.sandbox.wiki, createPrng(seed));
  for (let n = 0; n < 8; n += 1) change();
  await rm(at('same'), { recursive: true });
  await pullInto(at('same'));
  expect(await badEnds(seed + 100)).toEqual([]);
});
