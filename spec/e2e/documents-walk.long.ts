import { rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import type { MirrorDocument } from '../../lib/documents/document.js';
import { documents } from '../../lib/pull/documents.js';
import { createPrng, type Prng } from '../../lib/sandbox/data/prng.js';
import { numberFromEnv, numbersFromEnv } from '../support/counts.js';
import { DocumentModel, modelDifference } from '../support/document-model.js';
import { type E2eWiki, rxsync, startWiki, withFolder } from '../support/e2e.js';
import { randomChanges } from '../support/random-changes.js';

const SEEDS = numbersFromEnv('RXSYNC_DOCUMENTS_SEEDS', [1, 2]);
/** Pulls of each seed, of which some are stopped, killed, or read meanwhile. */
const STEPS = numberFromEnv('RXSYNC_DOCUMENTS_STEPS', 6);
const TIMEOUT_MS = Math.max(300_000, 20_000 * STEPS);

const FORMATS = ['markdown', 'storage'] as const;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGKILL'] as const;

interface Walk {
  readonly dir: string;
  readonly wiki: E2eWiki;
  readonly random: Prng;
  readonly flags: readonly string[];
  readonly model: DocumentModel;
}

/** A reader who may die on the way. */
const read = ({ dir, model, random }: Walk) =>
  model.take(documents(dir, { since: model.run }), random.chance(0.3) ? random.int(20) : Infinity);

/** Pulls; `isDisturbed`: to be stopped after some events, and read meanwhile. */
const pull = async (walk: Walk, isDisturbed: boolean): Promise<number | null> => {
  const { dir, wiki, random, flags } = walk;
  const [signal, most] = [random.pick(SIGNALS), 1 + random.int(60)];
  let lines = 0;
  let reading: Promise<unknown> = Promise.resolve();
  const { code } = await rxsync(['pull', dir, '--space', 'LARGE', '--progress', 'ndjson', ...flags], {
    env: wiki.env,
    onOutput: (text, kill) => {
      const before = lines;
      lines += text.split('\n').length - 1;
      if (!isDisturbed || before >= most || lines < most) return;
      reading = (walk.model.run === undefined ? Promise.resolve() : read(walk)).then(() => kill(signal));
    },
  });
  await reading;
  return code;
};

const all = async (dir: string): Promise<ReadonlyMap<string, MirrorDocument>> => {
  const model = new DocumentModel();
  await model.take(documents(dir));
  return model.documents;
};

/** Of a mirror that is pulled anew; there each has the version that its page has now. */
const afresh = async (
  { wiki, flags }: Walk,
  folder: string,
): Promise<ReadonlyMap<string, MirrorDocument>> => {
  const dir = path.join(folder, 'fresh');
  await rm(dir, { recursive: true, force: true });
  const { code } = await rxsync(['pull', dir, '--space', 'LARGE', ...flags], { env: wiki.env });
  expect(code).toBe(0);
  return all(dir);
};

const withoutVersions = (
  documents: ReadonlyMap<string, MirrorDocument>,
): ReadonlyMap<string, MirrorDocument> =>
  new Map([...documents].map(([id, each]) => [id, { ...each, version: 0, updated: '' }]));

const expectExact = async (walk: Walk, folder: string, step: number): Promise<void> => {
  const { dir, model } = walk;
  const end = await model.take(documents(dir, { since: model.run }));
  expect({ step, end }).toMatchObject({ step, end: { op: 'end', pendingCount: 0, failed: [] } });
  expect({ step, wrong: modelDifference(model.documents, await all(dir)) }).toEqual({ step, wrong: [] });
  const fresh = withoutVersions(await afresh(walk, folder));
  expect({ step, wrong: modelDifference(withoutVersions(model.documents), fresh) }).toEqual({
    step,
    wrong: [],
  });
};

/** Whoever comes back later has got what the mirror may have no more. */
const dieOnTheWay = async (walk: Walk, change: () => void): Promise<void> => {
  const { dir, model, random } = walk;
  await pull(walk, false);
  await model.take(documents(dir, { since: model.run }), random.int(8));
  for (let count = random.int(8); count > 0; count -= 1) change();
};

test.each(SEEDS)(
  'replayed through changes, stops and dying readers the documents are those of the mirror (seed %d)',
  async (seed) => {
    const wiki = await startWiki({
      seed,
      pages: 60,
      folders: 5,
      blogposts: 3,
      attachments: 10,
      comments: 25,
      bodyKb: 2,
      latencyMs: 3,
    });
    const change = randomChanges(wiki.sandbox.wiki, createPrng(seed));
    try {
      await withFolder(async (folder) => {
        const format = FORMATS[(seed - 1) % FORMATS.length] ?? 'markdown';
        const flags = ['--comments', '--labels', '--max-delete', '100%', '--format', format];
        const random = createPrng(seed + 500);
        const walk: Walk = {
          dir: path.join(folder, 'mirror'),
          wiki,
          random,
          flags,
          model: new DocumentModel(),
        };
        for (let step = 0; step <= STEPS; step += 1) {
          if (step > 0 && random.chance(0.5)) await dieOnTheWay(walk, change);
          if (step > 0 && random.chance(0.7)) await pull(walk, true);
          if (walk.model.run !== undefined && random.chance(0.5)) await read(walk);
          expect({ step, code: await pull(walk, false) }).toEqual({ step, code: 0 });
          await expectExact(walk, folder, step);
          for (let count = 1 + random.int(8); count > 0; count -= 1) change();
        }
        expect(walk.model.again).toEqual([]);
      });
    } finally {
      await wiki.close();
    }
  },
  TIMEOUT_MS,
);
