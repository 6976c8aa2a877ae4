import type { Prng } from '../data/prng.js';

/** Hands out ascending ids. Pages, folders and the like share one sequence, as on the real service. */
export interface Ids {
  content(): string;
  attachment(): string;
  comment(): string;
}

const sequence = (prng: Prng, start: number, step: number): (() => string) => {
  let last = start;
  return () => {
    last += 1 + prng.int(step);
    return String(last);
  };
};

export const createIds = (prng: Prng): Ids => {
  const attachment = sequence(prng, 300_000_000, 40);
  return {
    content: sequence(prng, 1_048_576, 64),
    attachment: () => `att${attachment()}`,
    comment: sequence(prng, 700_000_000, 40),
  };
};
