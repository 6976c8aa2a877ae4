import { expect, test } from '@jest/globals';
import type { Observable } from 'rxjs';
import { nock } from '../support/nock.js';
import type { Space } from '../../lib/core/content.js';
import { SpaceNotFoundError } from '../../lib/errors/space-not-found-error.js';
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

const SEARCH = '/rest/api/content/search';
const space: Space = {
  id: '98306',
  key: 'DOCS',
  name: 'Docs',
  homepageId: '98400',
  baseUrl: `${SITE}/wiki`,
  serverTime: undefined,
  isArchived: false,
};

test('space$ looks a space up by its key and tells the site and the wiki’s clock', async () => {
  nock(SITE)
    .get('/wiki/api/v2/spaces')
    .query({ keys: 'DOCS', limit: '25' })
    .reply(200, wire('space'), { Date: 'Tue, 03 Feb 2026 04:05:06 GMT' });
  expect(await all(wikiClient().space$('DOCS'))).toEqual([
    {
      id: '98306',
      key: 'DOCS',
      name: 'Docs',
      homepageId: '98400',
      baseUrl: 'https://example.atlassian.net/wiki',
      serverTime: '2026-02-03T04:05:06.000Z',
      isArchived: false,
    },
  ]);
});

test('space$ fails for a key that nothing is found for, not in the archive either, saying both reasons', async () => {
  expectGet('/api/v2/spaces', { keys: 'NOPE', limit: '25' }, 'search-empty');
  expectGet('/api/v2/spaces', { keys: 'NOPE', status: 'archived', limit: '25' }, 'search-empty');
  const error = await failureOf(wikiClient().space$('NOPE'));
  expect(error).toBeInstanceOf(SpaceNotFoundError);
  expect(error).toMatchObject({ exitCode: 10, message: expect.stringMatching(/"NOPE".*may not see it/) });
});

const spaces = (query: Record<string, string>, results: unknown[], next?: string) =>
  nock(SITE)
    .get('/wiki/api/v2/spaces')
    .query({ limit: '25', ...query })
    .reply(200, { results, _links: next === undefined ? {} : { next } });

test('space$ heeds no case in keys and takes no other space for the one asked for', async () => {
  spaces({ keys: 'docs' }, [
    { id: 1, key: 'DOCS2' },
    { id: 2, key: 'DOCS', homepageId: 5 },
  ]);
  expect(await all(wikiClient().space$('docs'))).toMatchObject([{ id: '2', key: 'DOCS', isArchived: false }]);
});

test('space$ takes no row without a key for the space of an id', async () => {
  spaces({ keys: 'DOCS' }, []);
  spaces({ keys: 'DOCS', status: 'archived' }, []);
  spaces({ ids: '2' }, [{ id: '2', key: '', homepageId: '5' }]);
  expect(await failureOf(wikiClient().space$('DOCS', '2'))).toBeInstanceOf(SpaceNotFoundError);
});

test('space$ follows the next link of an empty first page', async () => {
  spaces({ keys: 'DOCS' }, [], '/wiki/api/v2/spaces?cursor=abc');
  spaces({ keys: 'DOCS', cursor: 'abc' }, [{ id: '2', key: 'DOCS', homepageId: '5' }]);
  expect(await all(wikiClient().space$('DOCS'))).toMatchObject([{ id: '2' }]);
});

test('space$ finds an archived space, and says that it is one', async () => {
  spaces({ keys: 'DOCS' }, []);
  spaces({ keys: 'DOCS', status: 'archived' }, [
    { id: '2', key: 'DOCS', status: 'archived', homepageId: '5' },
  ]);
  expect(await all(wikiClient().space$('DOCS', '2'))).toMatchObject([{ id: '2', isArchived: true }]);
});

test('space$ finds a space that has got another key by its id', async () => {
  spaces({ keys: 'DOCS' }, []);
  spaces({ keys: 'DOCS', status: 'archived' }, []);
  spaces({ ids: '2' }, [{ id: '2', key: 'MANUAL', homepageId: '5' }]);
  expect(await all(wikiClient().space$('DOCS', '2'))).toMatchObject([{ id: '2', key: 'MANUAL' }]);
});

