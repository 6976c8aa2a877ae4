import { describe, expect, test } from '@jest/globals';
import { firstValueFrom, of, throwError } from 'rxjs';
import type { FoundFolder } from '../../../lib/confluence/presence.js';
import type { FoundPage } from '../../../lib/core/content.js';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { belowAncestors$ } from '../../../lib/pull/inventory/below-ancestors.js';
import { page, pages, SPACE } from '../../support/fake-wiki.js';
import { listedPage, type Situation, useSearch } from '../../support/searching.js';

const newSearch = useSearch();

/** A page that search finds, with the ids of what is above it. */
const found = (id: number, ...above: readonly string[]) => ({
  id: String(id),
  version: 1,
  page: listedPage(id),
  ancestors: above.map((each) => ({ id: each, type: 'page', title: each })),
});

const below = async (items: readonly ReturnType<typeof found>[], situation: Situation = {}) => {
  const { search, warnings, unknown, requests } = newSearch({ content: { pages: pages(3) }, ...situation });
  const all = await firstValueFrom(belowAncestors$(search, { items, gaps: [], isWalked: true }));
  return {
    ids: all.items.map((each) => each.page.id),
    above: all.items.map(({ ancestors }) => ancestors.map(({ id }) => id)),
    gaps: all.gaps.map(({ of: kind, error }) => [kind, error]),
    isAncestorMissing: all.isAncestorMissing,
    warnings,
    unknown: unknown(),
    requests,
  };
};

test('without an ancestor it is what search has found', async () => {
  expect(await below([found(2)], { options: { label: 'red' } })).toEqual({
    ids: ['2'],
    above: [[]],
    gaps: [],
    isAncestorMissing: false,
    warnings: [],
    unknown: [],
    requests: [],
  });
});

test('what search tells of each, and of something below each, is enough', async () => {
  const { ids, requests } = await below([found(1), found(2, '1')], { options: { ancestor: '1' } });
  expect([ids, requests]).toEqual([['1', '2'], []]);
});

test('one that search finds, and nothing below it, is asked for children, and nothing else', async () => {
  const { ids, warnings, requests } = await below([found(3)], { options: { ancestor: '3' } });
  expect([ids, warnings, requests]).toEqual([['3'], [], ['hasChildren 3']]);
});

test('where something is below one and search does not know it, the tree tells, which is said', async () => {
  const { ids, above, isAncestorMissing, warnings } = await below([found(1)], { options: { ancestor: '1' } });
  expect([ids, above]).toEqual([
    ['1', '2', '3'],
    [[], ['1'], ['1']],
  ]);
  expect(isAncestorMissing).toBe(false);
  expect(warnings).toEqual([
    'listed-by-tree: Search does not find everything below page 1: the whole space is listed instead.',
  ]);
});

test('whether something is below it is not known: it is taken for a scope of one, and told as not whole', async () => {
  const refused = () => throwError(() => new HttpError(500, 'no'));
  const { ids, warnings, unknown } = await below([found(1)], {
    options: { ancestor: '1' },
    client: { hasChildren$: refused },
  });
  expect([ids, warnings, unknown]).toEqual([['1'], [], ['page']]);
});

test.each([{ label: 'red' }, { cql: 'type = page' }])(
  'what only search knows has its word: with %j the tree is not asked',
  async (narrow) => {
    const { ids, warnings, requests } = await below([found(1)], { options: { ancestor: '1', ...narrow } });
    expect([ids, warnings, requests]).toEqual([['1'], [], []]);
  },
);

test('folders above the pages are part of the tree', async () => {
  const content = { pages: [page(1), page(2, { parentId: '50' }), page(3)] };
  const { ids, warnings } = await below([], {
    content,
    options: { ancestor: '50' },
    client: {
      listPages$: () =>
        of({
          items: content.pages.map(({ id }) =>
            id === '2' ? { ...listedPage(2), parentId: '50', parentType: 'folder' } : listedPage(Number(id)),
          ),
        }),
      findFolder$: () => of({ status: 'current' }),
      hasChildren$: () => of(true),
      folder$: (type, id) => of({ id, type, title: 'Guides', parentId: '1', parentType: 'page' }),
    },
  });
  expect(ids).toEqual(['2']);
  expect(warnings).toHaveLength(1);
});

