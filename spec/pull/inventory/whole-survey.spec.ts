import { describe, expect, test } from '@jest/globals';
import { defer, firstValueFrom, from, of } from 'rxjs';
import { HttpError } from '../../../lib/errors/http-error.js';
import { wholeSurvey$ } from '../../../lib/pull/inventory/whole-survey.js';
import { attachment, comment, type FakeContent, page, pages } from '../../support/fake-wiki.js';
import { folder, listedPage, type Situation, useSearch } from '../../support/searching.js';

const newSearch = useSearch();

const survey = async (situation: Situation, { isArchived = false } = {}) => {
  const { search, requests, warnings } = newSearch(situation);
  const told: string[][] = [];
  const run: typeof search.run = {
    ...search.run,
    tellLongListing: (first) => told.push(first.map(({ id }) => id)),
  };
  const { inventory, leftOut } = await firstValueFrom(
    wholeSurvey$({ ...search, run, space: { ...search.space, isArchived } }),
  );
  return {
    ids: inventory.pages.map(({ id }) => id),
    comments: inventory.comments.map(({ id }) => id),
    gaps: inventory.gaps.map(({ of: kind }) => kind),
    leftOut,
    told,
    requests,
    warnings,
  };
};

describe('a page that the listing leaves out, and that the mirror does not have', () => {
  const leftOut = ['2'];

  test.each<[string, FakeContent]>([
    ['a comment', { comments: [comment(70, 2)] }],
    ['an attachment', { attachments: [attachment(7, 2)] }],
    ['a folder below it', { folders: [folder(50, { parentId: '2' })] }],
    ['a page below it', { pages: [page(1), page(2), page(3, { parentId: '2' })] }],
  ])('is known by %s', async (_, content) => {
    const found = await survey({ content: { pages: pages(2), leftOut, ...content } });
    expect(found.ids).toContain('2');
    expect(found.leftOut).toBe(1);
    expect(found.warnings).toEqual([expect.stringMatching(/^incomplete-listing: .*"Page 2"/)]);
  });

  test('is known by nothing else', async () => {
    const { ids, leftOut: count } = await survey({ content: { pages: pages(2), leftOut } });
    expect([ids, count]).toEqual([['1'], 0]);
  });
});

test('what stands above as a folder, or hangs on nothing, is not asked for as a page', async () => {
  const { requests } = await survey({
    content: {
      pages: pages(1),
      folders: [folder(50), folder(51, { parentId: '50', parentType: 'folder' })],
      attachments: [attachment(7, 1, { pageId: '' })],
    },
  });
  expect(requests.filter((request) => request.startsWith('page'))).toEqual([]);
});

test('pages come before blog posts, each in the order of their ids', async () => {
  const content = {
    pages: [page(5, { kind: 'blogpost' }), page(11), page(2), page(4, { kind: 'blogpost' })],
  };
  expect((await survey({ content })).ids).toEqual(['2', '11', '4', '5']);
});

/** Answers of a listing, a page each. */
const inAnswers = (...ids: number[]) =>
  from(
    ids.map((id, index) => ({ items: [listedPage(id)], ...(index < ids.length - 1 && { next: 'more' }) })),
  );

test.each([
  ['a short listing', [1, 2, 3], [], [false]],
  ['a long listing', [1, 2, 3, 4, 5, 6], [['1']], [false, true]],
])(
  'of %s the first pages are told while it goes on, and it is read from both ends',
  async (_, ids, told, ends) => {
    const read = new Set<boolean>();
    const found = await survey({
      client: {
        listPages$: (_space, kind, { isDescending = false } = {}) =>
          defer(() => {
            if (kind === 'blogpost') return of({ items: [] });
            read.add(isDescending);
            return inAnswers(...(isDescending ? [...ids].reverse() : ids));
          }),
      },
    });
    expect(found.ids).toEqual(ids.map(String));
    expect([found.told, [...read]]).toEqual([told, ends]);
  },
);

test('what is not wanted is not listed', async () => {
  const { requests } = await survey({
    content: { pages: pages(1) },
    options: { attachments: 'none', comments: false },
  });
  expect(requests.filter((request) => request.startsWith('list')).sort()).toEqual([
    'listFolders',
    'listPages blogpost',
    'listPages page',
  ]);
});

test.each([
  [{}, ['attachment', 'comments', 'folder']],
  [{ attachments: 'none' as const, comments: false }, ['folder']],
])(
  'of an archived space with the settings %j is told that search knows nothing of: %j',
  async (options, gaps) => {
    const fault = (request: string) =>
      request.startsWith('attachmentsOf') ? new HttpError(500, 'no') : undefined;
    const found = await survey({ content: { pages: pages(1) }, options, fault }, { isArchived: true });
    expect(found.gaps.sort()).toEqual(gaps);
    expect(found.requests).not.toContain('listFolders');
  },
);

test('a comment whose row cannot be read is asked for by its id', async () => {
  const { comments, gaps } = await survey({
    content: { pages: pages(1), comments: [comment(70, 1)] },
    client: { listComments$: () => of({ items: [], unreadable: [{ id: '70', reason: 'no page' }] }) },
  });
  expect([comments, gaps]).toEqual([['70'], []]);
});
