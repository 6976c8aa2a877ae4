import { expect, test } from '@jest/globals';
import { nock } from '../support/nock.js';
import { BehaviorSubject } from 'rxjs';
import { cursorOf } from '../../lib/confluence/walk.js';
import { createWikiClient } from '../../lib/confluence/wiki-client.js';
import type { Space } from '../../lib/core/content.js';
import { CursorLoopError } from '../../lib/errors/cursor-loop-error.js';
import { useLoopback } from '../support/loopback.js';
import { all, expectGet, failureOf, RecordingGate, SITE, useNock, wikiClient } from '../support/wire.js';

useNock();
const serve = useLoopback();

const space: Space = {
  id: '98306',
  key: 'DOCS',
  name: 'Docs',
  homepageId: '98400',
  baseUrl: `${SITE}/wiki`,
  serverTime: undefined,
  isArchived: false,
};
const PAGES = '/api/v2/spaces/98306/pages';
const PAGES_QUERY = { limit: '250', sort: 'id', status: 'current' };
const FOLDERS_QUERY = {
  cql: 'space="DOCS" and type in (folder,whiteboard,database,embed) order by created asc',
  expand: 'ancestors',
  limit: '250',
};

const idsOf = (pages: readonly { readonly items: readonly { readonly id: string }[] }[]): string[][] =>
  pages.map(({ items }) => items.map(({ id }) => id));

test.each([
  ['/wiki/api/v2/pages?limit=250&cursor=abc', 'abc'],
  ['/rest/api/content/search?next=true&cursor=_f_Mg%3D%3D_sa', '_f_Mg==_sa'],
  ['https://elsewhere.example/wiki?cursor=abc', 'abc'],
  ['?cursor=abc', 'abc'],
  ['/wiki/api/v2/pages?start=25', undefined],
  ['http://[', undefined],
])('the cursor of %s is %s', (next, cursor) => {
  expect(cursorOf(next)).toBe(cursor);
});

test('v2: sends its own request again with the cursor of a next link that begins with /wiki', async () => {
  expectGet(PAGES, PAGES_QUERY, 'pages-first');
  expectGet(PAGES, { ...PAGES_QUERY, cursor: 'eyJpZCI6MX0=' }, 'pages-last');
  const pages = await all(wikiClient().listPages$(space, 'page'));
  expect(idsOf(pages)).toEqual([['123456'], ['123457']]);
});

test('v1: sends its own request again with the cursor of a next link that lacks /wiki', async () => {
  expectGet('/rest/api/content/search', FOLDERS_QUERY, 'folders');
  expectGet('/rest/api/content/search', { ...FOLDERS_QUERY, cursor: '_f_Mg==_sa_x' }, 'search-empty');
  const pages = await all(wikiClient().listFolders$(space));
  expect(idsOf(pages)).toEqual([['555001', '555002'], []]);
});

test('an empty page with a next link is not the end', async () => {
  expectGet(PAGES, PAGES_QUERY, 'pages-empty-with-next');
  expectGet(PAGES, { ...PAGES_QUERY, cursor: 'eyJpZCI6Mn0=' }, 'pages-last');
  expect(idsOf(await all(wikiClient().listPages$(space, 'page')))).toEqual([[], ['123457']]);
});

test.each([
  '</wiki/api/v2/spaces/98306/pages?limit=250&cursor=abc>; rel="next"',
  '<https://example.atlassian.net/wiki>; rel="base", </wiki/api/v2/spaces/98306/pages?cursor=abc>; rel="next"',
  '</wiki/api/v2/spaces/98306/pages?cursor=abc>; rel=next, <https://example.atlassian.net/wiki>; rel="base"',
])('follows a next link that stands in the header only: %s', async (link) => {
  nock(SITE).get(`/wiki${PAGES}`).query(PAGES_QUERY).reply(200, { results: [] }, { Link: link });
  expectGet(PAGES, { ...PAGES_QUERY, cursor: 'abc' }, 'pages-last');
  expect(idsOf(await all(wikiClient().listPages$(space, 'page')))).toEqual([[], ['123457']]);
});

test.each([
  ['https://example.atlassian.net/wiki', 'https://example.atlassian.net/wiki'],
  ['http://127.0.0.1:8090/wiki', 'http://127.0.0.1:8090/wiki'],
  ['http://', undefined],
  ['http://[', undefined],
  ['xhttps://example.atlassian.net', undefined],
  ['https://a b', undefined],
  ['javascript:alert(1)', undefined],
  ['https://a\nb', undefined],
  ['', undefined],
  [null, undefined],
])('the base %j is %s', async (base, expected) => {
  nock(SITE).get(`/wiki${PAGES}`).query(true).reply(200, { results: [], _links: { base } });
  const [page] = await all(wikiClient().listPages$(space, 'page'));
  expect(page?.base).toBe(expected);
});

