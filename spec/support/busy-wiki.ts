import type { Governor } from '../../lib/pull/governor/governor.js';
import { createTokenBucket } from '../../lib/sandbox/limits/token-bucket.js';

export interface BusyWiki {
  readonly latencyMs: number;
  /** Requests a second before it refuses. Default: no limit. */
  readonly rps?: number;
  /** Whether answers carry the limit. */
  readonly tellsLimit?: boolean;
}

export interface Answered {
  readonly atMs: number;
  readonly status: number;
  readonly limit: number;
}

const WORKERS = 20;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Sends requests without end through a governor to a wiki in memory; the answers so far, and a way to end it. */
export const keepBusy = (governor: Governor, { latencyMs, rps = 1e9, tellsLimit = false }: BusyWiki) => {
  const bucket = createTokenBucket(rps, Date.now);
  const answers: Answered[] = [];
  const party = {};
  let isOver = false;
  const work = async (): Promise<void> => {
    while (!isOver) {
      const release = await governor.admit('pages', { party });
      const startedAtMs = Date.now();
      const isTaken = bucket.take();
      await sleep(latencyMs);
      const status = isTaken ? 200 : 429;
      governor.sample({
        lane: 'pages',
        startedAtMs,
        atMs: Date.now(),
        status,
        headers: {
          ...(tellsLimit && { 'x-ratelimit-limit': String(rps) }),
          ...(!isTaken && { 'retry-after': '1', 'ratelimit-reason': 'confluence-burst-based' }),
        },
        objects: 1,
      });
      answers.push({ atMs: Date.now(), status, limit: governor.limit });
      release();
    }
  };
  for (let i = 0; i < WORKERS; i += 1) void work().catch(() => undefined);
  return {
    answers,
    end: (): void => {
      isOver = true;
      governor.dismiss(party, new Error('over'));
    },
  };
};

export interface Ratios {
  readonly refusedShare: number;
  readonly usedShare: number;
}

/** How much was refused, and how much of the allowed rate used, between two times. */
export const ratiosOf = (
  answers: readonly Answered[],
  rps: number,
  [fromMs, toMs]: readonly [number, number],
): Ratios => {
  const within = answers.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
  const good = within.filter(({ status }) => status === 200).length;
  return {
    refusedShare: (within.length - good) / within.length,
    usedShare: good / ((rps * (toMs - fromMs)) / 1000),
  };
};
