import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatRuns, parseRuns } from '../../lib/documents/several-runs.js';

test('runs are read as they were written, whatever the folders are called', () => {
  const names = fc.string({ unit: 'grapheme', minLength: 1 });
  fc.assert(
    fc.property(fc.dictionary(names, fc.stringMatching(/^[0-9a-f]{12}$/)), (runs) => {
      const all = new Map(Object.entries<string>(runs));
      expect(parseRuns(formatRuns(all))).toEqual(all);
    }),
  );
});

test.each(['4f00', 'DOCS=', '=4f', 'DOCS=1=2', 'DOCS=1,', '%=1'])('%j is no list of runs', (text) => {
  expect(parseRuns(text)).toBeUndefined();
});
