import { expect, test } from '@jest/globals';
import { catchError, map, of } from 'rxjs';
import { isRxsyncError } from '../../lib/errors/rxsync-error.js';
import { nock } from '../support/nock.js';
import {
  all,
  expectGet,
  failureOf,
  RecordingGate,
  SITE,
  useNock,
  wikiClient,
  wire,
} from '../support/wire.js';

useNock();

const BATCH = { id: '123456,123457', limit: '250', status: 'current' };

test('fetchPages$ reads a batch of ids at once and leaves out what is gone', async () => {
  expectGet('/api/v2/pages', { ...BATCH, 'body-format': 'storage' }, 'page-bodies');
  expect(await all(wikiClient().fetchPages$('page', ['123456', '123457'], 'markdown'))).toEqual([
    [
      {
        spaceId: '98306',
        kind: 'page',
        id: '123456',
        title: 'Setup',
        status: 'current',
        parentId: '98400',
        authorId: 'acct-1',
        createdAt: '2025-01-02T03:04:05.678Z',
        updatedAt: '2026-02-03T04:05:06.789Z',
        version: 7,
        webui: '/spaces/DOCS/pages/123456/Setup',
        body: '<p>Install it.</p>',
      },
    ],
  ]);
});

test('fetchPages$ follows next links inside a batch and emits it whole', async () => {
  const query = { ...BATCH, 'body-format': 'storage' };
  nock(SITE)
    .get('/wiki/api/v2/blogposts')
    .query(query)
    .reply(200, { results: [], _links: { next: '/wiki/api/v2/blogposts?cursor=abc' } });
  expectGet('/api/v2/blogposts', { ...query, cursor: 'abc' }, 'page-bodies');
  const batches = await all(wikiClient().fetchPages$('blogpost', ['123456', '123457'], 'storage'));
  expect(batches.map((batch) => batch.map(({ kind, id }) => [kind, id]))).toEqual([[['blogpost', '123456']]]);
});

test('the ADF format asks for and reads atlas_doc_format', async () => {
  const body = { atlas_doc_format: { value: '{"type":"doc"}' } };
  const answer = { id: 7, title: 'Adf', status: 'draft', version: { number: 1 }, body };
  nock(SITE).get('/wiki/api/v2/pages/7').query({ 'body-format': 'atlas_doc_format' }).reply(200, answer);
  const [page] = await all(wikiClient().fetchPage$('page', '7', 'adf'));
  expect(page).toMatchObject({ id: '7', status: 'draft', body: '{"type":"doc"}', createdAt: '', webui: '' });
});

test.each([{}, null, { storage: null }, { storage: { value: null } }, { view: { value: '<p>x' } }])(
  'a page with the body %j has none that was asked for, which is not an empty one',
  async (body) => {
    nock(SITE)
      .get('/wiki/api/v2/pages/7')
      .query(true)
      .reply(200, { id: '7', title: 'x', version: { number: 1 }, body });
    expect(await all(wikiClient().fetchPage$('page', '7', 'storage'))).toMatchObject([
      { id: '7', body: undefined },
    ]);
  },
);

test('another page than was asked for is one malformed answer', async () => {
  nock(SITE).get('/wiki/api/v2/pages/7').query(true).reply(200, { id: '8', title: 'x' });
  expect(await failureOf(wikiClient().fetchPage$('page', '7', 'storage'))).toMatchObject({
    code: 'malformed-response',
    message: expect.stringContaining('another page: 8'),
  });
});

test('fetchComments$ reads the comments of some pages with their place, state and author', async () => {
  expectGet(
    '/rest/api/content/search',
    {
      cql: 'type=comment and container in (123456,123457) order by created asc',
      expand:
        'body.storage,version,container,ancestors,history,extensions.inlineProperties,extensions.resolution',
      limit: '50',
    },
    'comments',
  );
  const [comments] = await all(wikiClient().fetchComments$(['123456', '123457']));
  expect(comments).toEqual([
    {
      id: '300001',
      version: 1,
      pageId: '123456',
      parentId: undefined,
      location: 'inline',
      resolution: 'resolved',
      selection: 'Install it',
      authorId: 'acct-1',
      createdAt: '2026-01-01T00:00:00.000Z',
      body: '<p>Which version?</p>',
    },
    {
      id: '300002',
      version: 3,
      pageId: '123456',
      parentId: '300001',
      location: 'footer',
      resolution: undefined,
      selection: undefined,
      authorId: 'acct-3',
      createdAt: '2026-01-02T00:00:00.000Z',
      body: '<p>The latest.</p>',
    },
  ]);
});

test('users$ asks for accounts in bulk; hidden ones are missing', async () => {
  nock(SITE)
    .post('/wiki/api/v2/users-bulk', { accountIds: ['acct-1', 'acct-2', 'acct-3', 'acct-4'] })
    .reply(200, wire('users'));
  const [names] = await all(wikiClient().users$(['acct-1', 'acct-2', 'acct-3', 'acct-4']));
  expect([...(names ?? [])]).toEqual([
    ['acct-1', 'Ada Lovelace'],
    ['acct-2', 'Grace'],
  ]);
});

