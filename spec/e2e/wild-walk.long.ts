import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { recordKey } from '../../lib/core/records.js';
import { EXIT } from '../../lib/errors/rxsync-error.js';
import { createPrng, type Prng } from '../../lib/sandbox/data/prng.js';
import type { PullOptions } from '../../lib/pull/run/pull-options.js';
import type { Sandbox } from '../../lib/sandbox/index.js';
import { type E2eWiki, readTree, startWiki, withFolder } from '../support/e2e.js';
import { pullFrom } from '../support/faulty-wiki.js';
import { numberFromEnv, numbersFromEnv } from '../support/counts.js';
import { randomChanges } from '../support/random-changes.js';
import { keysIn } from '../support/recorded-keys.js';
import { treeDifference } from '../support/tree-difference.js';

const STEPS = numberFromEnv('RXSYNC_WILD_STEPS', 4);
const SEEDS = numbersFromEnv('RXSYNC_WILD_SEEDS', [1]);

/** How the wiki misbehaves during one pull; `#` stands for some page. */
const DISTURBANCES = [
  'empty-listing',
  'half-listing',
  'omit=#',
  'omit=#;half-listing',
  'omit-attachments=#',
  'empty-search',
  'empty-search;half-listing',
  'unindexed=2',
  'sees=3',
  'sees=0',
  'open-site;revoke=1',
  'open-site;revoke=4',
  'revoke=5',
  'other-account=40',
  'other-account=0',
  'no-scope=search:confluence+read:content-details:confluence',
  'no-scope=read:user:confluence',
  'no-scope=read:attachment:confluence+readonly:content.attachment:confluence',
  'no-scope=read:folder:confluence',
  'odd-row=null',
  'odd-row=title',
  'odd-row=version',
  'odd-row=container',
  'odd-row=id',
  'odd-row=ancestors',
  'misfiled=#',
  'odd-fields',
  'archived-space',
  'swapping-rows;short-pages',
  'endless-repeat',
  'data-center',
  'moved=https://elsewhere.example',
  'all',
] as const;

/** Of an account that no longer pulls what it pulled before, half of the mirror may leave by right; these never do. */
const options = { labels: true, maxDelete: '100%', maxRetries: 1, maxWaitMs: 5_000 } as const;

const disturb = ({ wiki, wild }: Sandbox, random: Prng): string => {
  const pages = wiki.list('page', 'LARGE').map(({ id }) => id);
  const spec = random.pick(DISTURBANCES).replace('#', random.pick(pages));
  wild.set(spec);
  return spec;
};

/** Record keys of what the wiki has as current, with the page that it hangs on. */
const livingKeys = ({ wiki }: Sandbox): readonly string[] => {
  const pages = (['page', 'blogpost'] as const).flatMap((kind) =>
    wiki.list(kind, 'LARGE').map(({ id }) => ({ key: recordKey(kind, id), id })),
  );
  const ids = new Set(pages.map(({ id }) => id));
  const hanging = (['attachment', 'comment'] as const).flatMap((kind) =>
    wiki.list(kind, 'LARGE').flatMap((content) => {
      if (!('containerId' in content) || !ids.has(content.containerId)) return [];
      return kind === 'comment'
        ? recordKey('comments', content.containerId)
        : recordKey('attachment', content.id);
    }),
  );
  return [...pages.map(({ key }) => key), ...hanging];
};

const ENDS: readonly number[] = [
  EXIT.complete,
  EXIT.failed,
  EXIT.usage,
  EXIT.partial,
  EXIT.credentials,
  EXIT.refusedDeletion,
];

let wiki: E2eWiki;

afterEach(() => wiki.close());

