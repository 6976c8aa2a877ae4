import type { RunSample } from '../events/run-summary.js';

/** What was done a second, on average, over a part of a run. */
export interface Rates {
  readonly fromMs: number;
  readonly toMs: number;
  readonly pages: number;
  readonly attachments: number;
  readonly requests: number;
  readonly retries: number;
  /** How many API requests were allowed in flight at its end. */
  readonly cap: number;
}

/** How many parts a run is shown in, and how long one is at least. */
const PARTS = 60;
const SHORTEST_MS = 500;

const between = (from: RunSample, to: RunSample): Rates => {
  const perSecond = (what: 'pages' | 'attachments' | 'requests' | 'retries'): number =>
    ((to[what] - from[what]) * 1000) / (to.atMs - from.atMs);
  return {
    fromMs: from.atMs,
    toMs: to.atMs,
    pages: perSecond('pages'),
    attachments: perSecond('attachments'),
    requests: perSecond('requests'),
    retries: perSecond('retries'),
    cap: to.cap,
  };
};

/** How fast a run was, in parts of about equal length. */
export const ratesOf = (samples: readonly RunSample[]): readonly Rates[] => {
  const lengthMs = Math.max(SHORTEST_MS, (samples.at(-1)?.atMs ?? 0) / PARTS);
  const rates: Rates[] = [];
  let [from] = samples;
  samples.forEach((sample, i) => {
    if (from === undefined || sample.atMs <= from.atMs) return;
    if (sample.atMs - from.atMs < lengthMs && i < samples.length - 1) return;
    rates.push(between(from, sample));
    from = sample;
  });
  return rates;
};
