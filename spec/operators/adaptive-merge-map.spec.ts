import { describe, expect, jest, test } from '@jest/globals';
import {
  BehaviorSubject,
  EMPTY,
  NEVER,
  Subject,
  concat,
  defer,
  filter,
  finalize,
  map,
  mergeMap,
  of,
  range,
  take,
  throwError,
  timer,
} from 'rxjs';
import { adaptiveMergeMap } from '../../lib/operators/adaptive-merge-map.js';
import { expandCursor$ } from '../../lib/operators/expand-cursor.js';
import { marbles } from '../support/marbles.js';

/** Pages of the given sizes whose items are the number of their page. */
const listing = (sizes: readonly number[], delayMs = 1) => {
  const fetched = new Subject<number>();
  let fetches = 0;
  const page$ = (cursor = '0') => {
    const index = Number(cursor);
    fetches += 1;
    fetched.next(index);
    const items = Array.from({ length: sizes[index] ?? 0 }, () => index);
    const page = { items, ...(index + 1 < sizes.length && { next: String(index + 1) }) };
    return delayMs === 0 ? of(page) : timer(delayMs).pipe(map(() => page));
  };
  return { fetched, fetches: () => fetches, page$ };
};

const LIMITS = { 1: 1, 2: 2, 3: 3, 4: 4 };

describe('limit$', () => {
  test('sets how many inner Observables are active; the others wait in order', () =>
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-a-b-c-|     ');
      const subs = '      ^------!     ';
      const a = cold('     ----x|      ');
      const subsA = '     -^----!      ';
      const b = cold('       ----y|    ');
      const subsB = '     ---^----!    ';
      const c = cold('          ----z| ');
      const subsC = '     ------^----! ';
      const expected = '  -----x-y--z| ';
      const inner: Record<string, typeof a> = { a, b, c };
      const result = source.pipe(adaptiveMergeMap((key) => inner[key] ?? cold('|'), { limit$: of(2) }));
      expectObservable(result).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
      expectSubscriptions(a.subscriptions).toBe(subsA);
      expectSubscriptions(b.subscriptions).toBe(subsB);
      expectSubscriptions(c.subscriptions).toBe(subsC);
    }));

  test('is 1 before its first value; raising it starts waiting items at once', () =>
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const source = hot('(abcd|)      ');
      const limit$ = hot('--3-----|    ', LIMITS);
      const limits = '    ^-------!    ';
      const inner = cold('-----x|      ');
      const starts = ['   ^-----!      ', '--^-----!', '--^-----!', '------^-----!'];
      const expected = '  -----x-(xx)x|';
      expectObservable(source.pipe(adaptiveMergeMap(() => inner, { limit$ }))).toBe(expected);
      expectSubscriptions(inner.subscriptions).toBe(starts);
      expectSubscriptions(limit$.subscriptions).toBe(limits);
    }));

  test('lowering it lets active inner Observables finish and starts none until there is room', () =>
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const source = hot('(abcd|)      ');
      const limit$ = hot('3-1          ', LIMITS);
      const inner = cold('-----x|      ');
      const starts = ['^-----!', '^-----!', '^-----!', '------^-----!'];
      const expected = '  -----(xxx)-x|';
      expectObservable(source.pipe(adaptiveMergeMap(() => inner, { limit$ }))).toBe(expected);
      expectSubscriptions(inner.subscriptions).toBe(starts);
    }));

  test.each([0, -3, Number.NaN, 1.9])('%p counts as 1', (limit) =>
    marbles(({ cold, expectObservable }) => {
      const inner = cold('--x|   ');
      const expected = '  --x--x|';
      const result = of('a', 'b').pipe(adaptiveMergeMap(() => inner, { limit$: of(limit) }));
      expectObservable(result).toBe(expected);
    }),
  );
});

test('project gets the index in source order and may return any ObservableInput', async () => {
  const result = of('a', 'b', 'c').pipe(
    adaptiveMergeMap((value, index) => (index === 1 ? [value + String(index)] : [value, String(index)]), {
      limit$: of(2),
    }),
  );
  const values: string[] = [];
  await result.forEach((value) => values.push(value));
  expect(values).toEqual(['a', '0', 'b1', 'c', '2']);
});