/** An ancestor of which search tells nothing, beside one of which it tells. */
const UNTOLD: Situation = { options: { ancestor: ['1', '9'] } };
const TOLD = [found(1), found(2, '1')];

describe('an ancestor of which search tells nothing', () => {
  const byId = (changes: Partial<FoundPage>): Situation => ({
    ...UNTOLD,
    client: {
      pagesById$: () =>
        of(new Map([['9', { page: listedPage(9), status: 'current', spaceId: undefined, ...changes }]])),
    },
  });

  test.each<[string, Partial<FoundPage>]>([
    ['in this space', { spaceId: SPACE.id }],
    ['nobody says where', {}],
  ])('is taken from the tree where it is a page %s', async (_, changes) => {
    const { warnings, isAncestorMissing } = await below(TOLD, byId(changes));
    expect(warnings).toEqual([expect.stringMatching(/^listed-by-tree: .* page 1 or 9:/)]);
    expect(isAncestorMissing).toBe(false);
  });

  test.each<[string, Partial<FoundPage>]>([
    ['in another space', { spaceId: '7' }],
    ['in the trash', { status: 'trashed', spaceId: SPACE.id }],
  ])('is missing where it is a page %s', async (_, changes) => {
    const { ids, gaps, isAncestorMissing } = await below(TOLD, byId(changes));
    expect([ids, isAncestorMissing]).toEqual([['1', '2'], true]);
    expect(gaps).toMatchObject([['page', { code: 'ancestor-not-found' }]]);
  });

  const folder = (answer: FoundFolder | undefined): Situation => ({
    ...UNTOLD,
    client: { findFolder$: () => of(answer) },
  });

  test.each<[FoundFolder]>([[{ status: 'current' }], [{ status: 'current', spaceId: SPACE.id }]])(
    'is no mistake where it is a folder that is %j',
    async (answer) => {
      const { gaps, isAncestorMissing } = await below(TOLD, folder(answer));
      expect([gaps, isAncestorMissing]).toEqual([[], false]);
    },
  );

  test.each<[FoundFolder | undefined]>([
    [{ status: 'current', spaceId: '7' }],
    [{ status: 'trashed' }],
    [undefined],
  ])('is missing where it is a folder that is %j', async (answer) => {
    expect((await below(TOLD, folder(answer))).isAncestorMissing).toBe(true);
    const isNew = below(TOLD, { ...folder(answer), isSameScope: false });
    await expect(isNew).rejects.toMatchObject({
      code: 'ancestor-not-found',
      message: 'There is no page or folder 9 in DOCS, as far as this account sees.',
      hint: expect.stringContaining('Nothing was changed.'),
    });
  });

  test('is missing where nobody answers for it as a folder', async () => {
    const client = { findFolder$: () => throwError(() => new HttpError(500, 'no')) };
    expect((await below(TOLD, { ...UNTOLD, client })).isAncestorMissing).toBe(true);
  });

  test('is not said to be missing where it could not be asked for', async () => {
    const client = { pagesById$: () => throwError(() => new HttpError(500, 'no')) };
    const { isAncestorMissing, warnings, requests } = await below(TOLD, { ...UNTOLD, client });
    expect([isAncestorMissing, warnings.length]).toEqual([false, 1]);
    expect(requests.filter((request) => request.startsWith('findFolder'))).toEqual([]);
  });

  test('that is missing is asked for no children', async () => {
    const { requests } = await below([found(1), found(2, '1')], folder(undefined));
    expect(requests.filter((request) => request.startsWith('hasChildren'))).toEqual([]);
  });

  test('is told as missing beside what the tree tells of another', async () => {
    const { ids, gaps, isAncestorMissing } = await below([found(1)], folder(undefined));
    expect([ids, isAncestorMissing]).toEqual([['1', '2', '3'], true]);
    expect(gaps).toMatchObject([['page', { hint: expect.stringContaining('`ancestor: null`') }]]);
  });
});

test.each(['pagesById$', 'findFolder$', 'hasChildren$', 'listPages$'] as const)(
  'refused credentials end the run: %s',
  async (name) => {
    const error = new CredentialsError('no');
    const client = { hasChildren$: () => of(true), [name]: () => throwError(() => error) };
    const ancestor = name === 'listPages$' || name === 'hasChildren$' ? '1' : ['1', '9'];
    await expect(below([found(1)], { options: { ancestor }, client })).rejects.toBe(error);
  },
);
