import { expect, jest, test } from '@jest/globals';
import { Subject, of } from 'rxjs';
import { checkpointOn } from '../../lib/operators/checkpoint-on.js';
import { marbles } from '../support/marbles.js';

test('mirrors the source, saves on each trigger and once more before it completes', () =>
  marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
    const source = hot('  -a-b-c-|      ');
    const subs = '        ^------!      ';
    const trigger$ = hot('--t----------t');
    const triggers = '    ^------!      ';
    const saved = cold('  ---s|         ');
    const saves = ['      --^---!       ', '-------^---!'];
    const expected = '    -a-b-c-----|  ';
    expectObservable(source.pipe(checkpointOn(trigger$, { save: () => saved }))).toBe(expected);
    expectSubscriptions(source.subscriptions).toBe(subs);
    expectSubscriptions(trigger$.subscriptions).toBe(triggers);
    expectSubscriptions(saved.subscriptions).toBe(saves);
  }));

test('any number of triggers during a save are followed by one more save', () =>
  marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
    const source = hot('  --------------|     ');
    const trigger$ = hot('-ttt|                ');
    const saved = cold('  ----|               ');
    const saves = ['      -^---!              ', '-----^---!', '--------------^---!'];
    const expected = '    ------------------| ';
    expectObservable(source.pipe(checkpointOn(trigger$, { save: () => saved }))).toBe(expected);
    expectSubscriptions(saved.subscriptions).toBe(saves);
  }));

test('the last save starts after one that is still running, and is the only one then', () =>
  marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
    const source = hot('  ---|        ');
    const trigger$ = hot('-tt         ');
    const saved = cold('  ----|       ');
    const saves = ['      -^---!      ', '-----^---!'];
    const expected = '    ---------|  ';
    expectObservable(source.pipe(checkpointOn(trigger$, { save: () => saved }))).toBe(expected);
    expectSubscriptions(saved.subscriptions).toBe(saves);
  }));

test('an error of the source passes on after the last save', () =>
  marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
    const source = hot('  -a-#    ');
    const trigger$ = hot('------t ');
    const saved = cold('  --|     ');
    const saves = '       ---^-!  ';
    const expected = '    -a---#  ';
    expectObservable(source.pipe(checkpointOn(trigger$, { save: () => saved }))).toBe(expected);
    expectSubscriptions(saved.subscriptions).toBe(saves);
    expectSubscriptions(trigger$.subscriptions).toBe('^--!');
  }));

test('an error of a save ends the result and the source', () =>
  marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
    const source = hot('  -a--b-  ');
    const subs = '        ^--!    ';
    const trigger$ = hot('-t----  ');
    const saved = cold('  --#     ');
    const expected = '    -a-#    ';
    expectObservable(source.pipe(checkpointOn(trigger$, { save: () => saved }))).toBe(expected);
    expectSubscriptions(source.subscriptions).toBe(subs);
    expectSubscriptions(trigger$.subscriptions).toBe(subs);
  }));

test.each([
  ['the last save', '------'],
  ['a save in flight', '-t----'],
])("the source's error has precedence over one of %s", (_, triggers) =>
  marbles(({ cold, hot, expectObservable }) => {
    const source = hot('--#   ', undefined, 'of the source');
    const saved = cold('--#   ', undefined, 'of the save');
    const expected = triggers.includes('t') ? '---#' : '----#';
    const result = source.pipe(checkpointOn(hot(triggers), { save: () => saved }));
    expectObservable(result).toBe(expected, undefined, 'of the source');
  }),
);

test('an error of trigger$ ends the result', () =>
  marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot('  -a---  ');
    const trigger$ = hot('--#    ');
    expectObservable(source.pipe(checkpointOn(trigger$, { save: () => of(1) }))).toBe('-a#');
    expectSubscriptions(source.subscriptions).toBe('^-!');
  }));

test('unsubscribing aborts a running save and starts none', () =>
  marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
    const source = hot('  -a-----   ');
    const trigger$ = hot('--t----   ');
    const saved = cold('  -----|    ');
    const saves = '       --^-!     ';
    const unsub = '       ----!     ';
    expectObservable(source.pipe(checkpointOn(trigger$, { save: () => saved })), unsub).toBe('-a');
    expectSubscriptions(saved.subscriptions).toBe(saves);
    expectSubscriptions(source.subscriptions).toBe('^---!');
    expectSubscriptions(trigger$.subscriptions).toBe('^---!');
  }));

test('a synchronous source is saved once; what save throws is an error', () => {
  const save = jest.fn(() => of(1));
  const complete = jest.fn();
  of(1, 2, 3).pipe(checkpointOn(new Subject(), { save })).subscribe({ complete });
  expect([save.mock.calls.length, complete.mock.calls.length]).toEqual([1, 1]);

  const error = jest.fn();
  const reason = new Error('disk full');
  const failing = (): never => {
    throw reason;
  };
  of(1)
    .pipe(checkpointOn(new Subject(), { save: failing }))
    .subscribe({ error });
  expect(error).toHaveBeenCalledWith(reason);
});

test('says which save is the last', () => {
  const source = new Subject<string>();
  const trigger$ = new Subject<string>();
  const saves: boolean[] = [];
  const save = (isLast: boolean) => {
    saves.push(isLast);
    return of('saved');
  };
  source.pipe(checkpointOn(trigger$, { save })).subscribe();
  trigger$.next('a');
  trigger$.next('b');
  source.complete();
  expect(saves).toEqual([false, false, true]);
});
