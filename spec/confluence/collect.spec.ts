import { expect, test } from '@jest/globals';
import { EMPTY, of, throwError } from 'rxjs';
import { collect, collectWhole } from '../../lib/confluence/collect.js';
import { all, failureOf } from '../support/wire.js';

const odd = (reason: string) => ({ id: undefined, reason });

test('all items come in one emission, in their order', async () => {
  const pages$ = of({ items: [1, 2], next: 'x' }, { items: [], next: 'y' }, { items: [3] });
  expect(await all(collect(pages$))).toEqual([[1, 2, 3]]);
  expect(await all(collectWhole(pages$))).toEqual([[1, 2, 3]]);
});

test('a listing without pages has no items, which is told', async () => {
  expect(await all(collect(EMPTY))).toEqual([[]]);
  expect(await all(collectWhole(EMPTY))).toEqual([[]]);
});

test('of rows that cannot be read one way makes nothing, the other an error with the first of them', async () => {
  const pages$ = of(
    { items: [1] },
    { items: [2], unreadable: [odd('no id')] },
    { items: [], unreadable: [odd('no body')] },
  );
  expect(await all(collect(pages$))).toEqual([[1, 2]]);
  expect(await failureOf(collectWhole(pages$))).toMatchObject({
    code: 'malformed-response',
    message: 'The answer has a row that cannot be read: no id.',
  });
});

test('a listing that fails has no items', async () => {
  const reason = new Error('gone');
  const failing$ = throwError(() => reason);
  expect([await failureOf(collect(failing$)), await failureOf(collectWhole(failing$))]).toEqual([
    reason,
    reason,
  ]);
});
