import { describe, expect, test } from '@jest/globals';
import { firstValueFrom, of, throwError } from 'rxjs';
import type { BodyFormat, Format, ListedPage, PageWithBody } from '../../../lib/core/content.js';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { asListed, isOfSpace, sortBodies$ } from '../../../lib/pull/lanes/sort-bodies.js';
import { page } from '../../support/fake-wiki.js';
import { listedPage, useSearch } from '../../support/searching.js';

const newSearch = useSearch();
const BATCH = [1, 2, 3].map((id) => ({
  page: listedPage(id, { version: 2 }),
  base: `page-${id}`,
  change: 'new' as const,
}));
const came = (id: number, changes: Partial<PageWithBody> = {}) => page(id, { version: 2, ...changes });

/** Sorts a batch of three; `other` is what the pages that seem empty answer in the other format. */
const sort = async (
  found: readonly PageWithBody[],
  other: readonly PageWithBody[] | Error = [],
  format: Format = 'markdown',
) => {
  const asked: [readonly string[], BodyFormat][] = [];
  const { run } = newSearch({
    options: { format },
    client: {
      fetchPages$: (_kind, ids, asIn) => {
        asked.push([ids, asIn]);
        return other instanceof Error ? throwError(() => other) : of(other);
      },
    },
  });
  const { good, doubtful } = await firstValueFrom(sortBodies$(run, 'page', BATCH, found));
  return { good: [...good.keys()], doubtful: doubtful.map((each) => each.page.id), asked, pages: good };
};

test('bodies that came may be written, without another request', async () => {
  const { good, doubtful, asked } = await sort([came(1), came(2), came(3)]);
  expect([good, doubtful, asked]).toEqual([['1', '2', '3'], [], []]);
});

test.each<[string, PageWithBody[]]>([
  ['did not come', []],
  ['came without a body', [came(2, { body: undefined })]],
  ['came in an older version', [came(2, { version: 1 })]],
  ['came as a draft', [came(2, { status: 'draft' })]],
])('a page that %s is asked for alone', async (_name, answers) => {
  const { good, doubtful, asked } = await sort([came(1), ...answers, came(3)]);
  expect([good, doubtful, asked]).toEqual([['1', '3'], ['2'], []]);
});

test('a newer version than listed is none to worry about, and pages nobody asked for are left aside', async () => {
  const { good } = await sort([came(1, { version: 9 }), came(2), came(3), came(4)]);
  expect(good).toEqual(['1', '2', '3']);
});

test('what an answer does not tell is as it is listed', async () => {
  const { pages } = await sort([came(1, { title: '', version: 0 }), came(2), came(3)]);
  expect(pages.get('1')).toMatchObject({ title: 'Page 1', version: 2 });
});

describe('a page is written as the listing has it, by which its place was made', () => {
  const [planned] = BATCH;
  const listedAs = (listed: Partial<ListedPage>, answer: Partial<PageWithBody>) =>
    planned && asListed({ ...planned, page: { ...planned.page, ...listed } }, came(1, answer));

  test.each<[string, Partial<ListedPage>, Partial<PageWithBody>, Partial<PageWithBody>]>([
    ['its title', { title: 'Before' }, { title: 'Since' }, { title: 'Before' }],
    ['its parent', { parentId: '8' }, { parentId: '9' }, { parentId: '8' }],
    ['when it was made', { createdAt: 'early' }, { createdAt: 'late' }, { createdAt: 'early' }],
    ['when it was changed', { updatedAt: 'then' }, { updatedAt: 'now' }, { updatedAt: 'then' }],
    ['its address', { webui: '/a' }, { webui: '/b' }, { webui: '/a' }],
    ['its version, of a newer one', { version: 2 }, { version: 5 }, { version: 2 }],
  ])('%s', (_, listed, answer, written) => {
    expect(listedAs(listed, answer)).toMatchObject(written);
  });

  test.each<[string, Partial<ListedPage>, Partial<PageWithBody>, Partial<PageWithBody>]>([
    ['a title', { title: '' }, { title: 'Since' }, { title: 'Since' }],
    ['a version', { version: 0 }, { version: 5 }, { version: 5 }],
    ['when it was made', { createdAt: undefined }, { createdAt: 'late' }, { createdAt: 'late' }],
    ['when it was changed', { updatedAt: undefined }, { updatedAt: 'now' }, { updatedAt: 'now' }],
    ['its address', { webui: undefined }, { webui: '/b' }, { webui: '/b' }],
  ])('but for what the listing does not tell: %s', (_, listed, answer, written) => {
    expect(listedAs(listed, answer)).toMatchObject(written);
  });

  test.each<[string, Partial<ListedPage>, Partial<PageWithBody>, Partial<PageWithBody>]>([
    ['who made it', { authorId: 'acct-2' }, { authorId: 'acct-3' }, { authorId: 'acct-3' }],
    [
      'an older version',
      { version: 2, updatedAt: 'now' },
      { version: 1, updatedAt: 'then' },
      { version: 1, updatedAt: 'then' },
    ],
  ])('and what its own answer tells better: %s', (_, listed, answer, written) => {
    expect(listedAs(listed, answer)).toMatchObject(written);
  });

  test('what the answer does not tell of that is as it is listed, as far as anybody knows', () => {
    const bare = { authorId: undefined, updatedAt: '' };
    expect(listedAs({ authorId: 'acct-2', updatedAt: 'then' }, bare)).toMatchObject({
      authorId: 'acct-2',
      updatedAt: 'then',
    });
    expect(listedAs({ authorId: undefined, updatedAt: undefined }, bare)).toMatchObject(bare);
  });
});

test('a text is of the space that is mirrored, unless it says that it is of another', () => {
  const run = { layout: { inventory: { space: { ...newSearch().search.space, id: '100' } } } };
  for (const [spaceId, isOurs] of [
    ['100', true],
    [undefined, true],
    ['200', false],
  ] as const)
    expect(isOfSpace(run, came(1, { spaceId }))).toBe(isOurs);
});

const EMPTY_DOC = '{"type":"doc","content":[]}';
const DOC = '{"type":"doc","content":[{"type":"rule"}]}';

test('whether empty ones are empty is looked up in the other format, for all of them at once', async () => {
  const { good, doubtful, asked } = await sort(
    [came(1, { body: '' }), came(2, { body: ' ' }), came(3)],
    [came(1, { body: EMPTY_DOC }), came(2, { body: DOC })],
  );
  expect(asked).toEqual([[['1', '2'], 'adf']]);
  expect([good, doubtful]).toEqual([['1', '3'], ['2']]);
});

test('in ADF an empty document is looked up in storage format', async () => {
  const bodies = [came(1, { body: EMPTY_DOC }), came(2, { body: DOC }), came(3, { body: EMPTY_DOC })];
  const { good, doubtful, asked } = await sort(
    bodies,
    [came(1, { body: '' }), came(3, { body: '<p>x</p>' })],
    'adf',
  );
  expect(asked).toEqual([[['1', '3'], 'storage']]);
  expect([good, doubtful]).toEqual([['1', '2'], ['3']]);
});

test.each([new HttpError(500, 'no'), new HttpError(400, 'no')])(
  'when that cannot be looked up each empty one is asked for alone: %s',
  async (error) => {
    const { good, doubtful } = await sort([came(1, { body: '' }), came(2), came(3)], error);
    expect([good, doubtful]).toEqual([['2', '3'], ['1']]);
  },
);

test('refused credentials end the run', async () => {
  const error = new CredentialsError('no');
  await expect(sort([came(1, { body: '' })], error)).rejects.toBe(error);
});
