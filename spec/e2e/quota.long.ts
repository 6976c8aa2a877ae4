import { expect, test } from '@jest/globals';
import { Subject } from 'rxjs';
import type { KindTotals } from '../../lib/events/events.js';
import type { SandboxOptions } from '../../lib/sandbox/index.js';
import { type Faulty, type Pulled, SMALL, undisturbed, withFaults } from '../support/faulty-wiki.js';

/** An hour of two seconds, whose points do not suffice for a pull. */
const HOURLY: SandboxOptions = { ...SMALL, attachments: 60, pointsQuota: 250, hourMs: 2_000 };

/** When each request to the API came, and what it was answered with. */
const watch = ({ sandbox }: Faulty) => {
  const seen: { readonly atMs: number; readonly status: number }[] = [];
  sandbox.onExchange(({ url, status }) => {
    if (!url.startsWith(sandbox.mediaUrl)) seen.push({ atMs: Date.now(), status });
  });
  return seen;
};

const pauses = ({ events }: Pulled) =>
  events.flatMap((event) =>
    event.type === 'rate.paused' && event.lane === undefined
      ? [{ fromMs: Date.parse(event.ts), untilMs: Date.parse(event.untilTs), reason: event.reason }]
      : [],
  );

/** Items that the mirror holds when the run has ended. */
const storedBy = ({ end: { totals } }: Pulled): number =>
  Object.values(totals).reduce((sum, { written, unchanged }: KindTotals) => sum + written + unchanged, 0);

/** A request that was on its way when the pause began may still be answered. */
const ON_ITS_WAY_MS = 150;

test.each([
  { quotaReserve: 0, reason: /^quota/ },
  { quotaReserve: 30, reason: /^quota-reserve$/ },
])(
  'a quota that runs out in mid-run (reserve of $quotaReserve percent): no request during the pause, then completion',
  async ({ quotaReserve, reason }) => {
    const whole = await undisturbed({ ...HOURLY, pointsQuota: 100_000 });
    await withFaults(
      '',
      async (faulty) => {
        const seen = watch(faulty);
        const pulled = await faulty.pull({ options: { quotaReserve } });
        const held = pauses(pulled);
        expect(held.length).toBeGreaterThan(0);
        expect(held.every((pause) => reason.test(pause.reason))).toBe(true);
        const during = seen.filter(({ atMs }) =>
          held.some(({ fromMs, untilMs }) => atMs > fromMs + ON_ITS_WAY_MS && atMs < untilMs),
        );
        expect(during).toEqual([]);
        expect(pulled.end).toMatchObject({ exitCode: 0, failedItems: [] });
        expect(pulled.tree).toEqual(whole.tree);
      },
      // Spent whenever the hour begins, and however busy the machine is.
      { ...HOURLY, pointsQuota: 150, hourMs: 4_000 },
    );
  },
);

test('a stop does not wait for the pause to end, and the next run goes on', async () => {
  // Its hour is a real one: who waits for it does not end in time.
  const wiki: SandboxOptions = { ...HOURLY, hourMs: 3_600_000 };
  await withFaults(
    '',
    async ({ pull, sandbox }) => {
      const stop = new Subject<string>();
      const unlisten = sandbox.onExchange(({ responseHeaders }) => {
        if (responseHeaders.ratelimit?.includes('r=0;')) stop.next('SIGINT');
      });
      const stopped = await pull({ options: { quotaReserve: 0 }, deps: { stop$: stop } });
      unlisten();
      expect(stopped.end).toMatchObject({ type: 'run.interrupted', exitCode: 130, failedItems: [] });
      expect(storedBy(stopped)).toBeGreaterThan(0);
      const next = await pull({ options: { quotaReserve: 0, maxWaitMs: 0 } });
      expect(next.events[0]).toMatchObject({ type: 'run.started', mode: 'resume' });
    },
    wiki,
  );
});

test('with a reserve no request is refused for the quota, and the reserve is left to others', async () => {
  await withFaults(
    '',
    async ({ pull, exchanges, sandbox }) => {
      const pulled = await pull({ options: { quotaReserve: 50 } });
      expect(pulled.end.rateLimited).toBe(0);
      const left = exchanges
        .filter(({ url }) => !url.startsWith(sandbox.mediaUrl))
        .flatMap(({ responseHeaders }) => /r=(\d+)/.exec(responseHeaders.ratelimit ?? '')?.[1] ?? []);
      expect(Math.min(500, ...left.map(Number))).toBeGreaterThan(0);
    },
    { ...HOURLY, pointsQuota: 500 },
  );
});

test('with a short --max-wait the run stops with exit 13 and a checkpoint, and goes on from there', async () => {
  const HOUR_MS = 30_000;
  // The wiki's clock stands early in an hour, whose end is far away.
  let offsetMs = HOUR_MS - (Date.now() % HOUR_MS);
  const wiki: SandboxOptions = { ...HOURLY, hourMs: HOUR_MS, timer: () => Date.now() + offsetMs };
  await withFaults(
    '',
    async ({ pull, sandbox }) => {
      const stopped = await pull({ options: { maxWaitMs: 1_000 } });
      expect(stopped.end).toMatchObject({ type: 'run.failed', code: 'rate-limit-wait', exitCode: 13 });
      const asked = sandbox.requests.total;
      const exits: number[] = [];
      const stored = [storedBy(stopped)];
      while (exits.length < 10 && exits.at(-1) !== 0) {
        offsetMs += HOUR_MS;
        const pulled = await pull({ options: { maxWaitMs: 1_000 } });
        expect(pulled.events[0]).toMatchObject({ type: 'run.started', mode: 'resume' });
        exits.push(pulled.end.exitCode);
        stored.push(storedBy(pulled));
      }
      // What was answered before the stop is not thrown away: each run gets further than the one before.
      expect(stored.every((count, index) => count > (stored[index - 1] ?? 0))).toBe(true);
      expect(exits.at(-1)).toBe(0);
      expect(new Set(exits.slice(0, -1))).toEqual(new Set(exits.length > 1 ? [13] : []));
      expect(sandbox.requests.total).toBeGreaterThan(asked);
      const { tree } = await undisturbed({ ...HOURLY, pointsQuota: 100_000 });
      expect((await pull({ options: { dryRun: true, maxWaitMs: 1_000 } })).tree).toEqual(tree);
    },
    wiki,
  );
});
