import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { pull } from '../../lib/pull/pull-promise.js';
import { createPrng } from '../../lib/sandbox/data/prng.js';
import type { Sandbox } from '../../lib/sandbox/index.js';
import { type E2eWiki, readTree, startWiki, withFolder } from '../support/e2e.js';
import { numberFromEnv, numbersFromEnv } from '../support/numbers-from-env.js';
import { randomChanges } from '../support/random-changes.js';
import { treeDifference } from '../support/tree-difference.js';

const STEPS = numberFromEnv('RXSYNC_WALK_STEPS', 50);
const SEEDS = numbersFromEnv('RXSYNC_WALK_SEEDS', [1]);

const pullInto = (dir: string, { url, credentials: { email, token } }: Sandbox) =>
  pull({
    url,
    credentials: { email, apiToken: token },
    space: 'LARGE',
    dir,
    comments: true,
    labels: true,
    maxDelete: '100%',
  });

let wiki: E2eWiki;

afterEach(() => wiki.close());

test.each(SEEDS)(
  'after each change of the wiki a delta pull ends with the mirror of a full pull (seed %d)',
  async (seed) => {
    wiki = await startWiki({
      seed,
      pages: 40,
      folders: 5,
      blogposts: 3,
      attachments: 25,
      comments: 25,
      bodyKb: 1,
      nasty: seed % 2 === 0,
    });
    const { sandbox } = wiki;
    const change = randomChanges(sandbox.wiki, createPrng(seed));
    await withFolder(async (folder) => {
      const [mirror, fresh] = [path.join(folder, 'mirror'), path.join(folder, 'fresh')];
      await pullInto(mirror, sandbox);
      for (let step = 1; step <= STEPS; step += 1) {
        const name = change();
        const { exitCode } = await pullInto(mirror, sandbox);
        await rm(fresh, { recursive: true, force: true });
        await pullInto(fresh, sandbox);
        const wrong = treeDifference(await readTree(mirror), await readTree(fresh));
        expect({ step, name, exitCode, wrong }).toEqual({ step, name, exitCode: 0, wrong: [] });
      }
    });
  },
);
