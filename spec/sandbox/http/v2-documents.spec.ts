import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { type OpenSandbox, at, idsOf, openSandbox } from '../../support/sandbox-client.js';

const PAGES = '/wiki/api/v2/spaces/98306/pages';

describe('pages', () => {
  let sandbox: OpenSandbox;
  let ids: readonly string[];

  beforeAll(async () => {
    sandbox = await openSandbox({ pages: 120 });
    ids = sandbox.wiki.list('page', 'LARGE').map(({ id }) => id);
  });
  afterAll(() => sandbox.close());

  test('25 by default, 250 at most, and next as a header and in the body, beginning with /wiki', async () => {
    const answer = await sandbox.get(PAGES);
    expect(idsOf(answer)).toHaveLength(25);
    const next = String(at(answer.json, '_links', 'next'));
    expect(next).toMatch(/^\/wiki\/api\/v2\/spaces\/98306\/pages\?cursor=/);
    expect(answer.headers.get('link')).toContain(`<${next}>; rel="next"`);
    expect((await sandbox.get(`${PAGES}?limit=250`)).headers.get('link')).toBeNull();
  });

  test.each([
    'limit=251',
    'limit=0',
    'limit=x',
    'sort=size',
    'status=any',
    'body-format=view',
    'depth=2',
    'cursor=garbage',
  ])('%s is answered 400 in the words of v2', async (query) => {
    const answer = await sandbox.get(`${PAGES}?${query}`);
    expect(answer.status).toBe(400);
    expect(at(answer.json, 'errors', 0)).toMatchObject({ status: 400, code: 'INVALID_REQUEST_PARAMETER' });
  });

  test('a cursor belongs to its sort and filters, but the page size and body format may change', async () => {
    const cursor = new URL(
      `http://x${String(at((await sandbox.get(`${PAGES}?limit=5&sort=id`)).json, '_links', 'next'))}`,
    ).searchParams.get('cursor');
    expect((await sandbox.get(`${PAGES}?limit=9&sort=id&body-format=storage&cursor=${cursor}`)).status).toBe(
      200,
    );
    expect((await sandbox.get(`${PAGES}?limit=5&sort=title&cursor=${cursor}`)).status).toBe(400);
    expect((await sandbox.get(`${PAGES}?limit=5&sort=id&status=current&cursor=${cursor}`)).status).toBe(400);
  });

  test('a walk meets every current page once; archived ones too unless status says otherwise', async () => {
    expect((await sandbox.walk(`${PAGES}?limit=7&status=current`)).flat()).toEqual(ids);
    expect((await sandbox.walk(`${PAGES}?limit=250`)).flat().length).toBeGreaterThan(ids.length);
  });

  test.each([
    'id',
    '-id',
    'created-date',
    '-created-date',
    'modified-date',
    '-modified-date',
    'title',
    '-title',
  ])('sort=%s gives the same pages in that order', async (sort) => {
    const pages = (await sandbox.walk(`${PAGES}?limit=30&status=current&sort=${sort}`)).flat();
    expect([...pages].sort()).toEqual([...ids].sort());
    const answer = await sandbox.get(`${PAGES}?limit=100&status=current&sort=${sort}`);
    const keys = idsOf(answer).map((_, index) => {
      const item = at(answer.json, 'results', index);
      if (sort.endsWith('title')) return String(at(item, 'title')).toLowerCase();
      if (sort.endsWith('modified-date')) return String(at(item, 'version', 'createdAt'));
      return sort.endsWith('created-date')
        ? String(at(item, 'createdAt'))
        : String(at(item, 'id')).padStart(12, '0');
    });
    expect(keys).toEqual(sort.startsWith('-') ? [...keys].sort().reverse() : [...keys].sort());
  });

  test('a batch leaves out what is unknown, deleted or of another kind, in silence', async () => {
    const trashed = String((await sandbox.walk(`${PAGES}?status=trashed`)).flat()[0]);
    const folder = String(sandbox.wiki.list('folder')[0]?.id);
    const asked = [ids[3], '999999999', trashed, folder, ids[1]].join(',');
    expect(idsOf(await sandbox.get(`/wiki/api/v2/pages?id=${asked}&limit=250`))).toEqual([ids[1], ids[3]]);
    expect(idsOf(await sandbox.get(`/wiki/api/v2/pages?id=${String(ids[1])}&id=${String(ids[3])}`))).toEqual([
      ids[1],
      ids[3],
    ]);
  });

  test('250 ids are allowed, with 25 of them on the first page unless limit is sent; 251 are refused', async () => {
    const many = (count: number): string =>
      Array.from({ length: count }, (_, index) => ids[index] ?? String(10_000_000 + index)).join();
    expect(idsOf(await sandbox.get(`/wiki/api/v2/pages?id=${many(250)}`))).toHaveLength(25);
    expect(idsOf(await sandbox.get(`/wiki/api/v2/pages?id=${many(250)}&limit=250`))).toHaveLength(120);
    expect((await sandbox.get(`/wiki/api/v2/pages?id=${many(251)}&limit=250`)).status).toBe(400);
  });

  test('a URL beyond 8 KB is answered 414', async () => {
    expect((await sandbox.get(`${PAGES}?title=${'x'.repeat(8200)}`)).status).toBe(414);
  });

  test('one page: every body format, labels on demand, 404 for drafts and the unknown', async () => {
    const page = `/wiki/api/v2/pages/${String(ids[2])}`;
    for (const format of ['storage', 'view', 'export_view', 'styled_view', 'editor', 'atlas_doc_format'])
      expect(
        at((await sandbox.get(`${page}?body-format=${format}`)).json, 'body', format, 'representation'),
      ).toBe(format);
    const adf: unknown = JSON.parse(
      String(
        at(
          (await sandbox.get(`${page}?body-format=atlas_doc_format`)).json,
          'body',
          'atlas_doc_format',
          'value',
        ),
      ),
    );
    expect(adf).toMatchObject({ type: 'doc', version: 1 });
    expect(at((await sandbox.get(page)).json, 'labels')).toBeUndefined();
    expect(at((await sandbox.get(`${page}?include-labels=true`)).json, 'labels', 'results')).toBeInstanceOf(
      Array,
    );
    expect((await sandbox.get('/wiki/api/v2/pages/999999999')).status).toBe(404);
    expect((await sandbox.get(`${page}?status=trashed`)).status).toBe(404);
    expect((await sandbox.get(page, { method: 'PUT' })).status).toBe(405);
    expect((await sandbox.get('/wiki/api/v2/pages/abc')).status).toBe(404);
  });

  test('list items have no labels, and no body unless asked for', async () => {
    const item = at((await sandbox.get(`${PAGES}?limit=1`)).json, 'results', 0);
    expect(at(item, 'labels')).toBeUndefined();
    expect(at(item, 'body')).toEqual({});
  });

  test('blog posts are listed apart, without a parent', async () => {
    const answer = await sandbox.get('/wiki/api/v2/spaces/98306/blogposts?limit=250&body-format=storage');
    expect(idsOf(answer)).toEqual(sandbox.wiki.list('blogpost', 'LARGE').map(({ id }) => id));
    expect(at(answer.json, 'results', 0, 'parentId')).toBeUndefined();
  });
});
