import { expect, test } from '@jest/globals';
import { firstValueFrom, of, throwError } from 'rxjs';
import type { FoundPage } from '../../../lib/core/content.js';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { pagesById$ } from '../../../lib/pull/inventory/pages-by-id.js';
import { page, pages, SPACE } from '../../support/fake-wiki.js';
import { listedPage, type Situation, useSearch } from '../../support/searching.js';

const newSearch = useSearch();

const refs = (...ids: number[]) => ids.map((id) => ({ kind: 'page' as const, id: String(id) }));
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

const ask = async (wanted: ReturnType<typeof refs>, situation: Situation = {}) => {
  const { run, requests } = newSearch({ content: { pages: pages(3) }, ...situation });
  const { found, unknown } = await firstValueFrom(pagesById$(run, wanted));
  return {
    found: [...found.keys()],
    unknown: [...unknown],
    gaps: run.incomplete().map(({ of: kind, code }) => `${kind} ${code}`),
    requests,
  };
};

test('nobody is asked for nothing', async () => {
  expect(await ask([])).toEqual({ found: [], unknown: [], gaps: [], requests: [] });
});

test('what a batch tells is asked for no more, in whichever state and space it is', async () => {
  const { run, requests } = newSearch({ content: { pages: [page(1), page(2, { status: 'trashed' })] } });
  const { found } = await firstValueFrom(pagesById$(run, refs(1, 2)));
  expect([...found]).toEqual([
    ['1', { page: listedPage(1), status: 'current', spaceId: SPACE.id }],
    ['2', { page: listedPage(2), status: 'trashed', spaceId: SPACE.id }],
  ]);
  expect(requests).toEqual(['pagesById 1,2']);
});

test('pages and blog posts are asked for by themselves, each as what it is', async () => {
  const content = { pages: [page(1), page(2, { kind: 'blogpost' as const })] };
  const { run, requests } = newSearch({ content });
  const wanted = [...refs(1), { kind: 'blogpost' as const, id: '2' }];
  const { found } = await firstValueFrom(pagesById$(run, wanted));
  expect([...found.keys()]).toEqual(['1', '2']);
  expect(requests).toEqual(['pagesById 1', 'pagesById 2']);
});

test('many are asked for in batches that the wiki takes', async () => {
  const sizes: number[] = [];
  await ask(refs(...upTo(600)), {
    client: {
      pagesById$: (_kind, ids) => {
        sizes.push(ids.length);
        return of(new Map<string, FoundPage>());
      },
    },
  });
  expect(sizes).toEqual([250, 250, 100]);
});

test.each([
  [25, 25],
  [26, 0],
])('%d that a batch leaves out make %d requests more', async (count, more) => {
  const { found, requests } = await ask(refs(...upTo(count)), {
    content: { pages: pages(count) },
    client: { pagesById$: () => of(new Map<string, FoundPage>()) },
  });
  expect(requests.filter((request) => request.startsWith('page '))).toHaveLength(more);
  expect(found).toHaveLength(more);
});

test('what is asked for alone and is not there is neither found nor unknown', async () => {
  expect(await ask(refs(2, 9))).toEqual({
    found: ['2'],
    unknown: [],
    gaps: [],
    requests: ['pagesById 2,9', 'page 9'],
  });
});

test('one that spoils its batch is unknown, which is told; the others are found, and it is asked for no more', async () => {
  const fault = (request: string) =>
    /^pagesById .*\b2\b/.test(request) ? new HttpError(500, 'no') : undefined;
  const { found, unknown, gaps, requests } = await ask(refs(1, 2, 3), { fault });
  expect([found.sort(), unknown, gaps]).toEqual([['1', '3'], ['2'], ['page http-500']]);
  expect(requests.filter((request) => request.startsWith('page '))).toEqual([]);
});

test('one that cannot be asked for alone is unknown, which is told; another that is left out is not', async () => {
  const fault = (request: string) => (request === 'page 8' ? new HttpError(500, 'no') : undefined);
  const { found, unknown, gaps } = await ask(refs(1, 8, 9), { fault });
  expect([found, unknown, gaps]).toEqual([['1'], ['8'], ['page http-500']]);
});

test('refused credentials end the run, in a batch and alone', async () => {
  const error = new CredentialsError('no');
  const refused = () => throwError(() => error);
  await expect(ask(refs(1), { client: { pagesById$: refused } })).rejects.toBe(error);
  await expect(ask(refs(9), { client: { page$: refused } })).rejects.toBe(error);
});
