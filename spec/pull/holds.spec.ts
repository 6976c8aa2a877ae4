import { expect, test } from '@jest/globals';
import { Holds } from '../../lib/pull/holds.js';

test('a lane is held on its own; a hold of all lanes holds each', () => {
  const holds = new Holds();
  holds.hold('pages', 100);
  expect([holds.untilMs('pages'), holds.untilMs('comments')]).toEqual([100, 0]);
  holds.hold(undefined, 50);
  expect([holds.untilMs('pages'), holds.untilMs('comments')]).toEqual([100, 50]);
});

test('a shorter hold does not end a longer one', () => {
  const holds = new Holds();
  holds.hold('pages', 100);
  holds.hold('pages', 10);
  holds.hold(undefined, 70);
  holds.hold(undefined, 20);
  expect([holds.untilMs('pages'), holds.untilMs('users')]).toEqual([100, 70]);
});
