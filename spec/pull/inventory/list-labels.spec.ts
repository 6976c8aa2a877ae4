import { describe, expect, test } from '@jest/globals';
import { firstValueFrom, of, throwError } from 'rxjs';
import type { SearchedLabels } from '../../../lib/core/searched.js';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { type Labels, listLabels$, withLabelsById$ } from '../../../lib/pull/inventory/list-labels.js';
import { pages, SPACE } from '../../support/fake-wiki.js';
import { listedPage, type Situation, useSearch } from '../../support/searching.js';

const newSearch = useSearch();

const found = (id: number, labels: readonly string[], hasMore = false): SearchedLabels => ({
  kind: 'page',
  id: String(id),
  labels,
  hasMore,
});

const told = ({ labels, gaps }: Labels) => ({
  labels: Object.fromEntries(labels),
  gaps: gaps.map(({ of: kind, error }) => [kind, error instanceof Error ? error.message : error]),
});

const list = async (situation: Situation, space = SPACE) => {
  const { run, requests } = newSearch(situation);
  return { ...told(await firstValueFrom(listLabels$(run, space))), requests };
};

test('labels come by search, those of each page together', async () => {
  const content = { labels: [found(1, ['red']), found(2, ['blue', 'green'])] };
  const { labels, gaps, requests } = await list({ content });
  expect([labels, gaps]).toEqual([{ 1: ['red'], 2: ['blue', 'green'] }, []]);
  expect(requests).toEqual(['listLabels']);
});

describe('of a page with more labels than search tells', () => {
  const content = { labels: [found(1, ['red']), found(2, ['blue'], true)] };

  test('all are asked for by themselves', async () => {
    const { labels, requests } = await list({ content });
    expect(labels).toEqual({ 1: ['red'], 2: ['one', 'two', 'three'] });
    expect(requests).toEqual(['listLabels', 'labelsOf page 2']);
  });

  test('those that search tells count where the page is not to be seen', async () => {
    const client = { labelsOf$: () => throwError(() => new HttpError(404, 'no')) };
    expect(await list({ content, client })).toMatchObject({ labels: { 1: ['red'], 2: ['blue'] }, gaps: [] });
  });

  test('another failure costs the labels, which is told', async () => {
    const client = { labelsOf$: () => throwError(() => new HttpError(500, 'no')) };
    expect((await list({ content, client })).gaps).toEqual([['labels', 'no']]);
  });

  test('none at all is an answer that cannot be', async () => {
    const { gaps } = await list({ content, client: { labelsOf$: () => of([]) } });
    expect(gaps).toEqual([['labels', 'The wiki answers for page 2 with no label, where search tells 1.']]);
  });

  test('refused credentials end the run', async () => {
    const error = new CredentialsError('no');
    await expect(list({ content, client: { labelsOf$: () => throwError(() => error) } })).rejects.toBe(error);
  });
});

test('a page that has no label has none', async () => {
  expect(await list({ content: { labels: [found(1, [])] } })).toMatchObject({ labels: { 1: [] }, gaps: [] });
});

test('rows that cannot be read are told', async () => {
  const client = {
    listLabels$: () => of({ items: [found(1, ['red'])], unreadable: [{ id: '2', reason: 'no id' }] }),
  };
  const { labels, gaps } = await list({ client });
  expect([labels, gaps.map(([kind]) => kind)]).toEqual([{ 1: ['red'] }, ['labels']]);
});

test('an archived space is not searched, which is told', async () => {
  const { labels, gaps, requests } = await list({}, { ...SPACE, isArchived: true });
  expect([labels, gaps.map(([kind]) => kind), requests]).toEqual([{}, ['labels'], []]);
});

describe('in a part of a space', () => {
  const KNOWN: Labels = { labels: new Map([['1', ['red']]]), gaps: [] };
  const complete = async (known: Labels, options: Situation['options'], count = 3) => {
    const asked: string[] = [];
    const { run } = newSearch({
      ...(options && { options }),
      client: {
        listLabels$: (cql) => {
          asked.push(cql);
          return of({ items: [found(2, ['blue'])] });
        },
      },
    });
    const listed = pages(count).map(({ id }) => listedPage(Number(id)));
    return { ...told(await firstValueFrom(withLabelsById$(run, known, listed))), asked };
  };

  test('pages that search has not found there are asked for by their ids', async () => {
    const { labels, asked } = await complete(KNOWN, { label: 'red' });
    expect(labels).toEqual({ 1: ['red'], 2: ['blue'] });
    expect(asked).toEqual([expect.stringContaining('id in (2,3)')]);
  });

  test('a hundred at a time', async () => {
    const { asked } = await complete({ labels: new Map(), gaps: [] }, { label: 'red' }, 150);
    expect(asked.map((cql) => cql.split(',').length)).toEqual([100, 50]);
  });

  test.each<[string, Labels, Situation['options']]>([
    ['of the whole space', KNOWN, {}],
    [
      'where search has failed',
      { ...KNOWN, gaps: [{ of: 'labels', error: new Error('no') }] },
      { label: 'red' },
    ],
  ])('not %s', async (_, known, options) => {
    const { labels, asked } = await complete(known, options);
    expect([labels, asked]).toEqual([{ 1: ['red'] }, []]);
  });

  test('nor where all are known', async () => {
    expect((await complete(KNOWN, { label: 'red' }, 1)).asked).toEqual([]);
  });
});
