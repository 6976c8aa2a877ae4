import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CHANGES, type ChangedFile } from '../../lib/events/run-summary.js';
import { keepChange, NO_CHANGES } from '../../lib/report/keep-changes.js';

const file = (change: ChangedFile['change'], i: number): ChangedFile => ({
  kind: 'page',
  id: String(i),
  change,
  path: `${i}.md`,
});

test('ten thousand new pages do not hide the one that was deleted', () => {
  const many = Array.from({ length: 10_000 }, (_file, i) => file('new', i));
  const { files } = [...many, file('deleted', 10_001)].reduce(keepChange, NO_CHANGES);
  expect(files).toHaveLength(200);
  expect(files.slice(0, 2)).toEqual([file('new', 0), file('new', 1)]);
  expect(files.at(-1)).toEqual(file('deleted', 10_001));
});

test('of each way of change as many are kept as there is room for', () => {
  const changes = fc.array(fc.constantFrom(...CHANGES), { minLength: 300, maxLength: 600 });
  fc.assert(
    fc.property(changes, (ways) => {
      const { files } = ways.map(file).reduce(keepChange, NO_CHANGES);
      expect(files).toHaveLength(200);
      const count = (all: readonly string[], change: string): number =>
        all.filter((each) => each === change).length;
      const kept = files.map(({ change }) => change);
      const most = Math.max(...CHANGES.map((change) => count(kept, change)));
      for (const change of CHANGES)
        expect(count(kept, change)).toBeGreaterThanOrEqual(Math.min(count(ways, change), most - 1));
    }),
    { numRuns: 50 },
  );
});
