import { expect, test } from '@jest/globals';
import { Subject, from, lastValueFrom, take, toArray } from 'rxjs';
import { type ItemRecord, recordKey } from '../../../lib/core/records.js';
import { deletions$ } from '../../../lib/pull/lanes/deletions.js';
import { pagesLane$ } from '../../../lib/pull/lanes/pages-lane.js';
import { fakeWiki, pages } from '../../support/fake-wiki.js';
import { filesIn, useLanes } from '../../support/pulling.js';
import { recordedKeys } from '../../support/recorded-keys.js';

const open = useLanes();

const keyOf = ({ kind, id }: ItemRecord): string => recordKey(kind, id);

/** A mirror of `count` pages, and the deletion of the first `leaving`. */
const deleting = async (count: number, leaving: number, stop$ = new Subject<string>()) => {
  const planning = await open(fakeWiki({ pages: pages(count) }), {}, stop$);
  const { run, plan } = planning;
  await lastValueFrom(pagesLane$(run, plan.pages.fetch));
  const gone = await lastValueFrom(from(run.store.records.all()).pipe(take(leaving), toArray()));
  return { ...planning, done: () => lastValueFrom(deletions$(run, gone.map(keyOf)).pipe(toArray())), gone };
};

test('removes files and records, and tells which pages', async () => {
  const { done, run, gone } = await deleting(3, 1);
  expect(await done()).toEqual([
    {
      type: 'outcome',
      kind: 'page',
      result: 'deleted',
      event: { type: 'page.deleted', id: gone[0]?.id, path: gone[0]?.files[0]?.path },
    },
  ]);
  expect(await recordedKeys(run.store.records)).toHaveLength(2);
  expect(Object.keys(await filesIn(run.options.dir))).toHaveLength(2);
});

test('a stop ends the deletions after the one in progress', async () => {
  const stop$ = new Subject<string>();
  const { run, gone } = await deleting(5, 5, stop$);
  const steps = lastValueFrom(deletions$(run, gone.map(keyOf)).pipe(toArray()), { defaultValue: [] });
  stop$.next('SIGINT');
  expect(await steps).toHaveLength(1);
  expect(await recordedKeys(run.store.records)).toHaveLength(4);
});