test.each(SEEDS)(
  'a wiki that misbehaves at random costs nothing that is alive, and the next pull is exact (seed %d)',
  async (seed) => {
    wiki = await startWiki({
      seed,
      pages: 30,
      folders: 5,
      blogposts: 3,
      attachments: 20,
      comments: 20,
      bodyKb: 1,
      nasty: seed % 2 === 0,
    });
    const { sandbox } = wiki;
    const random = createPrng(seed);
    const change = randomChanges(sandbox.wiki, random);
    await withFolder(async (folder) => {
      const [mirror, fresh] = [path.join(folder, 'mirror'), path.join(folder, 'fresh')];
      const pull = (dir: string) => pullFrom(sandbox, dir, { options });
      await pull(mirror);
      for (let step = 1; step <= STEPS; step += 1) {
        const name = change();
        const before = new Set(await keysIn(mirror));
        const spec = disturb(sandbox, random);
        const { end } = await pull(mirror);
        const after = new Set(await keysIn(mirror));
        const lost = livingKeys(sandbox).filter((key) => before.has(key) && !after.has(key));
        sandbox.wild.set('');
        const calm = await pull(mirror);
        await rm(fresh, { recursive: true, force: true });
        await pull(fresh);
        const wrong = treeDifference(await readTree(mirror), await readTree(fresh));
        const seen = { step, name, spec, lost, calm: calm.end.exitCode, wrong };
        expect(seen).toEqual({ step, name, spec, lost: [], calm: 0, wrong: [] });
        expect(ENDS).toContain(end.exitCode);
      }
    });
  },
);

/** What of the space is mirrored. */
type Bounds = Pick<PullOptions, 'label' | 'ancestor'>;

/** A link to what is not mirrored. */
const OUTWARD = /\[[^\]]*\]\(https:[^)\s]*\/display\/[^)\s]*\)/g;

/**
 * Whether a file differs in more than in links to what is not mirrored: the wiki gives a page that is renamed its new title in all
 * that link to it, and no version.
 */
const isWrong =
  (...dirs: readonly string[]) =>
  async (difference: string): Promise<boolean> => {
    const file = /^different: (.*\.md)$/.exec(difference)?.[1];
    if (file === undefined) return true;
    const texts = await Promise.all(dirs.map((dir) => readFile(path.join(dir, file), 'utf8')));
    return new Set(texts.map((text) => text.replace(OUTWARD, ''))).size > 1;
  };

const LABEL = 'walked';

const newBounds = ({ wiki }: Sandbox, random: Prng): Bounds => {
  const ids = wiki.list('page', 'LARGE').map(({ id }) => id);
  wiki.label(random.pick(ids), { add: LABEL });
  return random.pick<Bounds>([
    { label: null, ancestor: null },
    { label: LABEL, ancestor: null },
    { label: null, ancestor: random.pick(ids) },
    { label: LABEL, ancestor: [random.pick(ids), ids[0] ?? ''] },
  ]);
};

test.each(SEEDS)(
  'a part of a space whose bounds change ends exact, however the wiki has misbehaved (seed %d)',
  async (seed) => {
    wiki = await startWiki({ seed, pages: 30, folders: 5, blogposts: 3, attachments: 20, bodyKb: 1 });
    const { sandbox } = wiki;
    const random = createPrng(seed);
    const change = randomChanges(sandbox.wiki, random);
    await withFolder(async (folder) => {
      const [mirror, fresh] = [path.join(folder, 'mirror'), path.join(folder, 'fresh')];
      const pull = (dir: string, more: Partial<PullOptions>) =>
        pullFrom(sandbox, dir, { options: { ...options, ...more } });
      for (let step = 1; step <= STEPS; step += 1) {
        const name = change();
        const bounds = newBounds(sandbox, random);
        const spec = disturb(sandbox, random);
        await pull(mirror, bounds);
        sandbox.wild.set('');
        const calm = await pull(mirror, bounds);
        // Much that leaves with its bounds takes a word of the user's.
        const isRefused = calm.end.exitCode === EXIT.refusedDeletion;
        const { end } = isRefused ? await pull(mirror, { ...bounds, force: true }) : calm;
        await rm(fresh, { recursive: true, force: true });
        await pull(fresh, bounds);
        const differences = treeDifference(await readTree(mirror), await readTree(fresh));
        const isMore = await Promise.all(differences.map(isWrong(mirror, fresh)));
        const wrong = differences.filter((_, i) => isMore[i]);
        const seen = { step, name, spec, bounds, calm: end.exitCode, wrong };
        expect(seen).toEqual({ ...seen, calm: 0, wrong: [] });
      }
    });
  },
);
