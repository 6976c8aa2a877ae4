import { expect, test } from '@jest/globals';
import { from, lastValueFrom, toArray } from 'rxjs';
import { stampEvents } from '../../lib/events/stamp-events.js';

const EVENTS = [
  { type: 'checkpoint.written', done: 1, failed: 0 },
  { type: 'checkpoint.written', done: 2, failed: 0 },
] as const;

const stamped = (clock: () => number) =>
  lastValueFrom(from(EVENTS).pipe(stampEvents('r1', clock), toArray()));

test('numbers from 1 without gaps, dates by the clock, names the run', async () => {
  let nowMs = Date.parse('2026-01-01T00:00:00Z');
  expect(await stamped(() => (nowMs += 1000))).toEqual([
    { v: 1, seq: 1, ts: '2026-01-01T00:00:01.000Z', run: 'r1', ...EVENTS[0] },
    { v: 1, seq: 2, ts: '2026-01-01T00:00:02.000Z', run: 'r1', ...EVENTS[1] },
  ]);
});

test('each run counts for itself', async () => {
  const stamp = stampEvents('r1', () => 0);
  const first = await lastValueFrom(from(EVENTS).pipe(stamp));
  const again = await lastValueFrom(from(EVENTS).pipe(stamp));
  expect([first.seq, again.seq]).toEqual([2, 2]);
});