test('a Link header without a next link ends the listing', async () => {
  nock(SITE)
    .get(`/wiki${PAGES}`)
    .query(PAGES_QUERY)
    .reply(200, { results: [] }, { Link: '<https://example.atlassian.net/wiki?cursor=abc>; rel="base"' });
  expect(await all(wikiClient().listPages$(space, 'page'))).toHaveLength(1);
});

test('a next link to another host never sends anything there', async () => {
  const elsewhere = nock('https://elsewhere.example').get(/.*/).reply(200, { results: [] });
  const next = 'https://elsewhere.example/wiki/api/v2/spaces/98306/pages?cursor=abc';
  nock(SITE).get(`/wiki${PAGES}`).query(PAGES_QUERY).reply(200, { results: [], _links: { next } });
  expectGet(PAGES, { ...PAGES_QUERY, cursor: 'abc' }, 'pages-last');
  expect(idsOf(await all(wikiClient().listPages$(space, 'page')))).toEqual([[], ['123457']]);
  expect(elsewhere.isDone()).toBe(false);
  nock.cleanAll();
});

const FIRST = { ...PAGES_QUERY, cursor: 'eyJpZCI6MX0=' };
const refuseCursor = () =>
  nock(SITE)
    .get(`/wiki${PAGES}`)
    .query(FIRST)
    .reply(400, { errors: [{ status: 400, code: 'INVALID_REQUEST_PARAMETER' }] });

test('a cursor that comes a second time begins the listing anew once, then it is an error', async () => {
  for (let i = 0; i < 2; i += 1) {
    expectGet(PAGES, PAGES_QUERY, 'pages-first');
    expectGet(PAGES, FIRST, 'pages-first');
  }
  expect(await failureOf(wikiClient().listPages$(space, 'page'))).toBeInstanceOf(CursorLoopError);
});

test('a refused cursor begins the listing anew', async () => {
  expectGet(PAGES, PAGES_QUERY, 'pages-first');
  refuseCursor();
  expectGet(PAGES, PAGES_QUERY, 'pages-first');
  expectGet(PAGES, FIRST, 'pages-last');
  expect(idsOf(await all(wikiClient().listPages$(space, 'page')))).toEqual([
    ['123456'],
    ['123456'],
    ['123457'],
  ]);
});

test('a cursor that is refused again is an error', async () => {
  for (let i = 0; i < 2; i += 1) {
    expectGet(PAGES, PAGES_QUERY, 'pages-first');
    refuseCursor();
  }
  expect(await failureOf(wikiClient().listPages$(space, 'page'))).toMatchObject({ code: 'cursor-rejected' });
});

test('a listing that is refused before any cursor is asked for once', async () => {
  nock(SITE).get(`/wiki${PAGES}`).query(PAGES_QUERY).reply(400);
  expect(await failureOf(wikiClient().listPages$(space, 'page'))).toMatchObject({ code: 'http-400' });
});

test('a next link without a cursor is an error: a part of a listing never passes for all of it', async () => {
  nock(SITE)
    .get(`/wiki${PAGES}`)
    .query(true)
    .reply(200, { results: [], _links: { next: `/wiki${PAGES}?start=250` } });
  expect(await failureOf(wikiClient().listPages$(space, 'page'))).toMatchObject({
    code: 'malformed-response',
  });
});

const answer = (results: unknown, query: Record<string, string> = {}, cursor?: string) =>
  nock(SITE)
    .get(`/wiki${PAGES}`)
    .query({ ...PAGES_QUERY, ...query })
    .reply(200, { results, _links: cursor === undefined ? {} : { next: `/wiki${PAGES}?cursor=${cursor}` } });

test('one row that cannot be read costs one row, and is told', async () => {
  answer([
    { id: '1', title: 'One' },
    null,
    'text',
    { title: 'No id' },
    { id: 'x' },
    { id: 2 },
    { id: 2 ** 53 },
  ]);
  const [page] = await all(wikiClient().listPages$(space, 'page'));
  expect(page?.items.map(({ id }) => id)).toEqual(['1', '2']);
  expect(page?.unreadable).toEqual([
    { id: undefined, reason: expect.stringMatching(/^Invalid input: expected object/) },
    { id: undefined, reason: expect.stringMatching(/^Invalid input: expected object/) },
    { id: undefined, reason: expect.stringMatching(/^at "id"/) },
    { id: 'x', reason: expect.stringMatching(/^at "id"/) },
    { id: String(2 ** 53), reason: expect.stringMatching(/^at "id"/) },
  ]);
});

