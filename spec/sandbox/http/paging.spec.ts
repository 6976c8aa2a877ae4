import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { Order } from '../../../lib/sandbox/http/order.js';
import { type Page, type PagingStyle, paginate } from '../../../lib/sandbox/http/paging.js';

const ascending: Order<number> = { keyOf: (item) => [item], directions: [1] };
const descending: Order<number> = { keyOf: (item) => [item], directions: [-1] };
const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

const walk = (items: readonly number[], limits: readonly number[]): readonly Page<number>[] => {
  const pages: Page<number>[] = [];
  let cursor: string | undefined;
  do {
    const limit = limits[pages.length % limits.length] ?? 1;
    const page = paginate(items, ascending, { limit, cursor, query: 'q' });
    pages.push(page);
    cursor = page.next;
  } while (cursor !== undefined);
  return pages;
};

describe('paginate', () => {
  test('a walk gives each item once and in order, however the page size varies', () => {
    fc.assert(
      fc.property(
        fc.nat(300),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        (count, limits) => {
          expect(walk(range(count), limits).flatMap(({ results }) => results)).toEqual(range(count));
        },
      ),
    );
  });

  test('a long walk has short pages and empty pages that are not the last', () => {
    const sizes = walk(range(400), [10]).map(({ results }) => results.length);
    expect(sizes.slice(0, -1)).toContain(0);
    expect(sizes.slice(0, -1)).toContain(9);
  });

  test('items that come, go or move behind the cursor do not disturb the rest', () => {
    const first = paginate([1, 2, 3, 4, 5, 6], ascending, { limit: 3, cursor: undefined, query: 'q' });
    const second = paginate([0, 2, 3.5, 5, 6], ascending, { limit: 9, cursor: first.next, query: 'q' });
    expect(second).toEqual({ results: [3.5, 5, 6], next: undefined, total: 5 });
  });

  test('descending order pages downwards', () => {
    const first = paginate([5, 4, 3], descending, { limit: 2, cursor: undefined, query: 'q' });
    expect(first.results).toEqual([5, 4]);
    expect(paginate([5, 4, 3], descending, { limit: 2, cursor: first.next, query: 'q' }).results).toEqual([
      3,
    ]);
  });

  test.each([
    '',
    'garbage',
    'bnVsbA',
    Buffer.from('[1,2]').toString('base64url'),
    Buffer.from('{}').toString('base64url'),
  ])('refuses the cursor "%s"', (cursor) => {
    expect(() => paginate([1], ascending, { limit: 1, cursor, query: 'q' })).toThrow("'cursor'");
  });

  test('refuses the cursor of another query', () => {
    const { next } = paginate([1, 2], ascending, { limit: 1, cursor: undefined, query: 'sort=id' });
    expect(() => paginate([1, 2], ascending, { limit: 1, cursor: next, query: 'sort=title' })).toThrow(
      "'cursor'",
    );
  });

  test('faults: no items, the item before again, the same cursor for ever', () => {
    const cursor = paginate([1, 2, 3, 4], ascending, { limit: 2, cursor: undefined, query: 'q' }).next;
    const page = (style: PagingStyle) =>
      paginate([1, 2, 3, 4], ascending, { limit: 1, cursor, query: 'q', styles: [style] });
    expect(page('empty').results).toEqual([]);
    expect(
      paginate([1, 2, 3, 4], ascending, { limit: 2, cursor: page('empty').next, query: 'q' }).results,
    ).toEqual([3, 4]);
    expect(page('duplicate').results).toEqual([2, 3]);
    expect(page('repeat').next).toBe(cursor);
  });
});
