import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { KINDS } from '../../../lib/core/kinds.js';
import { AccountError } from '../../../lib/errors/account-error.js';
import { checkAccount } from '../../../lib/pull/run/check-account.js';
import type { Result, Step } from '../../../lib/pull/run/step.js';
import {
  addStep,
  countOf,
  countFailedItems,
  emptyTally,
  failedItemsOf,
  countProcessed,
  progressOf,
  type Tally,
  unbalancedKinds,
} from '../../../lib/pull/run/tally.js';
import { failedItem } from '../../support/events.js';

const tallyOf = (steps: readonly Step[]): Tally => steps.reduce(addStep, emptyTally);

test('counts what is listed and what becomes of it, with bytes', () => {
  const tally = tallyOf([
    { type: 'listed', kind: 'page', count: 3 },
    { type: 'outcome', kind: 'page', result: 'written', bytes: 10 },
    { type: 'outcome', kind: 'page', result: 'unchanged', count: 2 },
    { type: 'listed', kind: 'attachment', count: 1 },
    { type: 'outcome', kind: 'attachment', result: 'written', bytes: 5 },
    { type: 'event', event: { type: 'warning', code: 'x', message: 'y' } },
  ]);
  expect(tally.totals.page).toMatchObject({ listed: 3, written: 1, unchanged: 2 });
  expect(tally).toMatchObject({ bytes: 15, attachmentBytes: 5 });
  expect(failedItemsOf(tally)).toEqual([]);
  expect([countProcessed(tally), countOf(tally, 'written'), countOf(tally, 'listed')]).toEqual([4, 2, 4]);
  expect(() => checkAccount(tally)).not.toThrow();
});

test('keeps what failed and why', () => {
  const failed = failedItem();
  const tally = tallyOf([
    { type: 'listed', kind: 'page', count: 1 },
    { type: 'outcome', kind: 'page', result: 'failed', failed },
  ]);
  expect(failedItemsOf(tally)).toEqual([failed]);
  expect(progressOf(tally, ['page', 'blogpost'])).toEqual({ done: 0, failed: 1, total: 1 });
});

test('names what failed in this order, all or the first of it, and leaves earlier accounts as they were', () => {
  const steps = Array.from({ length: 5 }, (_, i): Step => {
    const failed = { ...failedItem(), id: String(i) };
    return { type: 'outcome', kind: 'page', result: 'failed', failed };
  });
  const before = tallyOf(steps.slice(0, 2));
  const tally = steps.slice(2).reduce(addStep, before);
  const idsOf = (items: readonly { readonly id: string }[]) => items.map(({ id }) => id).join('');
  expect(idsOf(failedItemsOf(tally))).toBe('01234');
  expect(idsOf(failedItemsOf(tally, 2))).toBe('01');
  expect(idsOf(failedItemsOf(before))).toBe('01');
  expect([countFailedItems(tally), countFailedItems(before), countFailedItems(emptyTally)]).toEqual([
    5, 2, 0,
  ]);
});

test('a failure more costs no copy of those before: an account shares what it continues', () => {
  const failed = failedItem();
  const step: Step = { type: 'outcome', kind: 'page', result: 'failed', failed };
  const before = addStep(emptyTally, step);
  expect(addStep(before, step).failures?.before).toBe(before.failures);
});

test('what is deleted was not listed: it balances nothing', () => {
  const tally = tallyOf([
    { type: 'listed', kind: 'page', count: 1 },
    { type: 'outcome', kind: 'page', result: 'deleted' },
  ]);
  expect(unbalancedKinds(tally)).toEqual(['page']);
});

test('an account that does not balance is an error that names its kinds', () => {
  const tally = tallyOf([
    { type: 'listed', kind: 'page', count: 2 },
    { type: 'outcome', kind: 'page', result: 'written' },
    { type: 'listed', kind: 'comments', count: 1 },
    { type: 'outcome', kind: 'comments', result: 'notVisible' },
  ]);
  expect(() => checkAccount(tally)).toThrow(AccountError);
  expect(() => checkAccount(tally)).toThrow(/page .*"listed":2,"written":1/);
});

test('balances exactly when every listed item has come to one end', () => {
  const kind = fc.constantFrom(...KINDS);
  const result = fc.constantFrom<Result>('written', 'unchanged', 'moved', 'failed', 'notVisible');
  fc.assert(
    fc.property(fc.array(fc.tuple(kind, result), { minLength: 1 }), (items) => {
      const steps = items.flatMap(([of, end]): Step[] => [
        { type: 'listed', kind: of, count: 1 },
        { type: 'outcome', kind: of, result: end },
      ]);
      expect(unbalancedKinds(tallyOf(steps))).toEqual([]);
      expect(unbalancedKinds(tallyOf(steps.slice(0, -1)))).toEqual([items.at(-1)?.[0]]);
    }),
  );
});
