import { describe, expect, test } from '@jest/globals';
import { resolveWikiOptions, type WikiOptions } from '../../../lib/pull/run/wiki-options.js';

const WIKI: WikiOptions = { url: 'https://example.atlassian.net', credentials: { bearerToken: 'x' } };

const resolve = (options: Readonly<Record<string, unknown>>) => resolveWikiOptions({ ...WIKI, ...options });

test('what is not given has its default', () => {
  expect(resolve({})).toEqual({
    ...WIKI,
    concurrency: 5,
    maxConcurrency: 10,
    attachmentConcurrency: 4,
    maxRetries: 4,
    timeoutMs: 60_000,
    maxWaitMs: 3_600_000,
    quotaReserve: 10,
    ca: undefined,
    mediaHosts: [],
    allowHttp: false,
  });
});

describe('each number goes from its least to its most', () => {
  test.each<[keyof WikiOptions, number, number]>([
    ['concurrency', 1, 100],
    ['maxConcurrency', 1, 100],
    ['attachmentConcurrency', 1, 64],
    ['maxRetries', 0, 100],
    ['timeoutMs', 1, 2_147_483_647],
    ['quotaReserve', 0, 100],
  ])('%s from %d to %d', (option, least, most) => {
    const given = (value: number) => resolve({ concurrency: 1, [option]: value });
    for (const value of [least, most]) expect(given(value)).toHaveProperty(option, value);
    for (const value of [least - 1, most + 1])
      expect(() => given(value)).toThrow(
        expect.objectContaining({ option, value, rule: `be a whole number from ${least} to ${most}` }),
      );
  });

  test('a wait is as long as one likes', () => {
    for (const maxWaitMs of [0, 10 ** 12]) expect(resolve({ maxWaitMs })).toMatchObject({ maxWaitMs });
    expect(() => resolve({ maxWaitMs: -1 })).toThrow(
      expect.objectContaining({ option: 'maxWaitMs', rule: 'be a whole number from 0' }),
    );
  });
});

test.each<[Partial<WikiOptions>, number, number]>([
  [{ concurrency: 7 }, 7, 10],
  [{ concurrency: 40 }, 40, 40],
  [{ maxConcurrency: 3 }, 3, 3],
  [{ maxConcurrency: 30 }, 5, 30],
  [{ concurrency: 2, maxConcurrency: 2 }, 2, 2],
])('of %j requests in flight there are %d to start with, and %d at most', (options, start, most) => {
  expect(resolve(options)).toMatchObject({ concurrency: start, maxConcurrency: most });
});

test.each<[string, unknown]>([
  ['ca', '-----BEGIN CERTIFICATE-----'],
  ['mediaHosts', ['media.example']],
  ['allowHttp', true],
])('%s is what is given', (option, value) => {
  expect(resolve({ [option]: value })).toHaveProperty(option, value);
});

test.each<[string, unknown, RegExp]>([
  ['ca', '', /be certificates in PEM form/],
  ['mediaHosts', ['media.example', 7], /be a list of names of hosts/],
  ['mediaHosts', null, /be a list of names of hosts/],
  ['allowHttp', 'yes', /be true or false/],
  ['maxRetries', null, /be a whole number from 0 to 100/],
  ['url', ' ', /be an address such as https:\/\/example\.atlassian\.net/],
])('%s: %j is refused', (option, value, rule) => {
  expect(() => resolve({ [option]: value })).toThrow(
    expect.objectContaining({ option, value, rule: expect.stringMatching(rule) }),
  );
});

test('an address without encryption has to be allowed', () => {
  const url = 'http://wiki.example';
  expect(() => resolve({ url })).toThrow(expect.objectContaining({ code: 'options', option: 'url' }));
  expect(resolve({ url, allowHttp: true })).toMatchObject({ url });
});
