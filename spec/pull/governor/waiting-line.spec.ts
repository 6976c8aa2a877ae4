import { expect, test } from '@jest/globals';
import type { RequestLane } from '../../../lib/core/request-lane.js';
import { WaitingLine, type Waiter } from '../../../lib/pull/governor/waiting-line.js';

const waiter = (lane: RequestLane): Waiter => ({
  lane,
  party: undefined,
  start: () => undefined,
  fail: () => undefined,
});
const open = (): boolean => true;

const fill = (lanes: readonly RequestLane[]): { queue: WaitingLine; waiters: Waiter[] } => {
  const queue = new WaitingLine();
  const waiters = lanes.map(waiter);
  for (const one of waiters) queue.add(one);
  return { queue, waiters };
};

const takeAll = (queue: WaitingLine): RequestLane[] => {
  const taken: RequestLane[] = [];
  for (let next = queue.take(open); next; next = queue.take(open)) taken.push(next.lane);
  return taken;
};

test('lanes are served in turn, so that a long one starves none', () => {
  const { queue } = fill(['attachments', 'attachments', 'attachments', 'pages', 'pages', 'comments']);
  expect(takeAll(queue)).toEqual(['attachments', 'pages', 'comments', 'attachments', 'pages', 'attachments']);
});

test('within a lane the oldest comes first', () => {
  const { queue, waiters } = fill(['pages', 'pages', 'pages']);
  expect([queue.take(open), queue.take(open), queue.take(open), queue.take(open)]).toEqual([
    ...waiters,
    undefined,
  ]);
});

test('a closed lane is passed over and keeps its turn', () => {
  const { queue } = fill(['pages', 'comments', 'comments', 'pages']);
  expect(queue.take((lane) => lane !== 'pages')?.lane).toBe('comments');
  expect(queue.take(() => false)).toBeUndefined();
  expect(takeAll(queue)).toEqual(['pages', 'comments', 'pages']);
});

test('tells the lanes in which somebody waits', () => {
  const { queue, waiters } = fill(['pages', 'comments']);
  const [page] = waiters;
  if (page) queue.remove(page);
  expect(queue.waiting()).toEqual(['comments']);
});

test('drains only those that are meant', () => {
  const { queue, waiters } = fill(['pages', 'comments', 'pages']);
  expect(queue.drain(({ lane }) => lane === 'pages')).toEqual([waiters[0], waiters[2]]);
  expect(queue.waiting()).toEqual(['comments']);
});

test('what was removed or drained is not taken', () => {
  const { queue, waiters } = fill(['pages', 'pages', 'comments']);
  const [first, ...rest] = waiters;
  if (first) queue.remove(first);
  queue.remove(waiter('users'));
  expect(queue.drain(open)).toEqual(rest);
  expect([queue.take(open), queue.waiting(), queue.drain(open)]).toEqual([undefined, [], []]);
});
