import type { RunSummary } from '../../lib/events/run-summary.js';
import { runTotals } from './events.js';

/** What a mirror keeps of a run in which nothing has happened but what is given. */
export const runSummary = (changes: Partial<RunSummary> = {}): RunSummary => {
  const { space, totals, requests, retries, rateLimited, bytes, exitCode } = runTotals();
  return {
    schemaVersion: 1,
    run: 'run-1',
    space,
    mode: 'delta',
    startedAt: '2026-02-03T04:05:06.000Z',
    endedAt: '2026-02-03T04:06:08.000Z',
    ending: 'finished',
    exitCode,
    totals,
    requests,
    retries,
    rateLimited,
    bytes,
    incomplete: [],
    failedItems: [],
    failedCount: 0,
    changes: [],
    changeCounts: [],
    samples: [],
    holds: [],
    holdCount: 0,
    retryCounts: [],
    latencies: [],
    ...changes,
  };
};
