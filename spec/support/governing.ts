import { jest } from '@jest/globals';
import type { Admission } from '../../lib/confluence/gate.js';
import type { RequestLane } from '../../lib/core/request-lane.js';
import type { EventBody } from '../../lib/events/events.js';
import { Governor } from '../../lib/pull/governor/governor.js';
import type { GovernorOptions } from '../../lib/pull/governor/governor-options.js';

/** When the clock of a governor under test starts. */
export const START = Date.parse('2026-02-03T04:00:00Z');

export const pass = (ms = 0): Promise<void> => jest.advanceTimersByTimeAsync(ms);
const elapsed = (): number => Date.now() - START;

/** A governor under test, on fake timers, with what it lets go and tells. */
export const governing = (options: Partial<GovernorOptions> = {}) => {
  const governor = new Governor({
    start: 10,
    max: 10,
    maxWaitMs: 3_600_000,
    quotaReserve: 0,
    now: Date.now,
    random: () => 0,
    ...options,
  });
  const party = {};
  const stopHolding = (): void => governor.stopHolding(party);
  const dismiss = (reason: unknown): void => governor.dismiss(party, reason);
  const started: { lane: RequestLane; atMs: number; release: () => void }[] = [];
  const refused: unknown[] = [];
  const notices: EventBody[] = [];
  governor.notices$.subscribe((notice) => notices.push(notice));
  const admit = (lane: RequestLane, admission?: Admission): void =>
    void governor.admit(lane, { ...admission, party }).then(
      (release) => started.push({ lane, atMs: elapsed(), release }),
      (error: unknown) => refused.push(error),
    );
  const ask = (...asked: RequestLane[]): void => asked.forEach((lane) => admit(lane));
  const answer = (
    lane: RequestLane,
    status: number | undefined,
    headers: Record<string, string> = {},
  ): void => governor.sample({ lane, startedAtMs: Date.now(), atMs: Date.now(), status, headers });
  const lanes = (): RequestLane[] => started.map(({ lane }) => lane);
  return { governor, stopHolding, dismiss, started, refused, notices, admit, ask, answer, lanes };
};

export const BURST = { 'ratelimit-reason': 'confluence-burst-based' };
export const QUOTA = { 'ratelimit-reason': 'confluence-quota-global-based' };
