import { createHash } from 'node:crypto';
import path from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { Subject, lastValueFrom, tap } from 'rxjs';
import { type PullOptions, pull$ } from 'rxsync';
import { memoryMirror } from '../../examples/memory-mirror.js';
import { createPrng } from '../../lib/sandbox/data/prng.js';
import { numberFromEnv, numbersFromEnv } from '../support/counts.js';
import { type E2eWiki, readTree, startWiki, withFolder } from '../support/e2e.js';
import { randomChanges } from '../support/random-changes.js';

const STEPS = numberFromEnv('RXSYNC_OWN_STORE_STEPS', 6);
const SEEDS = numbersFromEnv('RXSYNC_OWN_STORE_SEEDS', [1]);

let wiki: E2eWiki;

afterEach(() => wiki.close());

test.each(SEEDS)(
  'a mirror in memory has what one on disk has, after changes and stops (seed %d)',
  async (seed) => {
    wiki = await startWiki({
      seed,
      pages: 70,
      folders: 5,
      blogposts: 3,
      attachments: 25,
      comments: 25,
      bodyKb: 1,
    });
    const { url, credentials, wiki: content } = wiki.sandbox;
    const { email, apiToken } = credentials;
    const options = (dir: string): PullOptions => ({
      url,
      credentials: { email, apiToken },
      space: 'LARGE',
      dir,
      comments: true,
      labels: true,
      maxDelete: '100%',
    });
    const random = createPrng(seed);
    const change = randomChanges(content, random);
    const { files, edges } = memoryMirror();
    const tree = () =>
      Object.fromEntries(
        [...files].map(([name, file]) => [name, createHash('sha256').update(file.content).digest('hex')]),
      );
    await withFolder(async (folder) => {
      for (let step = 0; step < STEPS; step += 1) {
        const name = step === 0 ? 'nothing' : change();
        // One that is stopped somewhere, another one that goes on.
        const stop$ = new Subject<string>();
        let left = random.int(200);
        const stopLater = tap(() => (left -= 1) === 0 && stop$.next('stopped'));
        await lastValueFrom(pull$(options('memory'), { ...edges, stop$ }).pipe(stopLater));
        const { type } = await lastValueFrom(pull$(options('memory'), edges));
        const dir = path.join(folder, String(step));
        await lastValueFrom(pull$(options(dir)));
        const onDisk = Object.entries(await readTree(dir)).filter(([each]) => !each.endsWith('/'));
        expect({ step, name, type, tree: tree() }).toEqual({
          step,
          name,
          type: 'run.finished',
          tree: Object.fromEntries(onDisk),
        });
      }
    });
  },
);
