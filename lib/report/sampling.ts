import type { RunSample } from '../events/run-summary.js';

/** What a run keeps of how far it was when. */
const MOST = 200;

/** The moments of a run, evenly thinned out as it lasts. */
export interface Sampling {
  readonly samples: readonly RunSample[];
  /** Two moments are at least so far apart. */
  readonly everyMs: number;
}

export const NO_SAMPLES: Sampling = { samples: [], everyMs: 0 };

/** Every second one goes, but for the latest. */
const thinOut = (samples: readonly RunSample[]): RunSample[] =>
  samples.filter((_sample, i) => i % 2 === 0 || i === samples.length - 1);

/** Adds a moment; the latest one is always kept. */
export const addSample = ({ samples, everyMs }: Sampling, sample: RunSample): Sampling => {
  const before = samples.at(-2);
  const isNear = before !== undefined && (samples.at(-1)?.atMs ?? 0) - before.atMs < everyMs;
  const all = [...(isNear ? samples.slice(0, -1) : samples), sample];
  return all.length <= MOST
    ? { samples: all, everyMs }
    : { samples: thinOut(all), everyMs: (2 * sample.atMs) / MOST };
};
