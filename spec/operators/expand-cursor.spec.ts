import { describe, expect, jest, test } from '@jest/globals';
import { EMPTY, EmptyError, NEVER, type Observable, Subject, map, of, take, throwError } from 'rxjs';
import { type CursorPage, expandCursor$, RepeatedCursorError } from '../../lib/operators/expand-cursor.js';
import { marbles } from '../support/marbles.js';

type Page = CursorPage<string>;

const pages: Readonly<Record<string, Page>> = {
  a: { items: ['1', '2'], next: 'b' },
  b: { items: [], next: 'c' },
  c: { items: ['3'] },
};
const LEVELS = { t: true, f: false };

/** Fetches from `inner`, by cursor; the first page is `a`. */
const fetchFrom =
  <T>(inner: Readonly<Record<string, Observable<T>>>) =>
  (cursor = 'a'): Observable<T> =>
    inner[cursor] ?? NEVER;

describe('without demand$', () => {
  test('fetches page after page, empty ones too, until one has no next', () =>
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const a = cold('     --(a|)        ', pages);
      const subsA = '      ^-!           ';
      const b = cold('       ---(b|)     ', pages);
      const subsB = '      --^--!        ';
      const c = cold('          -(c|)    ', pages);
      const subsC = '      -----^!       ';
      const expected = '   --a--b(c|)    ';
      expectObservable(expandCursor$(fetchFrom({ a, b, c }))).toBe(expected, pages);
      expectSubscriptions(a.subscriptions).toBe(subsA);
      expectSubscriptions(b.subscriptions).toBe(subsB);
      expectSubscriptions(c.subscriptions).toBe(subsC);
    }));

  test('50,000 synchronous pages do not overflow the stack', () => {
    const fetchPage = (cursor = '0') =>
      of<CursorPage<never>>(
        cursor === '50000' ? { items: [] } : { items: [], next: String(Number(cursor) + 1) },
      );
    let count = 0;
    expandCursor$(fetchPage).subscribe(() => (count += 1));
    expect(count).toBe(50_001);
  });

  test('takes a promise, and hands on more than the page needs', async () => {
    const fetchPage = () => Promise.resolve({ items: ['1'], total: 1 });
    const totals: number[] = [];
    await expandCursor$(fetchPage).forEach(({ total }) => totals.push(total));
    expect(totals).toEqual([1]);
  });

  test('starts over on each subscription', () => {
    const fetchPage = jest.fn((cursor?: string) =>
      of<Page>(cursor === undefined ? { items: [], next: 'b' } : { items: [] }),
    );
    const pages$ = expandCursor$(fetchPage);
    pages$.subscribe();
    pages$.subscribe();
    expect(fetchPage.mock.calls).toEqual([[undefined], ['b'], [undefined], ['b']]);
  });
});

describe('demand$', () => {
  test('the first page needs none; each further one waits until it is true', () =>
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const a = cold('     -(a|)         ', pages);
      const b = cold('        --(b|)     ', pages);
      const c = cold('              --(c|)', pages);
      const demand$ = hot('---tf----t-   ', LEVELS);
      const demands = '    ^----------!  ';
      const expected = '   -a---b-----(c|)';
      expectObservable(expandCursor$(fetchFrom({ a, b, c }), { demand$ })).toBe(expected, pages);
      expectSubscriptions(b.subscriptions).toBe('---^-!');
      expectSubscriptions(c.subscriptions).toBe('---------^-!');
      expectSubscriptions(demand$.subscriptions).toBe(demands);
    }));

  test('given during a fetch it counts once the page is there; taken back it does not', () =>
    marbles(({ cold, hot, expectObservable }) => {
      const a = cold('     --(a|)        ', pages);
      const b = cold('       ---(b|)     ', pages);
      const demand$ = hot('-t-f-----     ', LEVELS);
      const expected = '   --a--b---     ';
      expectObservable(expandCursor$(fetchFrom({ a, b }), { demand$ })).toBe(expected, pages);
    }));

  test('taken back while a page is delivered holds the next one', () => {
    const demand$ = new Subject<boolean>();
    const fetchPage = jest.fn((cursor = '0') => of({ items: [], next: String(Number(cursor) + 1) }));
    expandCursor$(fetchPage, { demand$ }).subscribe(() => demand$.next(false));
    demand$.next(true);
    demand$.next(true);
    expect(fetchPage).toHaveBeenCalledTimes(3);
  });

  test('holds nothing back once it has completed', () =>
    marbles(({ cold, hot, expectObservable }) => {
      const a = cold('     -(a|)         ', pages);
      const b = cold('         -(b|)     ', pages);
      const c = cold('          -(c|)    ', pages);
      const demand$ = hot('----|         ');
      const expected = '   -a---b(c|)    ';
      const result = expandCursor$(fetchFrom({ a, b, c }), { demand$: demand$.pipe(map(() => true)) });
      expectObservable(result).toBe(expected, pages);
    }));

  test('its error ends the result and aborts the fetch', () =>
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      const a = cold<Page>('------        ', pages);
      const demand$ = hot<boolean>('--#   ');
      expectObservable(expandCursor$(fetchFrom({ a }), { demand$ })).toBe('--#');
      expectSubscriptions(a.subscriptions).toBe('^-!');
    }));
});

