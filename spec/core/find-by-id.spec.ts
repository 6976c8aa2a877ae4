import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareIds } from '../../lib/core/compare-ids.js';
import { findById } from '../../lib/core/find-by-id.js';

const ids = fc.uniqueArray(fc.bigInt({ min: 1n, max: 40n }).map((n) => String(n ** 3n)));

test('each item is found by its id, and nothing by any other', () => {
  fc.assert(
    fc.property(ids, ids, (some, others) => {
      const items = [...some].sort(compareIds).map((id) => ({ id }));
      for (const id of some) expect(findById(items, id)?.id).toBe(id);
      for (const id of others) expect(findById(items, id)).toBe(items.find((item) => item.id === id));
    }),
  );
});
