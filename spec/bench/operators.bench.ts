/**
 * `adaptiveMergeMap` beside plain `mergeMap`, p-queue and the streams of effect: items a second, what waits in memory before a slow
 * lane, and how a new limit is obeyed; half a minute. Run by `npm run bench -- operators`.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { Effect, Stream } from 'effect';
import PQueue from 'p-queue';
import { BehaviorSubject, type Observable, from, lastValueFrom, mergeMap, of, range } from 'rxjs';
import { adaptiveMergeMap, fromAsyncIterable$ } from '../../lib/operators/index.js';

const CAP = 4;
const ROUNDS = 5;

const print = (name: string, values: readonly string[]): boolean =>
  process.stdout.write(`${name.padEnd(44)} ${values.map((value) => value.padStart(14)).join('')}\n`);

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** Items a second, the median of some rounds. */
const speed = async (count: number, run: (count: number) => Promise<unknown>): Promise<string> => {
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    await run(count);
    rates.push((count * 1000) / (performance.now() - start));
  }
  return Math.round(median(rates)).toLocaleString('en');
};

const drained = <T>(source: Observable<T>): Promise<unknown> =>
  lastValueFrom(source, { defaultValue: undefined });

const viaQueue = async (items: Iterable<number>, work: (n: number) => Promise<unknown>): Promise<void> => {
  const queue = new PQueue({ concurrency: CAP });
  for (const n of items) void queue.add(() => work(n));
  await queue.onIdle();
};

const viaEffect = (items: Iterable<number>, work: (n: number) => Promise<unknown>): Promise<void> =>
  Effect.runPromise(
    Stream.fromIterable(items).pipe(
      Stream.mapEffect((n) => Effect.promise(() => work(n)), { concurrency: CAP, unordered: true }),
      Stream.runDrain,
    ),
  );

const limit$ = of(CAP);

const throughput = async (): Promise<void> => {
  print('items a second, each done at once', [
    await speed(1_000_000, (count) => drained(range(0, count).pipe(mergeMap((n) => of(n), CAP)))),
    await speed(1_000_000, (count) =>
      drained(range(0, count).pipe(adaptiveMergeMap((n) => of(n), { limit$ }))),
    ),
    '-',
    '-',
  ]);
  const work = (n: number): Promise<number> => Promise.resolve(n);
  const items = (count: number): number[] => Array.from({ length: count }, (_, n) => n);
  print('items a second, each a resolved promise', [
    await speed(100_000, (count) => drained(from(items(count)).pipe(mergeMap(work, CAP)))),
    await speed(100_000, (count) => drained(from(items(count)).pipe(adaptiveMergeMap(work, { limit$ })))),
    await speed(100_000, (count) => viaQueue(items(count), work)),
    await speed(100_000, (count) => viaEffect(items(count), work)),
  ]);
};

const COUNT = 20_000;

/** The most items that were made and not yet done, where each takes a turn of the event loop. */
const mostWaiting = async (
  run: (items: () => Generator<number>, work: (n: number) => Promise<void>) => Promise<unknown>,
): Promise<string> => {
  let made = 0;
  let done = 0;
  let most = 0;
  await run(
    function* () {
      for (; made < COUNT; yield made++) most = Math.max(most, made - done);
    },
    async () => {
      await turn();
      done += 1;
    },
  );
  return most.toLocaleString('en');
};

async function* inTurn(items: Iterable<number>): AsyncGenerator<number> {
  for (const item of items) yield await Promise.resolve(item);
}

const memory = async (): Promise<void> => {
  print(`of ${COUNT} items, waiting at most`, [
    await mostWaiting((items, work) => drained(from(items()).pipe(mergeMap(work, CAP)))),
    await mostWaiting((items, work) => {
      const demand = new BehaviorSubject(false);
      return drained(
        fromAsyncIterable$(inTurn(items()), { demand$: demand }).pipe(
          adaptiveMergeMap(work, { limit$, demand }),
        ),
      );
    }),
    await mostWaiting((items, work) => viaQueue(items(), work)),
    await mostWaiting((items, work) => viaEffect(items(), work)),
  ]);
};

/** Work that ends when it is told to, and how much is active. */
const lane = () => {
  const ends: (() => void)[] = [];
  const work = (): Promise<void> => new Promise((resolve) => ends.push(resolve));
  const endOne = async (): Promise<void> => {
    ends.shift()?.();
    await turn();
  };
  return { work, endOne, active: () => ends.length };
};

/** After how many ends of work the cap is lowered from 10 to 2, and how much runs at once after it is raised again. */
const obedience = async (
  start: (work: () => Promise<void>) => (cap: number) => void,
): Promise<readonly [string, string]> => {
  const { work, endOne, active } = lane();
  const setLimit = start(work);
  await turn();
  setLimit(2);
  let ends = 0;
  for (; active() > 2; ends += 1) await endOne();
  setLimit(10);
  await turn();
  return [String(ends), String(active())];
};

const limits = async (): Promise<void> => {
  const adaptive = await obedience((work) => {
    const cap$ = new BehaviorSubject(10);
    range(0, 1000)
      .pipe(adaptiveMergeMap(work, { limit$: cap$ }))
      .subscribe();
    return (cap) => cap$.next(cap);
  });
  const queued = await obedience((work) => {
    const queue = new PQueue({ concurrency: 10 });
    for (let n = 0; n < 1000; n += 1) void queue.add(work);
    return (cap) => {
      queue.concurrency = cap;
    };
  });
  print('limit 10 to 2: ends of work until it holds', ['fixed', adaptive[0], queued[0], 'fixed']);
  print('limit 2 to 10: at work at once', ['fixed', adaptive[1], queued[1], 'fixed']);
};

print('', ['mergeMap', 'adaptive', 'p-queue', 'effect']);
await throughput();
await memory();
await limits();
