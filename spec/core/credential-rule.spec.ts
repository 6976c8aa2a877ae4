import { expect, test } from '@jest/globals';
import { credentialRule } from '../../lib/core/credential-rule.js';

const UNSEEN = 'hold no white space and no control characters';
const QUOTES = 'stand without quotes around it';

test.each([
  ['ada@example.com', undefined],
  ['ATATT3xFfGF0_-=1A', undefined],
  ["o'neill@example.com", undefined],
  ['"', undefined],
  ['"token"', QUOTES],
  ["'token'", QUOTES],
  ['`token`', QUOTES],
  ['""', QUOTES],
  ['to ken', UNSEEN],
  ['token\n', UNSEEN],
  ['to\u0001ken', UNSEEN],
  ['\ufefftoken', UNSEEN],
  ['token\u200b', UNSEEN],
])('%j must: %s', (text, rule) => {
  expect(credentialRule(text)).toBe(rule);
});
