import { expect, test } from '@jest/globals';
import { firstValueFrom } from 'rxjs';
import type { SearchedPage } from '../../../lib/core/searched.js';
import { sureRows$ } from '../../../lib/pull/inventory/sure-rows.js';
import { pages } from '../../support/fake-wiki.js';
import { listedPage, pageRecord, type Situation, useSearch } from '../../support/searching.js';

const newSearch = useSearch();

const ABOVE = [{ id: '1', type: 'page', title: 'Page 1' }];
const row = (id: number, changes: object = {}, ancestors = ABOVE): SearchedPage => ({
  page: { ...listedPage(id), ...changes },
  ancestors,
});

const sure = async (rows: readonly SearchedPage[], situation: Situation = {}) => {
  const { search, requests } = newSearch({
    content: { pages: pages(3) },
    records: [pageRecord(listedPage(1)), pageRecord(listedPage(2))],
    ...situation,
  });
  const found = await firstValueFrom(sureRows$(search, rows));
  return { found, requests };
};

test('whole rows are believed, and nothing is asked', async () => {
  const rows = [row(1, {}, []), row(2), row(3)];
  expect(await sure(rows)).toEqual({ found: rows, requests: [] });
});

test.each([
  ['title', { title: '' }, ABOVE],
  ['version', { version: 0 }, ABOVE],
  ['ancestors', { parentId: undefined }, []],
])('a row without %s of what the mirror has tells nothing', async (_, changes, ancestors) => {
  expect(await sure([row(1, {}, []), row(2, changes, ancestors)])).toEqual({
    found: [row(1, {}, [])],
    requests: [],
  });
});

test('one of a new page gets from the database what it lacks', async () => {
  const { found } = await sure([row(3, { title: '', version: 0 })]);
  expect(found).toEqual([row(3)]);
});

test('a new page at the root is where it says, and a blog post has nothing above it', async () => {
  const atRoot = { parentId: undefined, parentType: undefined };
  const rows = [row(3, atRoot, []), row(9, { ...atRoot, kind: 'blogpost' }, [])];
  const records = [pageRecord(listedPage(9, { kind: 'blogpost' }))];
  expect(await sure(rows, { records })).toEqual({ found: rows, requests: [] });
});