test.each([
  ['of another space, and the id wins', 'id', [{ id: '2', key: 'MANUAL', homepageId: '5' }], '2'],
  ['of another space, and nothing is found by the id that wins', 'id', [], '3'],
  ['of another space', 'key', [{ id: '2', key: 'MANUAL', homepageId: '5' }], '3'],
] as const)('space$ of a key that is %s by now', async (_name, wins, byId, expected) => {
  spaces({ keys: 'DOCS' }, [{ id: '3', key: 'DOCS', homepageId: '6' }]);
  spaces({ keys: 'DOCS', status: 'archived' }, []);
  spaces({ ids: '2' }, [...byId]);
  expect(await all(wikiClient().space$('DOCS', '2', wins))).toMatchObject([{ id: expected }]);
  nock.cleanAll();
});

test('space$ asks once for a space that has both key and id', async () => {
  spaces({ keys: 'DOCS' }, [{ id: '2', key: 'DOCS', homepageId: '5' }]);
  expect(await all(wikiClient().space$('DOCS', '2', 'id'))).toMatchObject([{ id: '2' }]);
});

test.each([
  ['by its own address', 200, { id: '2', key: 'DOCS', homepageId: 5 }, '5'],
  ['from nowhere, when it has none', 200, { id: '2', key: 'DOCS', homepageId: null }, undefined],
  ['from nowhere, when that fails', 404, { errors: [{ title: 'Cannot find a space' }] }, undefined],
])('space$ has a homepage that the listing does not tell %s', async (_name, status, body, homepageId) => {
  spaces({ keys: 'DOCS' }, [{ id: '2', key: 'DOCS', homepageId: null }]);
  nock(SITE).get('/wiki/api/v2/spaces/2').reply(status, body);
  const [found] = await all(wikiClient({ maxRetries: 0 }).space$('DOCS'));
  expect(found?.homepageId).toBe(homepageId);
});

test('listSpaces$ lists the current ones of any type, 250 a request', async () => {
  const row = (id: string, status: string) => ({ id, key: `K${id}`, name: '', status, type: 'personal' });
  const query = { limit: '250', sort: 'id', status: 'current' };
  spaces(query, [row('1', 'current'), row('2', 'archived'), { id: '3' }], '/wiki/api/v2/spaces?cursor=x');
  spaces({ ...query, cursor: 'x' }, [row('4', 'current')]);
  const pages = await all(wikiClient().listSpaces$());
  expect(pages.map(({ items }) => items.map(({ key }) => key))).toEqual([['K1'], ['K4']]);
  expect(pages[0]?.unreadable).toEqual([{ id: '3', reason: expect.any(String) }]);
});

test('listPages$ emits small records; what is null is undefined', async () => {
  const query = { limit: '250', sort: 'id', status: 'current' };
  expectGet('/api/v2/spaces/98306/blogposts', query, 'pages-last');
  const [page] = await all(wikiClient().listPages$(space, 'blogpost'));
  expect(page?.items).toEqual([
    {
      kind: 'blogpost',
      id: '123457',
      title: 'Home',
      parentId: undefined,
      parentType: undefined,
      version: 1,
      createdAt: undefined,
      authorId: undefined,
    },
  ]);
});

test.each([
  [undefined, 'id'],
  [false, 'id'],
  [true, '-id'],
])('listPages$ begins with the largest id when it is to: %s', async (isDescending, sort) => {
  expectGet('/api/v2/spaces/98306/pages', { limit: '250', sort, status: 'current' }, 'pages-last');
  const config = isDescending === undefined ? undefined : { isDescending };
  expect(await all(wikiClient().listPages$(space, 'page', config))).toHaveLength(1);
});

test('searchPages$ gives each page its parent and all its ancestors', async () => {
  expectGet(
    SEARCH,
    { cql: 'label="install" order by created asc', expand: 'version,ancestors,history', limit: '250' },
    'found-pages',
  );
  const [page] = await all(wikiClient().searchPages$('label="install"'));
  expect(page?.items[0]).toMatchObject({
    page: { kind: 'page', id: '123456', parentId: '555001', parentType: 'folder', version: 7 },
    ancestors: [
      { id: '98400', type: 'page', title: 'Home' },
      { id: '555001', type: 'folder' },
    ],
  });
  expect(page?.items[1]).toMatchObject({ page: { kind: 'blogpost', parentId: undefined }, ancestors: [] });
});

