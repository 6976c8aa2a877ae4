import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type ConcurrencySample,
  type ConcurrencyState,
  createConcurrency,
  nextConcurrency,
} from '../../lib/core/concurrency.js';
import { simulateServer } from '../support/simulate-server.js';

const sample = (changes: Partial<ConcurrencySample> = {}): ConcurrencySample => {
  const { startedAtMs = 0, latencyMs = 80 } = changes;
  return { lane: 'pages', startedAtMs, latencyMs, atMs: startedAtMs + latencyMs, status: 200, ...changes };
};

const feed = (state: ConcurrencyState, samples: readonly ConcurrencySample[]): ConcurrencyState =>
  samples.reduce(nextConcurrency, state);

const times = (count: number, changes: Partial<ConcurrencySample> = {}): readonly ConcurrencySample[] =>
  Array.from({ length: count }, () => sample(changes));

/** Each raise of the cap: what it is raised to, and after how many answers since the one before. */
const growthOf = (state: ConcurrencyState, samples: readonly ConcurrencySample[]) => {
  let [now, since] = [state, 0];
  return samples.flatMap((next) => {
    const { limit } = now;
    now = nextConcurrency(now, next);
    since += 1;
    if (now.limit <= limit) return [];
    const after = since;
    since = 0;
    return [{ limit: now.limit, after }];
  });
};

describe('growth', () => {
  test('doubles with each clean window until congestion shows, up to max', () => {
    const state = createConcurrency({ start: 2, max: 10 });
    expect(feed(state, times(1)).limit).toBe(2);
    expect(feed(state, times(2)).limit).toBe(4);
    expect(feed(state, times(6)).limit).toBe(8);
    expect(feed(state, times(14))).toMatchObject({ limit: 10, cause: 'clean', minIntervalMs: 0 });
  });

  test('after a refusal is by one at a time, and slower where congestion showed', () => {
    const refused = feed(createConcurrency({ start: 8, max: 10 }), times(1, { status: 429 }));
    expect(refused.limit).toBe(4);
    const growth = growthOf(refused, times(200, { startedAtMs: 100 }));
    expect(growth.map(({ limit }) => limit)).toEqual([5, 6, 7, 8, 9, 10]);
    const [, first = NaN, second = NaN, there = NaN] = growth.map(({ after }) => after);
    expect(there).toBeGreaterThan(2 * Math.max(first, second));
  });

  test('failures without an answer and server errors say nothing', () => {
    const state = createConcurrency({ start: 2, max: 10 });
    expect(feed(state, [...times(9, { status: undefined }), ...times(9, { status: 503 })])).toEqual(state);
  });
});

describe('refusals', () => {
  test('halve the cap once for all requests that were in flight', () => {
    const state = feed(createConcurrency({ start: 8, max: 10 }), times(8, { status: 429 }));
    expect(state).toMatchObject({ limit: 4, cause: 'rate-limited' });
    expect(feed(state, times(1, { status: 429, startedAtMs: 80 })).limit).toBe(2);
  });

  test('set the pace that the server tells', () => {
    const state = feed(
      createConcurrency({ start: 4, max: 10 }),
      times(1, { status: 429, burst: { limit: 20 } }),
    );
    expect(state.minIntervalMs).toBe(50);
  });

  test('set the pace a little below what went through otherwise', () => {
    const through = Array.from({ length: 20 }, (_, index) => sample({ startedAtMs: index * 50 }));
    const state = feed(createConcurrency({ start: 1, max: 1 }), [
      ...through,
      sample({ startedAtMs: 1000, status: 429 }),
    ]);
    expect(1000 / state.minIntervalMs).toBeGreaterThan(15);
    expect(1000 / state.minIntervalMs).toBeLessThan(20);
  });
});

test('an answer that says the second is nearly used up sets the pace to the limit', () => {
  const burst = { limit: 20, remaining: 1 };
  expect(feed(createConcurrency({ start: 1, max: 1 }), times(1, { burst })).minIntervalMs).toBe(50);
});

test('little quota left halves the cap once a round trip', () => {
  const state = createConcurrency({ start: 8, max: 10 });
  const near = feed(state, times(8, { nearLimit: true }));
  expect(near).toMatchObject({ limit: 4, cause: 'near-limit' });
  expect(feed(near, times(1, { nearLimit: true, startedAtMs: 80 })).limit).toBe(2);
});