test('users$: a row that is none costs itself, a list that is none is malformed', async () => {
  const users = (results: unknown) => nock(SITE).post('/wiki/api/v2/users-bulk').reply(200, { results });
  users([null, { accountId: null }, { accountId: 'acct-1', displayName: 'Ada' }]);
  expect(await all(wikiClient().users$(['acct-1']))).toEqual([new Map([['acct-1', 'Ada']])]);
  users(null);
  expect(await failureOf(wikiClient().users$(['acct-1']))).toMatchObject({ code: 'malformed-response' });
});

test('users$ is a read: it is tried again after a server error', async () => {
  nock(SITE).post('/wiki/api/v2/users-bulk').reply(503);
  nock(SITE)
    .post('/wiki/api/v2/users-bulk', { accountIds: ['acct-1'] })
    .reply(200, wire('users'));
  expect(await all(wikiClient().users$(['acct-1']))).toHaveLength(1);
});

test.each([
  [1_100, { error: 'oversized-response' }],
  [900, { ids: ['1', '2'] }],
])('a batch in two answers of %d characters each, of which 2,000 may come: %j', async (length, end) => {
  const row = (id: string) => ({ id, title: id, body: { storage: { value: 'x'.repeat(length) } } });
  const next = '/wiki/api/v2/pages?cursor=abc';
  nock(SITE)
    .get('/wiki/api/v2/pages')
    .query(({ cursor }) => cursor === undefined)
    .reply(200, { results: [row('1')], _links: { next } })
    .get('/wiki/api/v2/pages')
    .query({ ...BATCH, id: '1,2', 'body-format': 'storage', cursor: 'abc' })
    .reply(200, { results: [row('2')] });
  const end$ = wikiClient({ maxAnswerBytes: 2_000 })
    .fetchPages$('page', ['1', '2'], 'markdown')
    .pipe(
      map((found): unknown => ({ ids: found.map(({ id }) => id) })),
      catchError((error: unknown) => of({ error: isRxsyncError(error) ? error.code : error })),
    );
  expect(await all(end$)).toEqual([end]);
});

test('who has no name, or an empty one, is missing; a public name stands in for one that is hidden', async () => {
  const results = [
    { accountId: 'a', displayName: 'Ada', publicName: 'ada' },
    { accountId: 'b', displayName: null, publicName: 'bob' },
    { accountId: 'c', displayName: '', publicName: 'cy' },
    { accountId: 'd' },
    { displayName: 'Nobody' },
  ];
  nock(SITE).post('/wiki/api/v2/users-bulk').reply(200, { results });
  expect(await all(wikiClient().users$(['a']))).toEqual([
    new Map([
      ['a', 'Ada'],
      ['b', 'bob'],
    ]),
  ]);
});

test.each([
  ['page', 'pages'],
  ['blogpost', 'blogposts'],
] as const)('a %s by itself is asked for by its own address, in the lane of pages', async (kind, path) => {
  const gate = new RecordingGate();
  nock(SITE)
    .get(`/wiki/api/v2/${path}/7`)
    .query({ 'body-format': 'view' })
    .reply(200, { id: '7', body: { view: { value: '<p>x' } } });
  expect(await all(wikiClient({ gate }).fetchPage$(kind, '7', 'view'))).toMatchObject([
    { kind, id: '7', body: '<p>x' },
  ]);
  expect(gate.admitted).toEqual(['pages']);
});

test('a comment that comes twice is told once', async () => {
  const row = (id: string) => ({ id, container: { id: '1' }, body: { storage: { value: '<p>Hi.</p>' } } });
  nock(SITE)
    .get('/wiki/rest/api/content/search')
    .query(true)
    .reply(200, { results: [row('7'), row('8'), row('7')] });
  const [comments] = await all(wikiClient().fetchComments$(['1']));
  expect(comments?.map(({ id }) => id)).toEqual(['7', '8']);
});

test.each([
  [1_001, 'oversized-response'],
  [1_000, undefined],
])('comments of %d characters each in two answers, of which 2,000 may come: %s', async (length, code) => {
  const row = (id: string) => ({
    id,
    container: { id: '1' },
    body: { storage: { value: 'x'.repeat(length) } },
  });
  const find = (isFirst: boolean, body: object) =>
    nock(SITE)
      .get('/wiki/rest/api/content/search')
      .query(({ cursor }) => (cursor === undefined) === isFirst)
      .reply(200, body);
  find(true, { results: [row('7')], _links: { next: '?cursor=x' } });
  find(false, { results: [row('8')] });
  const outcome$ = wikiClient({ maxAnswerBytes: 2_000 })
    .fetchComments$(['1'])
    .pipe(
      map(() => undefined),
      catchError((error: unknown) => of(isRxsyncError(error) ? error.code : error)),
    );
  expect(await all(outcome$)).toEqual([code]);
});