const CONTAINERS = 'space="DOCS" and type in (folder,whiteboard,database,embed)';

test('listFolders$ asks for folders alone where search does not know the other types', async () => {
  for (const cql of [`${CONTAINERS} order by created asc`, CONTAINERS])
    nock(SITE)
      .get(`/wiki${SEARCH}`)
      .query({ cql, expand: 'ancestors', limit: '250' })
      .reply(400, wire('error-v1'), { 'Content-Type': 'application/json' });
  const cql = 'space="DOCS" and type=folder order by created asc';
  expectGet(SEARCH, { cql, expand: 'ancestors', limit: '250' }, 'search-empty');
  expect(await all(wikiClient().listFolders$(space))).toMatchObject([{ items: [] }]);
});

test('listFolders$ tells which folders the index knows the place of', async () => {
  const query = { cql: `${CONTAINERS} order by created asc`, expand: 'ancestors', limit: '250' };
  expectGet(SEARCH, query, 'folders');
  expectGet(SEARCH, { ...query, cursor: '_f_Mg==_sa_x' }, 'search-empty');
  const [page] = await all(wikiClient().listFolders$(space));
  expect(page?.items).toEqual([
    {
      id: '555001',
      type: 'folder',
      title: 'Guides',
      parentId: '98400',
      parentType: 'page',
      isPlaced: true,
    },
    {
      id: '555002',
      type: 'folder',
      title: 'Unplaced',
      parentId: undefined,
      parentType: undefined,
      isPlaced: false,
    },
  ]);
});

test.each([
  ['folder', 'folders'],
  ['whiteboard', 'whiteboards'],
  ['database', 'databases'],
  ['embed', 'embeds'],
] as const)('folder$ reads a %s from its own endpoint', async (type, endpoint) => {
  expectGet(`/api/v2/${endpoint}/555003`, {}, 'folder');
  expect(await all(wikiClient().folder$(type, '555003'))).toEqual([
    { id: '555003', type, title: 'Sketches', parentId: '555001', parentType: 'folder' },
  ]);
});

test('listAttachments$ lists a space, or some pages by id', async () => {
  const query = { expand: 'container,version,extensions', limit: '250' };
  expectGet(
    SEARCH,
    { ...query, cql: 'space="DOCS" and type=attachment order by created asc' },
    'attachments',
  );
  expectGet(
    SEARCH,
    { ...query, cql: 'type=attachment and container in (1,2) order by created asc' },
    'search-empty',
  );
  const client = wikiClient();
  const [page] = await all(client.listAttachments$(space));
  expect(page?.items).toEqual([
    {
      id: 'att900001',
      pageId: '123456',
      title: 'diagram.png',
      version: 2,
      sizeBytes: 18,
      mediaType: 'image/png',
      fileId: 'f-1',
      updatedAt: '2026-01-01T00:00:00.000Z',
    },
    {
      id: 'att900002',
      pageId: '123456',
      title: 'bare.bin',
      version: 1,
      sizeBytes: undefined,
      mediaType: undefined,
      fileId: undefined,
      updatedAt: undefined,
    },
  ]);
  expect(await all(client.listAttachments$(['1', '2']))).toMatchObject([{ items: [] }]);
});

test('listComments$ tells what a change of a comment shows in', async () => {
  expectGet(
    SEARCH,
    {
      cql: 'space="DOCS" and type=comment order by created asc',
      expand: 'container,version,extensions.inlineProperties,extensions.resolution',
      limit: '250',
    },
    'comments',
  );
  const [page] = await all(wikiClient().listComments$(space));
  expect(page?.items).toEqual([
    {
      id: '300001',
      pageId: '123456',
      version: 1,
      resolution: 'resolved',
      updatedAt: '2026-01-01T00:00:00.000Z',
    },
    // The footer has no resolution, whatever is said.
    {
      id: '300002',
      pageId: '123456',
      version: 3,
      resolution: undefined,
      updatedAt: '2026-01-02T00:00:00.000Z',
    },
  ]);
});

