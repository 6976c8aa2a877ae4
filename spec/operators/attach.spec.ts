import { expect, jest, test } from '@jest/globals';
import { NEVER, Subscription, range } from 'rxjs';
import { attach } from '../../lib/operators/attach.js';

test('a parent that closes during a synchronous burst stops it', () => {
  const parent = new Subscription();
  const next = jest.fn((value: number) => {
    if (value === 2) parent.unsubscribe();
  });
  attach(range(0, Number.POSITIVE_INFINITY), parent, { next });
  expect(next).toHaveBeenCalledTimes(3);
});

test('closes with its parent', () => {
  const parent = new Subscription();
  const child = attach(NEVER, parent, {});
  expect(child.closed).toBe(false);
  parent.unsubscribe();
  expect(child.closed).toBe(true);
});