test.each([
  { title: null },
  { version: null },
  { version: { number: '7' } },
  { version: 'seven' },
  { parentId: null, parentType: 'sticker' },
  { parentId: {}, authorId: 7, createdAt: null, _links: null },
])('a page with %j is a page', async (odd) => {
  answer([{ id: '1', ...odd }]);
  const [page] = await all(wikiClient().listPages$(space, 'page'));
  expect(page).toMatchObject({ items: [{ id: '1' }] });
  expect(page?.unreadable).toBeUndefined();
});

test('rows of another status or space are none of the listing', async () => {
  answer([
    { id: '1', status: 'current', spaceId: space.id },
    { id: '2', status: 'draft' },
    { id: '3', status: 'trashed' },
    { id: '4', spaceId: '4711' },
    { id: '5', spaceId: null },
  ]);
  const pages = await all(wikiClient().listPages$(space, 'page'));
  expect(idsOf(pages)).toEqual([['1', '5']]);
});

test('a next link that is empty in the body is looked for in the header', async () => {
  nock(SITE)
    .get(`/wiki${PAGES}`)
    .query(PAGES_QUERY)
    .reply(200, { results: [], _links: { next: '' } }, { Link: `</wiki${PAGES}?cursor=abc>; rel="next"` });
  answer([{ id: '7' }], { cursor: 'abc' });
  expect(idsOf(await all(wikiClient().listPages$(space, 'page')))).toEqual([[], ['7']]);
});

test.each(['null', '{}', '"x"'])(
  'a listing whose rows are %s is an error, never an empty one',
  async (rows) => {
    nock(SITE)
      .get(`/wiki${PAGES}`)
      .query(true)
      .reply(200, `{"results":${rows}}`, { 'Content-Type': 'application/json' });
    expect(await failureOf(wikiClient().listPages$(space, 'page'))).toMatchObject({
      code: 'malformed-response',
    });
  },
);

test('an empty page whose next is the cursor just used is the end', async () => {
  answer([{ id: '1' }], {}, 'same');
  answer([], { cursor: 'same' }, 'same');
  expect(idsOf(await all(wikiClient().listPages$(space, 'page')))).toEqual([['1'], []]);
});

/** A wiki whose every page names a further one, which has these rows. */
const endless = (rowsOf: (n: number) => unknown[]) => {
  let n = 0;
  nock(SITE)
    .persist()
    .get(`/wiki${PAGES}`)
    .query(true)
    .reply(200, () => {
      n += 1;
      return { results: rowsOf(n), _links: { next: `/wiki${PAGES}?cursor=c${n}` } };
    });
  return () => n;
};

test.each<[string, (n: number) => unknown[]]>([
  ['are empty', (n) => (n === 1 ? [{ id: '1' }] : [])],
  ['repeat what was told', () => [{ id: '1' }]],
  ['repeat what cannot be read', () => [null]],
])(
  'a listing whose pages %s, each with another cursor, ends with an error after twenty',
  async (_name, rowsOf) => {
    const requests = endless(rowsOf);
    expect(await failureOf(wikiClient().listPages$(space, 'page'))).toMatchObject({
      code: 'endless-listing',
      message: expect.stringContaining('20 pages'),
    });
    expect(requests()).toBe(21);
    nock.cleanAll();
  },
);

test('barren pages between good ones are no end', async () => {
  for (let n = 0; n < 40; n += 1)
    answer(n % 19 === 0 ? [{ id: String(n + 1) }] : [], n === 0 ? {} : { cursor: `c${n}` }, `c${n + 1}`);
  answer([{ id: '41' }], { cursor: 'c40' });
  const found = idsOf(await all(wikiClient().listPages$(space, 'page'))).flat();
  expect(found).toEqual(['1', '20', '39', '41']);
});

test.each([500, 502, 504, 520, 413])('%s: fewer rows are asked for', async (status) => {
  nock(SITE).get(`/wiki${PAGES}`).query(PAGES_QUERY).reply(status);
  answer([{ id: '1' }], { limit: '125' });
  expect(idsOf(await all(wikiClient({ maxRetries: 0 }).listPages$(space, 'page')))).toEqual([['1']]);
});

test.each([400, 403, 410, 501, 503])('%s: fewer rows would fare no better', async (status) => {
  nock(SITE).get(`/wiki${PAGES}`).query(PAGES_QUERY).reply(status);
  expect(await failureOf(wikiClient({ maxRetries: 0 }).listPages$(space, 'page'))).toMatchObject({ status });
});

test('a wiki out of reach is so for fewer rows, too', async () => {
  let requests = 0;
  const origin = await serve((request) => {
    requests += 1;
    request.socket.destroy();
  });
  const client = createWikiClient(origin, {
    credentials: { bearerToken: 'x' },
    maxRetries: 0,
    random: () => 0,
    gate: new RecordingGate(),
  });
  expect(await failureOf(client.listPages$(space, 'page'))).toMatchObject({ code: 'unreachable' });
  expect(requests).toBe(1);
});

