import { expect, test } from '@jest/globals';
import { betweenRuns, lastEndMs } from '../../lib/store/between-runs.js';
import type { RunSummary } from '../../lib/events/run-summary.js';
import { runSummary } from '../support/runs.js';

const at = (minute: number): string => `2026-02-03T04:${String(minute).padStart(2, '0')}:00.000Z`;

const run = (start: number, end: number, mode: RunSummary['mode'] = 'delta'): RunSummary =>
  runSummary({ mode, startedAt: at(start), endedAt: at(end) });

/** The latest first. */
const RUNS = [run(40, 45), run(20, 30, 'resume'), run(12, 14), run(5, 10, 'full')];

test.each<[string, number, boolean]>([
  ['before the first that is remembered', 1, false],
  ['while one was at work', 7, false],
  ['at its very end', 10, false],
  ['between two', 11, true],
  ['before one that went on where another was cut off', 17, false],
  ['between that and the next', 35, true],
  ['after the last', 50, false],
])('a time %s', (_, minute, isBetween) => {
  expect(betweenRuns({ runs: RUNS, damaged: 0 })(Date.parse(at(minute)))).toBe(isBetween);
});

test('of a mirror of which runs are forgotten nothing is known', () => {
  expect(betweenRuns({ runs: RUNS, damaged: 1 })(Date.parse(at(11)))).toBe(false);
});

test('the last end is that of the latest run that is remembered', () => {
  expect(lastEndMs({ runs: RUNS, damaged: 0 })).toBe(Date.parse(at(45)));
  expect(lastEndMs({ runs: [], damaged: 0 })).toBeUndefined();
});
