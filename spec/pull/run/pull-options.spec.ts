import { expect, test } from '@jest/globals';
import { type PullOptions, resolveOptions } from '../../../lib/pull/run/pull-options.js';
import { shareWiki } from '../../../lib/pull/run/shared-wiki.js';
import { resolveWikiOptions } from '../../../lib/pull/run/wiki-options.js';
import { fakeWiki } from '../../support/fake-wiki.js';
import { depsFor, optionsFor } from '../../support/pulling.js';

const resolve = (options: Partial<PullOptions>) => resolveOptions(optionsFor('mirror', options));

/** A value as JavaScript callers may pass it, whatever the types say. */
const loose = (name: string, value: unknown): Partial<PullOptions> => ({ [name]: value });

test('has the defaults of the contract', () => {
  expect(resolve({})).toMatchObject({
    full: false,
    format: 'markdown',
    attachments: 'all',
    comments: false,
    labels: false,
    flavor: 'github',
    checkDeletions: true,
    connection: {
      concurrency: 5,
      maxConcurrency: 10,
      attachmentConcurrency: 4,
      maxRetries: 4,
      timeoutMs: 60_000,
      maxWaitMs: 3_600_000,
      quotaReserve: 10,
    },
    dryRun: false,
    force: false,
    deletionLimit: { atLeast: 50, share: 0.1 },
  });
});

test('a start above the usual most raises the most', () => {
  expect(resolve({ concurrency: 20 })).toMatchObject({ connection: { concurrency: 20, maxConcurrency: 20 } });
});

test('a most below the usual start lowers the start', () => {
  expect(resolve({ maxConcurrency: 2 })).toMatchObject({ connection: { concurrency: 2, maxConcurrency: 2 } });
});

test('a start above the most is refused when both are given', () => {
  expect(() => resolve({ concurrency: 8, maxConcurrency: 3 })).toThrow(/maxConcurrency .* from 8 to 100/);
});

test.each<[string, unknown, RegExp]>([
  ['concurrency', 0, /whole number from 1 to 100/],
  ['concurrency', 1.5, /whole number/],
  ['concurrency', NaN, /whole number/],
  ['concurrency', Infinity, /whole number/],
  ['concurrency', 101, /to 100/],
  ['concurrency', '5', /whole number/],
  ['maxConcurrency', 0, /whole number/],
  ['maxConcurrency', 101, /to 100/],
  ['attachmentConcurrency', 0, /whole number from 1/],
  ['attachmentConcurrency', 65, /to 64/],
  ['maxRetries', -1, /whole number from 0/],
  ['timeoutMs', 0, /whole number from 1/],
  ['timeoutMs', 2 ** 31, /to 2147483647/],
  ['maxWaitMs', -1, /whole number from 0/],
  ['maxDelete', -1, /count or a percentage/],
  ['maxDelete', 1.5, /count or a percentage/],
  ['maxDelete', 'many', /count or a percentage/],
  ['maxDelete', '101%', /count or a percentage/],
  ['maxDelete', '10%x', /count or a percentage/],
  ['maxDelete', 'x10%', /count or a percentage/],
  ['maxDelete', '7x', /count or a percentage/],
  ['format', 'html', /one of markdown, storage, adf/],
  ['attachments', 'some', /one of all, referenced, none/],
  ['ancestor', 'Home', /id of a page/],
  ['ancestor', '1 or id=2', /id of a page/],
  ['space', ['DOCS', 'TEAM'], /key of one space/],
  ['space', 'DOCS,TEAM', /key of one space/],
  ['space', '*', /key of one space/],
  ['space', '', /key of one space/],
  ['dir', undefined, /name the folder/],
  ['dir', 7, /name the folder/],
  ['url', undefined, /be an address/],
  ['url', 'example', /be an address/],
  ['full', 'yes', /true or false/],
  ['comments', 'yes', /true or false/],
  ['labels', 1, /true or false/],
  ['mediaHosts', 'media.example', /list of names/],
  ['ca', 1, /PEM/],
  ['ancestor', 7, /id of a page/],
  ['label', 7, /name of a label/],
  ['cql', 7, /be a condition/],
  ['attachmentTypes', 'pdf', /be a list of types/],
])('%s: %p is refused, naming option, value and rule', (option, value, rule) => {
  expect(() => resolve(loose(option, value))).toThrow(
    expect.objectContaining({
      name: 'OptionsError',
      code: 'options',
      exitCode: 2,
      option,
      value,
      rule: expect.stringMatching(rule),
    }),
  );
});

