import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { EXIT } from '../../lib/errors/rxsync-error.js';
import { pull } from '../../lib/pull/pull-promise.js';
import { createPrng, type Prng } from '../../lib/sandbox/data/prng.js';
import { type E2eWiki, readTree, rxsync, startWiki, withFolder } from '../support/e2e.js';
import { numberFromEnv, numbersFromEnv } from '../support/counts.js';
import { randomChanges } from '../support/random-changes.js';
import { treeDifference } from '../support/tree-difference.js';
import { WILD } from '../support/wild-wiki.js';

const SEEDS = numbersFromEnv('RXSYNC_CRASH_SEEDS', [1]);
/** Stops for each seed. */
const MIN_STOPS = numberFromEnv('RXSYNC_CRASH_STOPS', 3);
/** Two in a row may cost an item or even the listing: exit codes 3 and 1. */
const FAULTS = '500@1%,503@1%';
/** Pulls of one round that may end so. */
const MAX_FAILURES = 5;
const STOPS = [
  { signal: 'SIGINT', stopped: EXIT.sigint },
  { signal: 'SIGTERM', stopped: EXIT.sigterm },
  { signal: 'SIGKILL', stopped: null },
] as const;

/** Some hundred processes are started, on a busy machine. */
const TIMEOUT_MS = Math.max(900_000, 30_000 * MIN_STOPS);

interface Mirror {
  readonly dir: string;
  readonly wiki: E2eWiki;
}

const pullCalmly = (dir: string, { sandbox: { url, credentials } }: E2eWiki) =>
  pull({
    url,
    credentials: credentials,
    space: 'LARGE',
    dir,
    comments: true,
    labels: true,
  });

/** When to stop: after a number of events, some milliseconds later. */
const moment = (random: Prng) => ({
  events: 1 + random.int(random.chance(0.85) ? 40 : 300),
  afterMs: random.int(random.chance(0.5) ? 12 : 60),
});

const pullAndStop = ({ dir, wiki }: Mirror, random: Prng, signal: NodeJS.Signals) => {
  const { events, afterMs } = moment(random);
  const seen = { lines: 0, isSent: false };
  const args = ['--space', 'LARGE', '--comments', '--labels', '--max-delete', '100%', '--progress', 'ndjson'];
  return rxsync(['pull', dir, ...args], {
    env: wiki.env,
    onOutput: (text, kill) => {
      seen.lines += text.split('\n').length - 1;
      if (seen.isSent || seen.lines < events) return;
      seen.isSent = true;
      setTimeout(() => kill(signal), afterMs);
    },
  });
};

/** Pulls and stops, with each signal in turn, until a pull is complete; returns how often it was stopped. */
const pullThroughStops = async (mirror: Mirror, random: Prng): Promise<number> => {
  let [stops, failures] = [0, 0];
  for (;;) {
    const { signal, stopped } = STOPS[stops % STOPS.length] ?? STOPS[0];
    const { code, stderr } = await pullAndStop(mirror, random, signal);
    if (code === 0) return stops;
    // A signal that comes when all is done and told ends the process as it ends any other.
    if (code === stopped || code === null) stops += 1;
    else failures += 1;
    if (failures > MAX_FAILURES) throw new Error(`The latest of ${failures} failed pulls: ${code} ${stderr}`);
  }
};

interface ChangingWiki {
  readonly wiki: E2eWiki;
  /** Does one change and names it. */
  readonly change: () => string;
}

/** A wiki of this seed with hands that change it; wikis of one seed stay alike. */
const wikiOf = async (seed: number, faults: string): Promise<ChangingWiki> => {
  const size = createPrng(seed);
  const wiki = await startWiki({
    seed,
    faults,
    // Every other wiki does not keep to the documents.
    wild: seed % 2 === 0 ? WILD : '',
    pages: 40 + size.int(60),
    attachments: 20 + size.int(40),
    comments: 20 + size.int(40),
    bodyKb: 1,
    latencyMs: 5 + size.int(10),
  });
  return { wiki, change: randomChanges(wiki.sandbox.wiki, createPrng(seed)) };
};

const expectUndisturbed = async (seed: number, folder: string, faulty: ChangingWiki, calm: ChangingWiki) => {
  const random = createPrng(seed + 1000);
  const mirror = { dir: path.join(folder, 'stopped'), wiki: faulty.wiki };
  for (let round = 1, stops = 0; stops < MIN_STOPS; round += 1) {
    stops += await pullThroughStops(mirror, random);
    const whole = path.join(folder, `whole-${round}`);
    const { exitCode, failedItems, incomplete } = await pullCalmly(whole, calm.wiki);
    const wrong = treeDifference(await readTree(mirror.dir), await readTree(whole));
    const left = await readdir(path.join(mirror.dir, '.rxsync/tmp'));
    expect({ round, stops, exitCode, failedItems, incomplete, wrong, left }).toEqual({
      round,
      stops,
      exitCode: 0,
      failedItems: [],
      incomplete: [],
      wrong: [],
      left: [],
    });
    const count = 1 + random.int(30);
    const changes = [faulty, calm].map(({ change }) => Array.from({ length: count }, change));
    expect(changes[0]).toEqual(changes[1]);
  }
};

test.concurrent.each(SEEDS)(
  'stopped anywhere and run again the mirror is that of an undisturbed pull (seed %d)',
  async (seed) => {
    const [faulty, calm] = [await wikiOf(seed, FAULTS), await wikiOf(seed, '')];
    try {
      await withFolder((folder) => expectUndisturbed(seed, folder, faulty, calm));
    } finally {
      await faulty.wiki.close();
      await calm.wiki.close();
    }
  },
  TIMEOUT_MS,
);