describe('latency', () => {
  test('that grew with the cap takes a quarter and holds growth', () => {
    const fast = feed(createConcurrency({ start: 4, max: 16 }), times(4));
    const slow = feed(fast, times(8, { latencyMs: 900, startedAtMs: 100 }));
    expect(slow).toMatchObject({ limit: 6, cause: 'latency' });
    const [{ limit, after } = { limit: NaN, after: NaN }] = growthOf(slow, times(200, { startedAtMs: 2000 }));
    expect(limit).toBe(7);
    // Far longer than without congestion, where one answer for each request in flight is enough.
    expect(after).toBeGreaterThan(4 * 6);
  });

  test.each([
    ['slow by nature', () => 5000],
    ['fast and slow by turns', (_: number, index: number) => (index % 2 === 0 ? 20 : 500)],
    ['rarely fast', (_: number, index: number) => (index % 10 === 0 ? 20 : 800)],
  ])('of a lane that is %s does not pin the cap', (_, latencyMs) => {
    const answers = simulateServer({ start: 5, max: 10 }, { latencyMs }, 120_000);
    expect(Math.min(...answers.map(({ state }) => state.limit))).toBeGreaterThanOrEqual(2);
    expect(answers.at(-1)?.state.limit).toBeGreaterThanOrEqual(5);
  });

  test('keeps the cap near the level that a server without spare capacity can take', () => {
    const latencyMs = (active: number): number => (active <= 6 ? 100 : 100 * (active - 5));
    const answers = simulateServer({ start: 2, max: 40 }, { latencyMs }, 20_000);
    const settled = answers.filter(({ atMs }) => atMs > 5000).map(({ state }) => state.limit);
    expect(Math.max(...settled)).toBeLessThanOrEqual(12);
    expect(Math.min(...settled)).toBeGreaterThanOrEqual(4);
  });
});

test('the cap and the interval stay within bounds whatever comes', () => {
  const anySample: fc.Arbitrary<ConcurrencySample> = fc.record(
    {
      lane: fc.constantFrom('pages', 'media', 'users'),
      startedAtMs: fc.nat(100_000),
      atMs: fc.nat(100_000),
      latencyMs: fc.nat(60_000),
      busyMs: fc.nat(60_000),
      status: fc.constantFrom(200, 304, 404, 429, 500, 503, undefined),
      nearLimit: fc.boolean(),
      rateLimited: fc.boolean(),
      burst: fc.record({ limit: fc.option(fc.nat(), { nil: undefined }), remaining: fc.nat() }),
    },
    { requiredKeys: ['lane', 'startedAtMs', 'atMs', 'latencyMs', 'status'] },
  );
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: -5, max: 50 }),
      fc.array(anySample),
      (start, max, samples) => {
        let state = createConcurrency({ start, max });
        for (const next of [undefined, ...samples]) {
          if (next) state = nextConcurrency(state, next);
          expect(Number.isInteger(state.limit)).toBe(true);
          expect(state.limit).toBeGreaterThanOrEqual(1);
          expect(state.limit).toBeLessThanOrEqual(Math.max(1, max));
          expect(state.minIntervalMs).toBeGreaterThanOrEqual(0);
          expect(state.minIntervalMs).toBeLessThanOrEqual(2000);
        }
      },
    ),
  );
});

describe('against a model server', () => {
  const options = { start: 5, max: 10 };

  test('without a limit the cap reaches its maximum within ten seconds', () => {
    const answers = simulateServer({ start: 1, max: 10 }, { latencyMs: () => 80 }, 10_000);
    expect(answers.at(-1)?.state).toMatchObject({ limit: 10, minIntervalMs: 0 });
  });

  test.each([
    [10, 80, false],
    [10, 80, true],
    [10, 400, false],
    [3, 80, false],
    [50, 80, false],
  ])(
    '%p requests a second at %p ms (limit told: %p) settle: few refusals, most of the rate used',
    (perSecond, latency, tellsLimit) => {
      const server = { perSecond, tellsLimit, latencyMs: () => latency };
      const settled = simulateServer(options, server, 120_000).filter(({ atMs }) => atMs >= 10_000);
      const refused = settled.filter(({ status }) => status === 429).length;
      expect(refused / settled.length).toBeLessThanOrEqual(0.05);
      expect((settled.length - refused) / (110 * perSecond)).toBeGreaterThanOrEqual(0.8);
    },
  );
});