test('listLabels$ tells which items have more labels than the answer holds; labelsOf$ reads those', async () => {
  const client = wikiClient();
  expectGet(
    SEARCH,
    { cql: 'type=page order by created asc', expand: 'metadata.labels', limit: '250' },
    'labels',
  );
  const [page] = await all(client.listLabels$('type=page'));
  expect(page?.items).toEqual([
    { kind: 'page', id: '123456', labels: ['install'], hasMore: true },
    { kind: 'blogpost', id: '770001', labels: [], hasMore: false },
  ]);
  expectGet('/api/v2/pages/123456/labels', { limit: '250' }, 'page-labels');
  expectGet('/api/v2/blogposts/770001/labels', { limit: '250' }, 'search-empty');
  expect(await all(client.labelsOf$('page', '123456'))).toEqual([['install', 'linux']]);
  expect(await all(client.labelsOf$('blogpost', '770001'))).toEqual([[]]);
});

const found = (...results: unknown[]) => nock(SITE).get(`/wiki${SEARCH}`).query(true).reply(200, { results });

test('what hangs on something else than a page or blog post hangs on no page', async () => {
  const row = (id: number, type: string | undefined) => ({
    id: `att${id}`,
    title: 'x',
    container: { id: 9, type },
  });
  found(row(1, 'page'), row(2, 'blogpost'), row(3, undefined), row(4, 'comment'), row(5, 'space'));
  const [page] = await all(wikiClient().listAttachments$(space));
  expect(page?.items.map(({ pageId }) => pageId)).toEqual(['9', '9', '9', '', '']);
});

test('labels that cannot be read are not no labels', async () => {
  const row = (id: number, metadata: unknown) => ({ id, type: 'page', metadata });
  found(
    row(1, { labels: { results: [{ name: 'red' }] } }),
    row(2, { labels: { results: [{ id: '7' }] } }),
    row(3, { labels: null }),
    row(4, undefined),
  );
  const [page] = await all(wikiClient().listLabels$('type=page'));
  expect(page?.items).toEqual([{ kind: 'page', id: '1', labels: ['red'], hasMore: false }]);
  expect(page?.unreadable?.map(({ id }) => id)).toEqual(['2', '3', '4']);
});

test.each([
  ['2024-03-16T10:00:00.000Z', '2024-03-16T10:00:00.000Z'],
  ['2024-03-16T10:00:00Z', '2024-03-16T10:00:00Z'],
  ['2024-03-16T23:00:00.000-07:00', '2024-03-17T06:00:00.000Z'],
  ['yesterday', undefined],
  ['+010000-01-01T00:00:00Z', undefined],
  [1710583200000, undefined],
  [null, undefined],
])('the time %j is %s', async (createdAt, expected) => {
  nock(SITE)
    .get(`/wiki/api/v2/spaces/${space.id}/blogposts`)
    .query(true)
    .reply(200, { results: [{ id: '1', createdAt }] });
  const [page] = await all(wikiClient().listPages$(space, 'blogpost'));
  expect(page?.items[0]?.createdAt).toBe(expected);
});

test('count$ asks the general search for one item, and tells how many there are', async () => {
  const count = (body: object) =>
    nock(SITE).get('/wiki/rest/api/search').query({ cql: 'type=page', limit: '1' }).reply(200, body);
  count({ results: [{}], totalSize: 4711 });
  expect(await all(wikiClient().count$('type=page'))).toEqual([4711]);
  count({ results: [] });
  expect(await failureOf(wikiClient().count$('type=page'))).toMatchObject({
    code: 'malformed-response',
    message: expect.stringMatching(/^\/rest\/api\/search answered.*"totalSize"/),
  });
});

test('searchChanges$ asks for what changed of some types, with all that a listing tells of each', async () => {
  const type = 'folder';
  nock(SITE)
    .get(`/wiki${SEARCH}`)
    .query({
      cql: 'space="DOCS" and type in (folder,comment) and lastmodified >= now("-5m") order by created asc',
      expand:
        'version,container,ancestors,history,extensions,extensions.inlineProperties,extensions.resolution',
      limit: '250',
    })
    .reply(200, {
      results: [
        { id: 7, type, title: 'Guides', ancestors: [] },
        { id: 8, type: 'page' },
      ],
    });
  const [page] = await all(wikiClient().searchChanges$(space, ['folder', 'comment'], 5));
  expect(page?.items).toMatchObject([{ id: '7', type, folder: { title: 'Guides' } }]);
  expect(page?.unreadable?.map(({ id }) => id)).toEqual(['8']);
});

