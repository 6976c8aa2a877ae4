import { expect, jest, test } from '@jest/globals';
import { Subject } from 'rxjs';
import type { Progress } from '../../../lib/events/events.js';
import { progress$ } from '../../../lib/pull/run/progress.js';
import type { Step } from '../../../lib/pull/run/step.js';
import { failedItem } from '../../support/events.js';
import { fakeWiki, page } from '../../support/fake-wiki.js';
import { useLanes } from '../../support/pulling.js';

const lanes = useLanes();

const LISTED: readonly Step[] = [
  { type: 'listed', kind: 'page', count: 10 },
  { type: 'listed', kind: 'blogpost', count: 2 },
  { type: 'listed', kind: 'attachment', count: 4 },
  { type: 'listed', kind: 'comments', count: 1 },
];

const written = (kind: 'page' | 'blogpost' | 'attachment' | 'comments'): Step => ({
  type: 'outcome',
  kind,
  result: 'unchanged',
});

test('tells at most four times a second how much is done of what, how fast, and for how long', async () => {
  const { run } = await lanes(fakeWiki({ pages: [page(1)] }));
  jest.useFakeTimers();
  try {
    const steps$ = new Subject<Step>();
    const told: Progress[] = [];
    progress$(run, steps$, Date.now).subscribe((event) => told.push(event));
    const take = (...steps: readonly Step[]): void => {
      for (const step of steps) {
        run.count(step);
        steps$.next(step);
      }
    };
    take(...LISTED);
    jest.advanceTimersByTime(1000);
    const begun = told.length;
    for (let n = 0; n < 5; n += 1) {
      take(written('page'));
      jest.advanceTimersByTime(200);
    }
    take(written('blogpost'), { type: 'outcome', kind: 'page', result: 'failed', failed: failedItem() });
    jest.advanceTimersByTime(1000);
    expect(told.length - begun).toBeLessThanOrEqual(8);
    const last = told.at(-1);
    expect(last).toMatchObject({
      type: 'progress',
      pages: { done: 6, failed: 1, total: 12 },
      attachments: { done: 0, failed: 0, total: 4 },
      comments: { done: 0, failed: 0, total: 1 },
    });
    // Ten items are left: five pages, four attachments, comments of one page.
    expect(((last?.etaMs ?? NaN) / 1000) * (last?.perSecond ?? NaN)).toBeCloseTo(10, 0);
  } finally {
    jest.useRealTimers();
  }
});

test('before anything is listed there is no progress to tell', async () => {
  const { run } = await lanes(fakeWiki({ pages: [page(1)] }));
  jest.useFakeTimers();
  try {
    const steps$ = new Subject<Step>();
    const told: Progress[] = [];
    progress$(run, steps$, Date.now).subscribe((event) => told.push(event));
    steps$.next({ type: 'listed', kind: 'page', count: 0 });
    jest.advanceTimersByTime(1000);
    expect(told).toEqual([]);
  } finally {
    jest.useRealTimers();
  }
});

/** What is told last of these steps, which are a second apart. */
const lastAfter = async (...paces: readonly (readonly Step[])[]): Promise<Progress | undefined> => {
  const { run } = await lanes(fakeWiki({ pages: [page(1)] }));
  jest.useFakeTimers();
  try {
    const steps$ = new Subject<Step>();
    let last: Progress | undefined;
    progress$(run, steps$, Date.now).subscribe((event) => {
      last = event;
    });
    for (const steps of paces) {
      for (const step of steps) {
        run.count(step);
        steps$.next(step);
      }
      jest.advanceTimersByTime(1000);
    }
    return last;
  } finally {
    jest.useRealTimers();
  }
};

test('while there are pages left the pace is theirs, then that of attachments', async () => {
  const [listed, attachments] = [LISTED.slice(0, 1), LISTED.slice(2, 3)];
  const pagesOf = (count: number) => Array.from({ length: count }, () => written('page'));
  const file = [written('attachment')];
  const fetching = await lastAfter([...listed, ...attachments], pagesOf(4), [...pagesOf(4), ...file]);
  expect(fetching?.perSecond).toBeCloseTo(4, 0);
  const done = await lastAfter([...listed, ...attachments, ...pagesOf(10)], file, file);
  expect(done?.perSecond).toBeCloseTo(1, 0);
});

test('how long it will take is not told before anything is done', async () => {
  const last = await lastAfter(LISTED);
  expect(last).toMatchObject({ type: 'progress', perSecond: 0, concurrency: 5, requests: 0, bytes: 0 });
  expect(last).not.toHaveProperty('etaMs');
});

test('the bytes are those of attachments', async () => {
  const last = await lastAfter(LISTED, [
    { type: 'outcome', kind: 'attachment', result: 'written', bytes: 70 },
    { type: 'outcome', kind: 'page', result: 'written', bytes: 5 },
  ]);
  expect(last).toMatchObject({ bytes: 70, attachments: { done: 1 }, pages: { done: 1 } });
});