test.each(['wiki/.rxsync', 'wiki/.rxsync/tmp', '.RXSYNC'])('%s is no folder for a mirror', (dir) => {
  expect(() => resolve({ dir })).toThrow(/dir must name a folder outside .rxsync/);
});

test.each<[number | string, { atLeast: number; share: number }]>([
  [0, { atLeast: 0, share: 0 }],
  [7, { atLeast: 7, share: 0 }],
  ['7', { atLeast: 7, share: 0 }],
  ['10%', { atLeast: 0, share: 0.1 }],
  ['2.5%', { atLeast: 0, share: 0.025 }],
  ['100%', { atLeast: 0, share: 1 }],
])('maxDelete %p allows %p', (maxDelete, deletionLimit) => {
  expect(resolve({ maxDelete }).deletionLimit).toEqual(deletionLimit);
});

test.each(['creator=me order by title', 'label=a ORDER\n BY created desc', 'type=page order by "x"'])(
  'a search of one’s own has no order: %j',
  (cql) => {
    expect(() => resolve({ cql })).toThrow(/cql must be a condition without "order by"/);
  },
);

test.each([
  'creator=me',
  'title~"order by"',
  'text~"an \\"order by\\" in quotes"',
  'label=order and label=by',
])('what only looks like an order is none: %j', (cql) => {
  expect(resolve({ cql })).toMatchObject({ cql });
});

/** What JavaScript callers may pass in place of options. */
const refusal = (options: unknown): unknown => {
  try {
    return Reflect.apply(resolveOptions, undefined, [options]);
  } catch (error) {
    return error;
  }
};

test.each<[string, unknown, string, RegExp]>([
  ['nothing', undefined, 'options', /be an object of options: url, credentials/],
  ['a list', [], 'options', /be an object/],
  ['no options', {}, 'url', /be an address/],
  [
    'a misspelt option',
    { ...optionsFor('mirror'), sapce: 'DOCS' },
    'sapce',
    /options that there are: .*space/,
  ],
  [
    'no credentials',
    { ...optionsFor('mirror'), credentials: undefined },
    'credentials',
    /be \{ email, apiToken \}/,
  ],
  [
    'a text for them',
    { ...optionsFor('mirror'), credentials: 'hush' },
    'credentials',
    /be \{ email, apiToken \}/,
  ],
  [
    'a token',
    { ...optionsFor('mirror'), credentials: { token: 'hush' } },
    'credentials',
    /or \{ bearerToken \}/,
  ],
  [
    'both',
    { ...optionsFor('mirror'), credentials: { bearerToken: 'hush', email: 'a' } },
    'credentials',
    /be \{/,
  ],
  [
    'an empty token',
    { ...optionsFor('mirror'), credentials: { email: 'a@b.example', apiToken: undefined } },
    'credentials.apiToken',
    /not empty/,
  ],
  [
    'a token as an option',
    { ...optionsFor('mirror'), apiToken: 'hush' },
    'apiToken',
    /options that there are/,
  ],
  ['a wiki that is none', { wiki: 'https://x', dir: 'mirror' }, 'wiki', /`createWiki` returns/],
  ['null for a wiki', { wiki: null, dir: 'mirror' }, 'wiki', /`createWiki` returns/],
  ['something else for a wiki', { wiki: { openSession: 1 }, dir: 'mirror' }, 'wiki', /`createWiki` returns/],
])('%s: is refused, and no secret told', (_what, options, option, rule) => {
  const error = refusal(options);
  expect(error).toMatchObject({ code: 'options', exitCode: 2, option, rule: expect.stringMatching(rule) });
  expect(JSON.stringify(error) + String(error)).not.toContain('hush');
});

test('what a shared wiki was made with is not given beside it', () => {
  const wiki = shareWiki(resolveWikiOptions(optionsFor('mirror')), depsFor(fakeWiki({})));
  expect(resolveOptions({ wiki, dir: 'mirror' })).toMatchObject({
    url: 'https://example.atlassian.net',
    wiki,
  });
  expect(refusal({ wiki, dir: 'mirror', concurrency: 3 })).toMatchObject({
    option: 'concurrency',
    rule: 'be given to `createWiki`, not beside `wiki`',
  });
});
