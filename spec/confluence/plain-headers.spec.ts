import { AxiosHeaders } from 'axios';
import { expect, test } from '@jest/globals';
import { plainHeaders } from '../../lib/confluence/plain-headers.js';

test('names become lower case; what is no text is left out', () => {
  const headers = AxiosHeaders.from({ 'Retry-After': '3', 'Set-Cookie': ['a', 'b'] });
  expect(plainHeaders(headers)).toEqual({ 'retry-after': '3' });
  expect([undefined, null, 'text'].map(plainHeaders)).toEqual([{}, {}, {}]);
});

test('numbers, lists and what is not there are left out; an empty text stays', () => {
  expect(plainHeaders({ A: 'a', B: 1, C: ['c'], D: null, E: undefined, F: '' })).toEqual({ a: 'a', f: '' });
});