test('an error of a fetch ends the result', () =>
  marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
    const a = cold('     --(a|)  ', pages);
    const b = cold<Page>('  -#    ');
    const demand$ = hot('t----   ', LEVELS);
    const expected = '   --a#    ';
    expectObservable(expandCursor$(fetchFrom({ a, b }), { demand$ })).toBe(expected, pages);
    expectSubscriptions(demand$.subscriptions).toBe('^--!');
  }));

test('unsubscribing aborts the fetch in flight', () =>
  marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
    const a = cold('     --(a|)     ', pages);
    const b = cold('       -----(b|)', pages);
    const subsB = '      --^-!       ';
    const demand$ = hot('t----       ', LEVELS);
    const unsub = '      ----!       ';
    const expected = '   --a--       ';
    expectObservable(expandCursor$(fetchFrom({ a, b }), { demand$ }), unsub).toBe(expected, pages);
    expectSubscriptions(b.subscriptions).toBe(subsB);
    expectSubscriptions(demand$.subscriptions).toBe('^---!');
  }));

test('a consumer that has enough causes no further fetch, synchronous ones too', () => {
  const fetchPage = jest.fn((cursor = '0') => of({ items: [], next: String(Number(cursor) + 1) }));
  expandCursor$(fetchPage).pipe(take(2)).subscribe();
  expect(fetchPage).toHaveBeenCalledTimes(2);
});

test('a cursor that comes a second time is an error, after its page', () => {
  const seen: unknown[] = [];
  const next: Readonly<Record<string, string>> = { a: 'b', b: 'c', c: 'b' };
  expandCursor$((cursor = 'a') => of({ items: [cursor], next: next[cursor] ?? '' })).subscribe({
    next: (page) => seen.push(...page.items),
    error: (error: unknown) => seen.push(error),
  });
  expect(seen).toEqual(['a', 'b', 'c', expect.any(RepeatedCursorError)]);
  expect(seen.at(-1)).toMatchObject({ cursor: 'b' });
});

test('an empty page that names a cursor a second time is the end', () => {
  const seen: unknown[] = [];
  const answers: Readonly<Record<string, Page>> = {
    a: { items: ['1'], next: 'b' },
    b: { items: ['2'], next: 'c' },
    c: { items: [], next: 'c' },
  };
  expandCursor$((cursor = 'a') => of(answers[cursor] ?? { items: [] })).subscribe({
    next: (page) => seen.push(page.items),
    error: (error: unknown) => seen.push(error),
    complete: () => seen.push('end'),
  });
  expect(seen).toEqual([['1'], ['2'], [], 'end']);
});

test.each([
  ['ends without a page', (): Observable<Page> => EMPTY, expect.any(EmptyError)],
  ['fails', () => throwError(() => new TypeError('no')), expect.any(TypeError)],
  [
    'throws',
    (): Observable<Page> => {
      throw new RangeError('no');
    },
    expect.any(RangeError),
  ],
])('a fetch that %s is an error, never the end of the listing', (_, fetchPage, expected) => {
  const error = jest.fn();
  const complete = jest.fn();
  expandCursor$(fetchPage).subscribe({ error, complete });
  expect(error.mock.calls).toEqual([[expected]]);
  expect(complete).not.toHaveBeenCalled();
});
