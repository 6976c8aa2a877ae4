import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { EmptyScopeError } from '../../lib/errors/empty-scope-error.js';
import type { PullOptions } from '../../lib/pull/run/pull-options.js';
import { pull } from '../../lib/pull/pull-promise.js';
import { createPrng } from '../../lib/sandbox/data/prng.js';
import type { Sandbox } from '../../lib/sandbox/index.js';
import { type E2eWiki, startWiki, withFolder } from '../support/e2e.js';
import { numberFromEnv, numbersFromEnv } from '../support/counts.js';
import { partDifference } from '../support/part-difference.js';
import { randomChanges } from '../support/random-changes.js';

const STEPS = numberFromEnv('RXSYNC_WALK_STEPS', 3);
const SEEDS = numbersFromEnv('RXSYNC_WALK_SEEDS', [1, 2]);
/** What is mirrored and how, in turn. */
const SCOPES: readonly Partial<PullOptions>[] = [
  {},
  { format: 'storage' },
  { label: 'red', attachmentTypes: ['!png'], attachmentMaxBytes: 100_000 },
  { attachments: 'referenced' },
  { format: 'adf', attachments: 'referenced' },
];

const pullInto = (
  dir: string,
  scope: Partial<PullOptions>,
  { url, credentials: { email, apiToken: token } }: Sandbox,
) =>
  pull({
    url,
    credentials: { email, apiToken: token },
    space: 'LARGE',
    dir,
    comments: true,
    labels: true,
    maxDelete: '100%',
    ...scope,
  });

/** A scope in which nothing is left is an error of a first pull; its mirror is empty. */
const allowEmptyScope = (error: unknown): void => {
  if (!(error instanceof EmptyScopeError)) throw error;
};

let wiki: E2eWiki;

afterEach(() => wiki.close());

test.each(SEEDS)(
  'after each change of the wiki a delta pull ends with the mirror of a full pull (seed %d)',
  async (seed) => {
    wiki = await startWiki({
      seed,
      pages: 70,
      folders: 5,
      blogposts: 3,
      attachments: 25,
      comments: 25,
      bodyKb: 1,
      nasty: seed % 2 === 0,
    });
    const { sandbox } = wiki;
    const scope = SCOPES[(seed - 1) % SCOPES.length] ?? {};
    const change = randomChanges(sandbox.wiki, createPrng(seed));
    for (const { id } of sandbox.wiki.list('page', 'LARGE').slice(0, 3))
      sandbox.wiki.label(id, { add: 'red' });
    await withFolder(async (folder) => {
      const [mirror, fresh] = [path.join(folder, 'mirror'), path.join(folder, 'fresh')];
      await pullInto(mirror, scope, sandbox);
      for (let step = 1; step <= STEPS; step += 1) {
        const name = change();
        const { exitCode } = await pullInto(mirror, scope, sandbox);
        await rm(fresh, { recursive: true, force: true });
        await pullInto(fresh, scope, sandbox).catch(allowEmptyScope);
        const wrong = await partDifference(mirror, fresh);
        expect({ step, name, exitCode, wrong }).toEqual({ step, name, exitCode: 0, wrong: [] });
      }
    });
  },
);
