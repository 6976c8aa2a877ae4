import { expect, test } from '@jest/globals';
import { BehaviorSubject, NEVER, Subject, lastValueFrom, of, range, throwError, toArray } from 'rxjs';
import { batchMap } from '../../lib/operators/batch-map.js';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Batches that stay active until they are ended. */
const working = () => {
  const batches: (readonly number[])[] = [];
  const inners: Subject<string>[] = [];
  const project = (batch: readonly number[]): Subject<string> => {
    const inner = new Subject<string>();
    batches.push(batch);
    inners.push(inner);
    return inner;
  };
  return { project, batches, end: (index: number) => inners[index]?.complete() };
};

test('values that come at once go together, in batches of the size that is asked for when there is room', async () => {
  const { project, batches, end } = working();
  let size = 2;
  range(1, 9)
    .pipe(batchMap(project, { size: () => size, limit$: of(2) }))
    .subscribe();
  await settled();
  expect(batches).toEqual([
    [1, 2],
    [3, 4],
  ]);
  size = 4;
  end(0);
  await settled();
  expect(batches.at(-1)).toEqual([5, 6, 7, 8]);
  end(1);
  await settled();
  expect(batches.at(-1)).toEqual([9]);
});

test('none waits for others', async () => {
  const { project, batches } = working();
  const source = new Subject<number>();
  source.pipe(batchMap(project, { size: () => 10, limit$: of(3) })).subscribe();
  source.next(1);
  await settled();
  source.next(2);
  await settled();
  expect(batches).toEqual([[1], [2]]);
});

test('all of many come, and then the end', async () => {
  const sizes$ = range(0, 50_000).pipe(
    batchMap((batch) => of(...batch), { size: () => 7, limit$: of(1) }),
    toArray(),
  );
  expect(await lastValueFrom(sizes$)).toEqual(Array.from({ length: 50_000 }, (_, i) => i));
});

test('tells demand once nothing waits and there is room', async () => {
  const { project, end } = working();
  const demand = new BehaviorSubject(false);
  range(1, 4)
    .pipe(batchMap(project, { size: () => 2, limit$: of(1), demand }))
    .subscribe();
  const source = new Subject<number>();
  source.pipe(batchMap(project, { size: () => 2, limit$: of(1), demand })).subscribe();
  expect(demand.value).toBe(true);
  source.next(1);
  expect(demand.value).toBe(false);
  await settled();
  end(1);
  await settled();
  expect(demand.value).toBe(true);
});

test('a drain drops what waits; unsubscribing ends what is active', async () => {
  const { project, batches } = working();
  const drain$ = new Subject<void>();
  const lane = range(1, 9)
    .pipe(batchMap(project, { size: () => 2, limit$: of(1), drain$ }))
    .subscribe();
  await settled();
  drain$.next();
  lane.unsubscribe();
  await settled();
  expect(batches).toEqual([[1, 2]]);
});

test('an error of a batch is one of all', async () => {
  const lane$ = range(1, 3).pipe(
    batchMap((batch) => (batch.includes(3) ? throwError(() => new Error('three')) : NEVER), {
      size: () => 2,
      limit$: of(2),
    }),
  );
  await expect(lastValueFrom(lane$)).rejects.toThrow('three');
});