test('an answer that takes the wiki too long is asked for in halves, from the same place on', async () => {
  const tooLarge = (query: Record<string, string>) => nock(SITE).get(`/wiki${PAGES}`).query(query).reply(504);
  const client = wikiClient({ maxRetries: 0 });
  expectGet(PAGES, PAGES_QUERY, 'pages-first');
  tooLarge({ ...PAGES_QUERY, cursor: 'eyJpZCI6MX0=' });
  tooLarge({ ...PAGES_QUERY, cursor: 'eyJpZCI6MX0=', limit: '125' });
  expectGet(PAGES, { ...PAGES_QUERY, cursor: 'eyJpZCI6MX0=', limit: '63' }, 'pages-last');
  expect(idsOf(await all(client.listPages$(space, 'page')))).toEqual([['123456'], ['123457']]);
});

test('a listing that is too long in the smallest pages is an error', async () => {
  for (const limit of ['250', '125', '63', '32', '25'])
    nock(SITE)
      .get(`/wiki${PAGES}`)
      .query({ ...PAGES_QUERY, limit })
      .reply(504);
  expect(await failureOf(wikiClient({ maxRetries: 0 }).listPages$(space, 'page'))).toMatchObject({
    code: 'http-504',
  });
});

test('sends the next request on demand only', async () => {
  expectGet(PAGES, PAGES_QUERY, 'pages-first');
  const demand = new BehaviorSubject(false);
  const seen: number[] = [];
  const walked = new Promise<void>((resolve, reject) => {
    wikiClient()
      .listPages$(space, 'page', { demand$: demand })
      .subscribe({
        next: ({ items }) => {
          seen.push(items.length);
          if (seen.length > 1) return;
          expect(nock.pendingMocks()).toEqual([]);
          expectGet(PAGES, { ...PAGES_QUERY, cursor: 'eyJpZCI6MX0=' }, 'pages-last');
          demand.next(true);
        },
        error: reject,
        complete: resolve,
      });
  });
  await walked;
  expect(seen).toEqual([1, 1]);
});

test('is cold: each subscription asks anew', async () => {
  const listing$ = wikiClient().listPages$(space, 'page');
  expectGet(PAGES, PAGES_QUERY, 'pages-last');
  await all(listing$);
  expectGet(PAGES, PAGES_QUERY, 'pages-last');
  expect(await all(listing$)).toHaveLength(1);
});

test('a base that is no text makes the answer none', async () => {
  nock(SITE)
    .get(`/wiki${PAGES}`)
    .query(true)
    .reply(200, { results: [], _links: { base: 7 } });
  expect(await failureOf(wikiClient().listPages$(space, 'page'))).toMatchObject({
    code: 'malformed-response',
    message: expect.stringMatching(
      /^\/api\/v2\/spaces\/98306\/pages answered with another shape.*"_links\.base"/,
    ),
    hint: expect.stringContaining('Pull again'),
  });
});

test('an answer without links is the last of its listing', async () => {
  for (const links of [undefined, null]) {
    nock(SITE)
      .get(`/wiki${PAGES}`)
      .query(PAGES_QUERY)
      .reply(200, { results: [{ id: '1' }], _links: links });
    expect(idsOf(await all(wikiClient().listPages$(space, 'page')))).toEqual([['1']]);
  }
});

test.each([
  ['Tue, 03 Feb 2026 04:05:06 GMT', '2026-02-03T04:05:06.000Z'],
  ['some day', undefined],
])('of the date %s the wiki’s clock is %s', async (date, expected) => {
  nock(SITE).get(`/wiki${PAGES}`).query(true).reply(200, { results: [] }, { Date: date });
  const [page] = await all(wikiClient().listPages$(space, 'page'));
  expect(page?.serverTime).toBe(expected);
});

test('a next link without a cursor is told with its listing and what to do', async () => {
  nock(SITE)
    .get(`/wiki${PAGES}`)
    .query(true)
    .reply(200, { results: [], _links: { next: 'http://[' } });
  expect(await failureOf(wikiClient().listPages$(space, 'page'))).toMatchObject({
    message: `${PAGES} answered with a next link that holds no cursor.`,
    hint: expect.stringContaining('report it'),
  });
});

test('a row whose id is of another type is told without one', async () => {
  answer([{ id: true }, { id: 0 }]);
  const [page] = await all(wikiClient().listPages$(space, 'page'));
  expect(page?.unreadable?.map(({ id }) => id)).toEqual([undefined, '0']);
});
