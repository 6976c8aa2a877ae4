import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import type { RxsyncEvent } from '../../lib/events/events.js';
import type { PullOptions } from '../../lib/pull/run/pull-options.js';
import { createPrng, type Prng } from '../../lib/sandbox/data/prng.js';
import type { Wiki } from '../../lib/sandbox/index.js';
import { numberFromEnv, numbersFromEnv } from '../support/counts.js';
import { type E2eWiki, startWiki, withFolder } from '../support/e2e.js';
import { EventModel, readSizes } from '../support/event-model.js';
import { pullFrom } from '../support/faulty-wiki.js';
import { partDifference } from '../support/part-difference.js';
import { randomChanges } from '../support/random-changes.js';
import { keysIn } from '../support/recorded-keys.js';
import { treeDifference } from '../support/tree-difference.js';

const STEPS = numberFromEnv('RXSYNC_SETTINGS_STEPS', 4);
const SEEDS = numbersFromEnv('RXSYNC_SETTINGS_SEEDS', [2, 3]);

type Settings = Partial<PullOptions>;

/** What may go wrong in a pull before the one that is compared. */
const DISTURBANCES = [
  'no-scope=read:folder:confluence',
  'no-scope=search:confluence',
  'empty-search',
  'half-listing',
];

const WHOLE: Settings = { ancestor: null, label: null, cql: null };

/** Another part of the space, or all of it. */
const newScope = (wiki: Wiki, random: Prng): Settings => {
  const ancestors = [...wiki.list('page', 'LARGE'), ...wiki.list('folder', 'LARGE')].map(({ id }) => id);
  const scopes: readonly Settings[] = [
    {},
    { label: 'red' },
    { cql: 'type = page' },
    { ancestor: random.pick(ancestors) },
    { ancestor: [random.pick(ancestors), random.pick(ancestors)] },
  ];
  return { ...WHOLE, ...random.pick(scopes) };
};

/** Another way to mirror it. */
const newWay = (random: Prng): Settings => ({
  format: random.pick(['markdown', 'storage', 'adf']),
  flavor: random.pick(['github', 'mkdocs']),
  attachments: random.pick(['all', 'referenced', 'none']),
  attachmentTypes: random.pick([null, ['!png']]),
  comments: random.chance(0.5),
  labels: random.chance(0.5),
});

/** What a dry run says and what a pull tells to leave or move, without what only the bodies can tell. */
const planOf = (events: readonly RxsyncEvent[]): readonly string[] =>
  events
    .flatMap((event) => {
      if (event.type === 'item.planned') {
        const { action, path: to, from, kind } = event;
        if (action === 'write' || kind === 'attachment') return [];
        return action === 'delete' ? `- ${to}` : `> ${from ?? ''} ${to}`;
      }
      switch (event.type) {
        case 'page.deleted':
        case 'comments.deleted':
        case 'folder.deleted':
          return `- ${event.path}`;
        case 'page.moved':
        case 'comments.moved':
        case 'folder.moved':
          return `> ${event.from} ${event.to}`;
        default:
          return [];
      }
    })
    .sort();

const asTree = (sizes: Readonly<Record<string, number>>): Record<string, string> =>
  Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, String(size)]));

let wiki: E2eWiki;

afterEach(() => wiki.close());

test.each(SEEDS)(
  'other settings and another structure in one pull end with the mirror of a first pull (seed %d)',
  async (seed) => {
    wiki = await startWiki({ seed, pages: 40, folders: 8, attachments: 15, comments: 15, bodyKb: 1 });
    const { sandbox } = wiki;
    const random = createPrng(seed + 300);
    const change = randomChanges(sandbox.wiki, createPrng(seed));
    for (const { id } of sandbox.wiki.list('page', 'LARGE').filter((_, index) => index % 4 === 0))
      sandbox.wiki.label(id, { add: 'red' });
    await withFolder(async (folder) => {
      const [mirror, fresh] = [path.join(folder, 'mirror'), path.join(folder, 'fresh')];
      const model = new EventModel();
      const pull = (dir: string, settings: Settings) =>
        pullFrom(sandbox, dir, { options: { ...settings, force: true } });
      const pullMirror = async (settings: Settings) => {
        const pulled = await pull(mirror, settings);
        pulled.events.forEach((event) => model.take(event));
        return pulled;
      };
      await mkdir(mirror);
      let settings: Settings = {};
      await pullMirror(settings);
      for (let step = 1; step <= STEPS; step += 1) {
        const names = Array.from({ length: 1 + random.int(6) }, change);
        if (random.chance(0.8)) settings = { ...settings, ...newScope(sandbox.wiki, random) };
        if (random.chance(0.4)) settings = { ...settings, ...newWay(random) };
        if (random.chance(0.25)) {
          const disturbance = random.pick(DISTURBANCES);
          sandbox.wild.set(disturbance);
          await pullMirror(settings);
          sandbox.wild.set('');
          names.push(disturbance, ...Array.from({ length: random.int(3) }, change));
        }
        const dry = await pull(mirror, { ...settings, dryRun: true });
        const { events, end } = await pullMirror(settings);
        await rm(fresh, { recursive: true, force: true });
        await mkdir(fresh);
        const { end: first } = await pull(fresh, settings);
        if (first.type === 'run.failed') {
          settings = { ...settings, ...WHOLE };
          continue;
        }
        const found = {
          end: end.type,
          wrong: await partDifference(mirror, fresh),
          untold: [...model.wrong, ...treeDifference(asTree(model.tree()), asTree(await readSizes(mirror)))],
          plan: planOf(dry.events),
          keys: await keysIn(mirror),
        };
        expect({ step, names, settings, ...found }).toEqual({
          step,
          names,
          settings,
          end: 'run.finished',
          wrong: [],
          untold: [],
          plan: planOf(events),
          keys: await keysIn(fresh),
        });
      }
    });
  },
  Math.max(300_000, 20_000 * STEPS),
);