describe('drain$', () => {
  test('drops what waits, leaves the source, finishes what is active, completes', () =>
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-abcd--e--f   ');
      const subs = '      ^----!        ';
      const drain$ = hot('-----s--s     ');
      const drains = '    ^----!        ';
      const inner = cold('-------x|     ');
      const starts = ['   -^-------!    ', '--^-------!'];
      const expected = '  --------xx|   ';
      const result = source.pipe(adaptiveMergeMap(() => inner, { limit$: of(2), drain$ }));
      expectObservable(result).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
      expectSubscriptions(drain$.subscriptions).toBe(drains);
      expectSubscriptions(inner.subscriptions).toBe(starts);
    }));

  test('drops what waits after the source has completed as well', () =>
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const source = hot('(abc|)  ');
      const drain$ = hot('--s     ');
      const inner = cold('----x|  ');
      const starts = ['   ^----!  '];
      const expected = '  ----x|  ';
      const result = source.pipe(adaptiveMergeMap(() => inner, { limit$: of(1), drain$ }));
      expectObservable(result).toBe(expected);
      expectSubscriptions(inner.subscriptions).toBe(starts);
    }));

  test('completes at once when nothing is active', () =>
    marbles(({ cold, hot, expectObservable }) => {
      const source = cold('---     ');
      const drain$ = hot('--s     ');
      const expected = '  --|     ';
      const result = source.pipe(adaptiveMergeMap(() => EMPTY, { limit$: of(1), drain$ }));
      expectObservable(result).toBe(expected);
    }));

  test('already given, does not even subscribe to the source', () =>
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('a-b|');
      const result = source.pipe(adaptiveMergeMap(() => NEVER, { limit$: of(1), drain$: of('stop') }));
      expectObservable(result).toBe('|');
      expectSubscriptions(source.subscriptions).toBe([]);
    }));

  test('completing without a value changes nothing', () =>
    marbles(({ cold, hot, expectObservable }) => {
      const source = hot('-a-b|    ');
      const drain$ = hot('--|      ');
      const inner = cold('--x|     ');
      const expected = '  ---x--x|';
      const result = source.pipe(adaptiveMergeMap(() => inner, { limit$: of(1), drain$ }));
      expectObservable(result).toBe(expected);
    }));

  test('given from within a synchronous burst, stops the burst', () => {
    const drain$ = new Subject<void>();
    const project = jest.fn((value: number) => {
      if (value === 3) drain$.next();
      return of(value);
    });
    const seen: number[] = [];
    const complete = jest.fn();
    range(1, 1_000_000_000)
      .pipe(adaptiveMergeMap(project, { limit$: of(5), drain$ }))
      .subscribe({ next: (value) => seen.push(value), complete });
    expect(seen).toEqual([1, 2, 3]);
    expect(complete).toHaveBeenCalledTimes(1);
  });
});

describe('errors end the result and unsubscribe all', () => {
  const subscribed = ['^--!'];

  test.each(['source', 'inner', 'limit$', 'drain$'])('of %s', (failing) =>
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const diagram = (name: string, marble: string): string => (name === failing ? '---#' : marble);
      const source = hot(diagram('source', 'a-----'));
      const limit$ = hot(diagram('limit$', '------'), LIMITS);
      const drain$ = hot(diagram('drain$', '------'));
      const inner = cold(diagram('inner', '------'));
      const feed = failing === 'source' ? concat(of('a'), source) : source;
      expectObservable(feed.pipe(adaptiveMergeMap(() => inner, { limit$, drain$ }))).toBe('---#');
      for (const part of [source, limit$, drain$, inner]) {
        expectSubscriptions(part.subscriptions).toBe(subscribed);
      }
    }),
  );

  test('of project', () => {
    const error = jest.fn();
    const reason = new Error('no');
    of(1)
      .pipe(
        adaptiveMergeMap(
          () => {
            throw reason;
          },
          { limit$: of(1) },
        ),
      )
      .subscribe({ error });
    expect(error).toHaveBeenCalledWith(reason);
  });

  test('an error starts nothing that was waiting', () => {
    const project = jest.fn(() => throwError(() => new Error('no')));
    range(1, 10)
      .pipe(adaptiveMergeMap(project, { limit$: of(1) }))
      .subscribe({ error: () => undefined });
    expect(project).toHaveBeenCalledTimes(1);
  });
});

describe('unsubscribing early', () => {
  test('unsubscribes source, limit$, drain$ and every inner Observable', () =>
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const source = hot('ab--c-- ');
      const limit$ = hot('2------ ', LIMITS);
      const drain$ = hot('------- ');
      const inner = cold('---x--- ');
      const unsub = '     ----!   ';
      const expected = '  ---x    ';
      const result = source.pipe(adaptiveMergeMap(() => inner, { limit$, drain$ }));
      expectObservable(result, unsub).toBe(expected);
      for (const part of [source, limit$, drain$]) expectSubscriptions(part.subscriptions).toBe('^---!');
      expectSubscriptions(inner.subscriptions).toBe(['^---!', '-^--!']);
    }));

  test('stops synchronous inner Observables and sources', () => {
    const produced = jest.fn();
    const endless = defer(() => range(0, Number.POSITIVE_INFINITY));
    const seen: number[] = [];
    endless
      .pipe(
        adaptiveMergeMap(
          (value) => {
            produced();
            return concat(of(value), endless);
          },
          { limit$: of(3) },
        ),
        take(3),
      )
      .subscribe((value) => seen.push(value));
    expect(seen).toEqual([0, 0, 1]);
    expect(produced).toHaveBeenCalledTimes(1);
  });
});

