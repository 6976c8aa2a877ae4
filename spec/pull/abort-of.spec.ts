import { expect, test } from '@jest/globals';
import { lastValueFrom, NEVER, Observable, of } from 'rxjs';
import { abortOf$, untilAborted } from '../../lib/pull/abort-of.js';

test('a signal that is aborted tells so once, one that was before at once', () => {
  const told: string[] = [];
  const controller = new AbortController();
  const subscription = abortOf$(controller.signal).subscribe((reason) => told.push(reason));
  expect(told).toEqual([]);
  controller.abort();
  expect(told).toEqual(['aborted']);
  subscription.unsubscribe();
  abortOf$(controller.signal).subscribe((reason) => told.push(`later ${reason}`));
  expect(told).toEqual(['aborted', 'later aborted']);
});

test('who has unsubscribed is told nothing', () => {
  const told: string[] = [];
  const controller = new AbortController();
  abortOf$(controller.signal)
    .subscribe((reason) => told.push(reason))
    .unsubscribe();
  controller.abort();
  expect(told).toEqual([]);
});

test('without a signal, and with one that stays quiet, the result comes', async () => {
  expect(await lastValueFrom(of(1).pipe(untilAborted(undefined)))).toBe(1);
  expect(await lastValueFrom(of(1).pipe(untilAborted(new AbortController().signal)))).toBe(1);
});

test('aborted before, it is left and ends with the reason', async () => {
  const controller = new AbortController();
  let isLeft = false;
  const source$ = new Observable<number>((subscriber) => {
    subscriber.add(NEVER.subscribe());
    return () => (isLeft = true);
  });
  const result = lastValueFrom(source$.pipe(untilAborted(controller.signal)));
  const reason = new Error('enough');
  controller.abort(reason);
  await expect(result).rejects.toBe(reason);
  expect(isLeft).toBe(true);
});