test('listPagesByChange$ begins with the page that changed last', async () => {
  const query = { limit: '250', sort: '-modified-date', status: 'current' };
  expectGet('/api/v2/spaces/98306/pages', query, 'pages-last');
  expect(await all(wikiClient().listPagesByChange$(space))).toMatchObject([{ items: [{ id: '123457' }] }]);
});

test('labelsOf$ tells each label once, and fails where one cannot be read', async () => {
  const labels = (results: unknown[]) =>
    nock(SITE).get('/wiki/api/v2/pages/7/labels').query({ limit: '250' }).reply(200, { results });
  labels([{ name: 'red' }, { name: 'red' }, { name: 'blue' }]);
  expect(await all(wikiClient().labelsOf$('page', '7'))).toEqual([['red', 'blue']]);
  labels([{ name: 'red' }, {}]);
  expect(await failureOf(wikiClient().labelsOf$('page', '7'))).toMatchObject({ code: 'malformed-response' });
});

test('folder$ fails for what is no folder, naming where it was asked for', async () => {
  nock(SITE).get('/wiki/api/v2/folders/7').reply(200, { id: 'x' });
  expect(await failureOf(wikiClient().folder$('folder', '7'))).toMatchObject({
    message: expect.stringMatching(/^\/api\/v2\/folders\/7 answered/),
  });
});

test.each([403, 500])('listFolders$ asks in no other way after %s', async (status) => {
  nock(SITE).get(`/wiki${SEARCH}`).query(true).reply(status, { message: 'no' });
  if (status === 403) nock(SITE).get('/wiki/rest/api/user/current').reply(200, { accountId: 'acct-1' });
  else nock(SITE).get(`/wiki${SEARCH}`).query(true).times(4).reply(status);
  expect(await failureOf(wikiClient({ maxRetries: 0 }).listFolders$(space))).toMatchObject({ status });
});

test('space$ fails where its homepage may not be asked for by anybody', async () => {
  spaces({ keys: 'DOCS' }, [{ id: '2', key: 'DOCS' }]);
  nock(SITE).get('/wiki/api/v2/spaces/2').reply(401);
  nock(SITE).get('/wiki/rest/api/user/current').reply(401);
  expect(await failureOf(wikiClient({ maxRetries: 0 }).space$('DOCS'))).toMatchObject({
    code: 'credentials',
  });
});

test('space$ takes no other space for the one of an id', async () => {
  spaces({ keys: 'DOCS' }, []);
  spaces({ keys: 'DOCS', status: 'archived' }, []);
  spaces({ ids: '2' }, [{ id: '3', key: 'DOCS2', homepageId: '5' }]);
  expect(await failureOf(wikiClient().space$('DOCS', '2'))).toBeInstanceOf(SpaceNotFoundError);
});

test('each listing passes the gate in its own lane', async () => {
  const gate = new RecordingGate();
  const wiki = wikiClient({ gate });
  nock(SITE)
    .persist()
    .get(/.*/)
    .reply(200, { results: [], id: '7', totalSize: 1, homepageId: '5', key: 'DOCS' });
  const asks: Observable<unknown>[] = [
    wiki.listSpaces$(),
    wiki.listPages$(space, 'page'),
    wiki.listPagesByChange$(space),
    wiki.searchChanges$(space, ['folder'], 5),
    wiki.searchPages$('type=page'),
    wiki.listFolders$(space),
    wiki.folder$('folder', '7'),
    wiki.listAttachments$(space),
    wiki.listComments$(space),
    wiki.listLabels$('type=page'),
    wiki.count$('type=page'),
    wiki.labelsOf$('page', '7'),
  ];
  for (const ask of asks) await all(ask);
  nock.cleanAll();
  expect(gate.admitted).toEqual([
    'space',
    ...['listing', 'listing', 'listing', 'listing'],
    ...['folders', 'folders', 'attachments', 'comments'],
    ...['listing', 'listing', 'listing'],
  ]);
});
