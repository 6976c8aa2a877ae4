import { appendFile, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { EXIT } from '../../lib/errors/rxsync-error.js';
import { parseEvent } from '../../lib/events/parse-event.js';
import { createPrng, type Prng } from '../../lib/sandbox/data/prng.js';
import { numberFromEnv, numbersFromEnv } from '../support/counts.js';
import { EventModel, readSizes } from '../support/event-model.js';
import { type E2eWiki, rxsync, startWiki, withFolder } from '../support/e2e.js';
import { randomChanges } from '../support/random-changes.js';

const SEEDS = numbersFromEnv('RXSYNC_REPLAY_SEEDS', [1, 2]);
/** Pulls of each seed, of which some are stopped. */
const STEPS = numberFromEnv('RXSYNC_REPLAY_STEPS', 6);
const TIMEOUT_MS = Math.max(300_000, 20_000 * STEPS);

/** Some cost an item, or the listing that all begins with. */
const FAULTS = '500@1%,503@1%,404@1%';

const ENDS: readonly (number | null)[] = [
  EXIT.complete,
  EXIT.partial,
  EXIT.failed,
  EXIT.sigint,
  EXIT.sigterm,
];

/** What is mirrored and how; now and then another one is asked for. */
const SETTINGS: readonly (readonly string[])[] = [
  ['--format', 'markdown', '--comments', '--attachments', 'all'],
  ['--format', 'storage', '--comments', '--attachments', 'referenced'],
  ['--format', 'markdown', '--no-comments', '--attachments', 'all', '--flavor', 'mkdocs'],
  ['--format', 'adf', '--comments', '--attachments', 'none'],
];

interface Walk {
  readonly dir: string;
  readonly wiki: E2eWiki;
  readonly random: Prng;
  readonly model: EventModel;
}

/** Pulls, and is stopped after some events or not at all; the model takes what was told. */
const pull = async ({ dir, wiki, random, model }: Walk, settings: readonly string[], isStopped: boolean) => {
  const args = ['--space', 'LARGE', '--labels', '--max-delete', '100%', '--force', ...settings];
  const [most, signal] = [1 + random.int(60), random.pick(['SIGINT', 'SIGTERM'] as const)];
  let lines = 0;
  const { code, stdout } = await rxsync(['pull', dir, '--progress', 'ndjson', ...args], {
    env: wiki.env,
    onOutput: (text, kill) => {
      const before = lines;
      lines += text.split('\n').length - 1;
      if (isStopped && before < most && lines >= most) kill(signal);
    },
  });
  const events = stdout.trimEnd().split('\n').map(parseEvent);
  events.forEach((event) => model.take(event));
  return { code, events };
};

const differenceOf = (found: Record<string, number>, expected: Record<string, number>): readonly string[] => [
  ...Object.entries(expected).flatMap(([file, bytes]) =>
    found[file] === bytes ? [] : [`${file}: ${found[file] ?? 'untold'}, is ${bytes}`],
  ),
  ...Object.keys(found).flatMap((file) => (file in expected ? [] : [`${file}: told, is not there`])),
];

test.each(SEEDS)(
  'a reader of the events knows every file of the mirror after each pull, stopped or not (seed %d)',
  async (seed) => {
    const wiki = await startWiki({
      seed,
      pages: 60,
      folders: 5,
      blogposts: 3,
      attachments: 25,
      comments: 25,
      bodyKb: 1,
      latencyMs: 3,
      nasty: seed % 2 === 0,
      faults: seed % 2 === 0 ? '' : FAULTS,
    });
    const change = randomChanges(wiki.sandbox.wiki, createPrng(seed));
    try {
      await withFolder(async (folder) => {
        const random = createPrng(seed + 700);
        const walk: Walk = { dir: path.join(folder, 'mirror'), wiki, random, model: new EventModel() };
        await mkdir(walk.dir);
        let settings = SETTINGS[(seed - 1) % SETTINGS.length] ?? [];
        for (let step = 0; step <= STEPS; step += 1) {
          const isStopped = random.chance(0.5);
          const { code } = await pull(walk, settings, isStopped);
          expect(ENDS).toContain(code);
          const wrong = [...walk.model.wrong, ...differenceOf(walk.model.tree(), await readSizes(walk.dir))];
          expect({ step, code, settings, wrong }).toEqual({ step, code, settings, wrong: [] });
          if (random.chance(0.2)) settings = random.pick(SETTINGS);
          for (let count = random.int(8); count > 0; count -= 1) change();
        }
      });
    } finally {
      await wiki.close();
    }
  },
  TIMEOUT_MS,
);

test('checkpoints are told as they are written, and an unchanged page with --verbose only', async () => {
  const wiki = await startWiki({ pages: 20, attachments: 5, comments: 0, bodyKb: 1 });
  try {
    await withFolder(async (dir) => {
      const walk: Walk = { dir, wiki, random: createPrng(1), model: new EventModel() };
      const first = await pull(walk, [], false);
      expect(first.events.map(({ type }) => type)).toContain('checkpoint.written');
      const typesOf = async (...flags: readonly string[]) =>
        (await pull(walk, flags, false)).events.map(({ type }) => type);
      expect(await typesOf()).not.toContain('page.skipped');
      expect((await typesOf('--verbose')).filter((type) => type === 'page.skipped')).toHaveLength(25);
    });
  } finally {
    await wiki.close();
  }
});

test('what the user has changed or removed is told when it is written again', async () => {
  const wiki = await startWiki({ pages: 20, attachments: 5, comments: 5, bodyKb: 1 });
  try {
    await withFolder(async (dir) => {
      const walk: Walk = { dir, wiki, random: createPrng(1), model: new EventModel() };
      await pull(walk, ['--no-force'], false);
      const files = Object.keys(await readSizes(dir)).filter((file) => file.endsWith('.md'));
      await appendFile(path.join(dir, files[1] ?? ''), 'mine\n');
      await rm(path.join(dir, files[2] ?? ''));
      const { events } = await pull(walk, ['--no-force'], false);
      expect(events.filter(({ type }) => type === 'page.written')).toHaveLength(2);
      expect(differenceOf(walk.model.tree(), await readSizes(dir))).toEqual([]);
    });
  } finally {
    await wiki.close();
  }
});
