import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mergeByKey } from '../../lib/documents/merge-by-key.js';

async function* streamOf(keys: readonly string[], onEnd: () => void = () => undefined) {
  try {
    for (const key of keys) yield await Promise.resolve({ key });
  } finally {
    onEnd();
  }
}

const keys = fc.uniqueArray(fc.string({ maxLength: 3 })).map((all) => all.sort((a, b) => (a < b ? -1 : 1)));

test('each key of either stream comes once, in order, with what both have', async () => {
  await fc.assert(
    fc.asyncProperty(keys, keys, async (left, right) => {
      const found: unknown[] = [];
      for await (const pair of mergeByKey(streamOf(left), streamOf(right))) found.push(pair);
      const all = [...new Set([...left, ...right])].sort((a, b) => (a < b ? -1 : 1));
      expect(found).toEqual(
        all.map((key) => ({
          key,
          ...(left.includes(key) && { left: { key } }),
          ...(right.includes(key) && { right: { key } }),
        })),
      );
    }),
  );
});

test('who stops early ends both streams', async () => {
  const ended: string[] = [];
  const left = streamOf(['a', 'b'], () => ended.push('left'));
  const right = streamOf(['a', 'b'], () => ended.push('right'));
  for await (const { key } of mergeByKey(left, right)) if (key === 'a') break;
  expect(ended).toEqual(['left', 'right']);
});
