import { expect, test } from '@jest/globals';
import { Holds } from '../../../lib/pull/governor/holds.js';

test('a lane is held on its own; a hold of all lanes holds each', () => {
  const holds = new Holds();
  holds.hold('pages', 0, 100);
  expect([holds.untilMs('pages'), holds.untilMs('comments')]).toEqual([100, 0]);
  holds.hold(undefined, 0, 50);
  expect([holds.untilMs('pages'), holds.untilMs('comments')]).toEqual([100, 50]);
});

test('a shorter hold does not end a longer one', () => {
  const holds = new Holds();
  holds.hold('pages', 0, 100);
  holds.hold('pages', 0, 10);
  holds.hold(undefined, 0, 70);
  holds.hold(undefined, 0, 20);
  expect([holds.untilMs('pages'), holds.untilMs('users')]).toEqual([100, 70]);
});

test('holds that follow each other are one wait until the lane has an answer; other lanes do not end it', () => {
  const holds = new Holds();
  expect(holds.hold('pages', 10, 20)).toBe(10);
  holds.answered('comments');
  expect(holds.hold('pages', 20, 30)).toBe(10);
  holds.answered('pages');
  expect(holds.hold('pages', 30, 40)).toBe(30);
});

test('a wait of all lanes ends with the answer of any', () => {
  const holds = new Holds();
  expect([holds.hold(undefined, 10, 20), holds.hold(undefined, 20, 30)]).toEqual([10, 10]);
  holds.answered('comments');
  expect(holds.hold(undefined, 30, 40)).toBe(30);
});
