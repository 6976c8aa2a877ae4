import { describe, expect, it } from '@jest/globals';
import { toMarkdown } from '../../lib/convert/index.js';
import { bodies } from './support/bodies.js';
import { mutate, seededRandom } from './support/mutate.js';
import { unsafeHtml } from './support/unsafe-html.js';

const MILLISECONDS = Number(process.env.RXSYNC_FUZZ_MS ?? 0);
const LEAST = 150;

function expectConverts(seed: number): void {
  const random = seededRandom(seed);
  const [, storage = ''] = bodies[random(bodies.length)] ?? [];
  const damaged = mutate(storage, random);
  const markdown = toMarkdown(damaged);
  expect({ seed, unsafe: unsafeHtml(markdown) }).toEqual({ seed, unsafe: [] });
  expect(markdown).toMatch(/^$|[^\n]\n$/);
  expect(toMarkdown(damaged)).toBe(markdown);
}

describe('damaged bodies', () => {
  it(
    'convert without an error to something safe, always the same',
    () => {
      const end = Date.now() + MILLISECONDS;
      for (let seed = 1; seed <= LEAST || Date.now() < end; seed += 1) expectConverts(seed);
    },
    MILLISECONDS + 30_000,
  );
});
