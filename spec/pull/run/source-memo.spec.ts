import { expect, test } from '@jest/globals';
import { SourceMemo } from '../../../lib/pull/run/source-memo.js';

test('texts are kept up to so many characters, those used last', () => {
  const memo = new SourceMemo(10);
  memo.keep('1', 'aaaa');
  memo.keep('2', 'bbbb');
  expect(memo.textOf('1')).toBe('aaaa');
  memo.keep('3', 'cccc');
  expect(['1', '2', '3'].map((id) => memo.textOf(id))).toEqual(['aaaa', undefined, 'cccc']);
  memo.keep('3', 'cc');
  memo.keep('4', 'dddd');
  expect(['1', '3', '4'].map((id) => memo.textOf(id))).toEqual(['aaaa', 'cc', 'dddd']);
});

test('what is larger than all of them is not kept, and drops nothing for ever', () => {
  const memo = new SourceMemo(10);
  memo.keep('1', 'a'.repeat(11));
  expect(memo.textOf('1')).toBeUndefined();
  memo.keep('2', 'b');
  expect(memo.textOf('2')).toBe('b');
});

test('why a text cannot be had is remembered', () => {
  const memo = new SourceMemo();
  expect(memo.lossOf('1')).toBeUndefined();
  memo.lose('1', 'forbidden');
  expect(memo.lossOf('1')).toBe('forbidden');
});
