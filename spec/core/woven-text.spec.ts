import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { hrefPlaceholder, reweave, weave } from '../../lib/core/woven-text.js';

const rendered = (parts: readonly string[], references: readonly number[]): string =>
  parts.map((part, i) => part + (i < references.length ? hrefPlaceholder(references[i] ?? 0) : '')).join('');

test('hrefs take the place of their placeholders, and it is noted where', () => {
  const text = `[a](${hrefPlaceholder(1)}) and [b](${hrefPlaceholder(0)}#x)`;
  const woven = weave(text, (reference) => ['zero.md', 'one.md'][reference] ?? '');
  expect(woven.text).toBe('[a](one.md) and [b](zero.md#x)');
  expect(woven.spans.map(([offset, length]) => woven.text.slice(offset, offset + length))).toEqual([
    'one.md',
    'zero.md',
  ]);
});

test('weaving again gives what weaving anew would', () => {
  const text = fc.string({ unit: 'grapheme' }).filter((part) => !/[\ufffe\uffff]/.test(part));
  const names = fc.array(fc.string({ maxLength: 12 }), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(
      fc.array(text, { minLength: 1 }),
      fc.array(fc.nat(3)),
      names,
      names,
      (parts, references, before, after) => {
        const source = rendered(parts, references);
        const hrefs = (list: readonly string[]) => (reference: number) => list[reference] ?? '';
        expect(reweave(weave(source, hrefs(before)), hrefs(after))).toEqual(weave(source, hrefs(after)));
      },
    ),
  );
});