test('an inner Observable is torn down before the next one starts', () => {
  const log: string[] = [];
  const gate = new Subject<void>();
  of('a', 'b')
    .pipe(
      adaptiveMergeMap(
        (key) =>
          defer(() => {
            log.push(`start ${key}`);
            return key === 'a' ? gate : EMPTY;
          }).pipe(finalize(() => log.push(`end ${key}`))),
        { limit$: of(1) },
      ),
    )
    .subscribe();
  gate.complete();
  expect(log).toEqual(['start a', 'end a', 'start b', 'end b']);
});

test('200,000 synchronous inner Observables behind an asynchronous one do not overflow the stack', () => {
  const gate = new Subject<number>();
  let count = 0;
  const complete = jest.fn();
  range(0, 200_000)
    .pipe(adaptiveMergeMap((value) => (value === 0 ? gate : of(value)), { limit$: of(1) }))
    .subscribe({ next: () => (count += 1), complete });
  expect(count).toBe(0);
  gate.complete();
  expect(count).toBe(199_999);
  expect(complete).toHaveBeenCalledTimes(1);
});

test('values fed back into the source from within an inner Observable keep their order', () => {
  const source = new Subject<number>();
  const seen: number[] = [];
  source.pipe(adaptiveMergeMap((value) => of(value), { limit$: of(1) })).subscribe((value) => {
    seen.push(value);
    if (value < 100_000) source.next(value + 1);
  });
  source.next(1);
  expect(seen).toEqual(Array.from({ length: 100_000 }, (_, index) => index + 1));
});

describe('demand', () => {
  test('is true while fewer items wait and run than the limit allows, told only on a change', () =>
    marbles(({ cold, hot, expectObservable }) => {
      const demand = new Subject<boolean>();
      const source = cold('-(ab)-----c--|   ');
      const limit$ = hot(' 2--4------      ', LIMITS);
      const inner = cold('  ------x|        ');
      const wanted = '     tf-t---------f   ';
      const result = source.pipe(adaptiveMergeMap(() => inner, { limit$, demand }));
      const expected = '   -------(xx)-----x|';
      expectObservable(demand).toBe(wanted, { t: true, f: false });
      expectObservable(result).toBe(expected);
    }));

  test('lets a cursor fetch a page when a slot is free and nothing waits, not before', () =>
    marbles(({ cold, flush, scheduler }) => {
      const { fetched, page$ } = listing([3, 3, 1]);
      const demand = new BehaviorSubject(false);
      const inner = cold('   --------x| ');
      const pages$ = expandCursor$(page$, { demand$: demand });
      const result = pages$.pipe(
        mergeMap((page) => page.items),
        adaptiveMergeMap(() => inner, { limit$: of(2), demand }),
      );
      const times: number[] = [];
      fetched.subscribe(() => times.push(scheduler.now()));
      result.subscribe();
      flush();
      expect(times).toEqual([0, 10, 28]);
    }));

  test('carries a cursor past empty pages and pages that are filtered out', async () => {
    const { page$ } = listing([0, 2, 3, 0, 3, 1]);
    const demand = new BehaviorSubject(false);
    const seen: number[] = [];
    const result = expandCursor$(page$, { demand$: demand }).pipe(
      mergeMap((page) => page.items),
      filter((index) => index !== 2),
      adaptiveMergeMap((index) => timer(0).pipe(map(() => index)), { limit$: of(2), demand }),
    );
    await result.forEach((index) => seen.push(index));
    expect(seen).toEqual([1, 1, 4, 4, 4, 5]);
  });

  test('holds back a synchronous cursor while its items are only queued', () => {
    const { fetches, page$ } = listing(
      Array.from({ length: 1000 }, () => 3),
      0,
    );
    const demand = new BehaviorSubject(false);
    expandCursor$(page$, { demand$: demand })
      .pipe(
        mergeMap((page) => page.items),
        adaptiveMergeMap(() => NEVER, { limit$: of(4), demand }),
      )
      .subscribe();
    expect(fetches()).toBe(2);
  });

  test('20,000 synchronous pages of synchronous inner Observables do not overflow the stack', () => {
    const { page$ } = listing(
      Array.from({ length: 20_000 }, () => 3),
      0,
    );
    const demand = new BehaviorSubject(false);
    let count = 0;
    expandCursor$(page$, { demand$: demand })
      .pipe(
        mergeMap((page) => page.items),
        adaptiveMergeMap((index) => of(index), { limit$: of(2), demand }),
      )
      .subscribe(() => (count += 1));
    expect(count).toBe(60_000);
  });
});
