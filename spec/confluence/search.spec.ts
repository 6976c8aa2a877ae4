import { expect, test } from '@jest/globals';
import { AxiosHeaders, type AxiosResponse } from 'axios';
import { defer, NEVER, of, throwError } from 'rxjs';
import { z } from 'zod';
import { createSearch } from '../../lib/confluence/search.js';
import type { ApiRequest, Send } from '../../lib/confluence/request.js';
import { HttpError } from '../../lib/errors/http-error.js';
import { all, failureOf } from '../support/wire.js';

const Row = z.object({ id: z.string() });

const answer = (data: unknown): AxiosResponse<unknown> => ({
  data,
  status: 200,
  statusText: 'OK',
  headers: {},
  config: { headers: new AxiosHeaders() },
});

/** A search service; tells what it was asked, as query, limit and cursor. */
const service = (refuse: (request: ApiRequest) => number | undefined, next?: string) => {
  const asked: string[] = [];
  const send: Send = (request) =>
    defer(() => {
      const { cql, limit, cursor } = request.params ?? {};
      asked.push([cql, limit, cursor].filter((part) => part !== undefined).join(' | '));
      const status = refuse(request);
      if (status !== undefined) return throwError(() => new HttpError(status, `answered ${status}`));
      const isLast = next === undefined || cursor !== undefined;
      return of(
        answer({ results: [{ id: isLast ? '2' : '1' }], _links: isLast ? {} : { next: `?cursor=${next}` } }),
      );
    });
  return { asked, search: createSearch(send)('listing', 'version', Row) };
};

const hasOrder = ({ params }: ApiRequest): boolean => String(params?.cql).includes('order by');

test('asks for an order that stays while it is walked, on every page', async () => {
  const { asked, search } = service(() => undefined, 'abc');
  expect(await all(search('type=page'))).toMatchObject([{ items: [{ id: '1' }] }, { items: [{ id: '2' }] }]);
  expect(asked).toEqual([
    'type=page order by created asc | 250',
    'type=page order by created asc | 250 | abc',
  ]);
});

test('a service that refuses the order is asked without one, and from then on at once', async () => {
  const { asked, search } = service((request) => (hasOrder(request) ? 400 : undefined));
  await all(search('type=page'));
  await all(search('type=comment'));
  expect(asked).toEqual(['type=page order by created asc | 250', 'type=page | 250', 'type=comment | 250']);
});

test('a query that is refused with and without order is refused; the next one asks for the order again', async () => {
  const { asked, search } = service(({ params }) =>
    String(params?.cql).startsWith('odd') ? 400 : undefined,
  );
  expect(await failureOf(search('odd'))).toMatchObject({ status: 400 });
  await all(search('type=page'));
  expect(asked).toEqual([
    'odd order by created asc | 250',
    'odd | 250',
    'type=page order by created asc | 250',
  ]);
});

test.each([401, 403, 404, 410])('%s says nothing of the order', async (status) => {
  const { asked, search } = service(() => status);
  expect(await failureOf(search('type=page'))).toMatchObject({ status });
  expect(asked).toHaveLength(1);
});

test('a service that large pages are too much for is asked in smaller ones', async () => {
  const { asked, search } = service(({ params }) => (Number(params?.limit) > 100 ? 502 : undefined), 'abc');
  await all(search('type=page'));
  expect(asked.map((each) => each.split(' | ').slice(1).join(' '))).toEqual(['250', '125', '63', '63 abc']);
});

test('further searches begin with the page size that the service has taken', async () => {
  const { asked, search } = service(({ params }) => (Number(params?.limit) > 100 ? 500 : undefined));
  await all(search('type=page'));
  await all(search('type=comment'));
  expect(asked.at(-1)).toBe('type=comment order by created asc | 63');
});

test('with bodies fewer items are asked for, and no fewer still when that fails', async () => {
  const asked: ApiRequest[] = [];
  const send: Send = (request) =>
    defer(() => {
      asked.push(request);
      return throwError(() => new HttpError(502, 'answered 502'));
    });
  const search = createSearch(send)('comments', 'body.storage', Row, { hasBodies: true });
  expect(await failureOf(search('type=comment'))).toMatchObject({ status: 502 });
  expect(asked).toEqual([
    {
      lane: 'comments',
      path: '/rest/api/content/search',
      params: {
        cql: 'type=comment order by created asc',
        expand: 'body.storage',
        limit: 50,
        cursor: undefined,
      },
      hasBodies: true,
    },
  ]);
});

test('a search for no bodies says so, with its lane and what is to come with each item', async () => {
  const asked: ApiRequest[] = [];
  const send: Send = (request) => {
    asked.push(request);
    return of(answer({ results: [] }));
  };
  await all(createSearch(send)('folders', 'ancestors', Row)('type=folder'));
  expect(asked).toMatchObject([
    { lane: 'folders', path: '/rest/api/content/search', params: { expand: 'ancestors' }, hasBodies: false },
  ]);
});

test('what a search asks on demand is asked on demand', () => {
  const { asked, search } = service(() => undefined, 'abc');
  search('type=page', { demand$: NEVER }).subscribe();
  expect(asked).toEqual(['type=page order by created asc | 250']);
});
