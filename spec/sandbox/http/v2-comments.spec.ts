import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { type OpenSandbox, at, idsOf, openSandbox } from '../../support/sandbox-client.js';

describe('comments, attachments, spaces and bulk reads', () => {
  let sandbox: OpenSandbox;
  beforeAll(async () => {
    sandbox = await openSandbox({ comments: 60 });
  });
  afterAll(() => sandbox.close());

  test('site-wide listings carry replies and leave out what hangs on a trashed page', async () => {
    const { wiki } = sandbox;
    const page = wiki.createPage('Talked about');
    const root = wiki.comment(page.id, { location: 'inline', selection: 'this word', body: '<p>why?</p>' });
    const reply = wiki.comment(page.id, { parentCommentId: root.id });
    const list = async () => (await sandbox.walk('/wiki/api/v2/inline-comments?limit=40')).flat();
    expect(await list()).toEqual(expect.arrayContaining([root.id, reply.id]));
    const perPage = await sandbox.get(`/wiki/api/v2/pages/${page.id}/inline-comments?body-format=storage`);
    expect(idsOf(perPage)).toEqual([root.id]);
    expect(at(perPage.json, 'results', 0)).toMatchObject({
      pageId: page.id,
      resolutionStatus: 'open',
      properties: { inlineMarkerRef: root.markerRef, inlineOriginalSelection: 'this word' },
      body: { storage: { value: '<p>why?</p>' } },
    });
    const children = await sandbox.get(`/wiki/api/v2/inline-comments/${root.id}/children`);
    expect(at(children.json, 'results', 0)).toMatchObject({ id: reply.id, parentCommentId: root.id });
    wiki.deletePage(page.id);
    expect(await list()).not.toContain(root.id);
  });

  test('footer and inline comments together are all comments', async () => {
    const walks = await Promise.all(
      ['footer', 'inline'].map((kind) => sandbox.walk(`/wiki/api/v2/${kind}-comments?limit=250`)),
    );
    expect(new Set(walks.flat(2)).size).toBe(sandbox.wiki.list('comment').length - 2);
  });

  test('attachments: 50 by default, of one page, one alone with and without the prefix', async () => {
    const { wiki } = sandbox;
    expect(idsOf(await sandbox.get('/wiki/api/v2/attachments'))).toHaveLength(50);
    const file = wiki.list('attachment', 'LARGE')[0];
    const container = file !== undefined && 'containerId' in file ? file.containerId : '';
    const kind = wiki.get(container)?.type === 'blogpost' ? 'blogposts' : 'pages';
    expect(idsOf(await sandbox.get(`/wiki/api/v2/${kind}/${container}/attachments`))).toContain(file?.id);
    for (const id of [file?.id, file?.id.slice(3)])
      expect(at((await sandbox.get(`/wiki/api/v2/attachments/${String(id)}`)).json, 'id')).toBe(file?.id);
  });

  test('spaces by key and id; a wrong key finds nothing', async () => {
    const keys = async (query: string) => {
      const { json } = await sandbox.get(`/wiki/api/v2/spaces?${query}`);
      return [0, 1, 2, 3].flatMap((index) => at(json, 'results', index, 'key') ?? []);
    };
    expect(await keys('keys=LARGE,SMALL')).toEqual(['LARGE', 'SMALL']);
    expect(await keys('keys=~sandbox')).toEqual(['~sandbox']);
    expect(await keys('keys=NONE')).toEqual([]);
    expect(await keys('status=archived')).toEqual(['OLD']);
    expect((await sandbox.get('/wiki/api/v2/spaces/1')).status).toBe(404);
  });

  test('users in bulk: unknown and hidden ones are missing; 1 to 250 ids', async () => {
    const authors = [...new Set(sandbox.wiki.list('page', 'LARGE').map(({ authorId }) => authorId))];
    const ask = (accountIds: readonly unknown[]) => sandbox.post('/wiki/api/v2/users-bulk', { accountIds });
    const { json } = await ask([...authors, 'nobody']);
    const results = at(json, 'results');
    expect(Array.isArray(results) && results.length).toBeGreaterThan(15);
    expect(at(json, 'results', 0)).toMatchObject({
      displayName: expect.any(String),
      accountId: expect.any(String),
    });
    expect((await ask([])).status).toBe(400);
    expect((await ask(Array.from({ length: 251 }, String))).status).toBe(400);
  });

  test('v1 users in bulk: what is beyond the first hundred is dropped in silence', async () => {
    const known = String(sandbox.wiki.list('page', 'SMALL')[0]?.authorId);
    const query = [...Array.from({ length: 100 }, (_, index) => `x${index}`), known]
      .map((id) => `accountId=${id}`)
      .join('&');
    expect((await sandbox.get(`/wiki/rest/api/user/bulk?${query}`)).json).toMatchObject({ size: 0 });
    expect((await sandbox.get('/wiki/rest/api/user/current')).json).toMatchObject({
      type: 'known',
      email: 'sandbox@example.com',
    });
  });

  test('ids to types; the unknown is null', async () => {
    const { wiki } = sandbox;
    const ids = (['page', 'folder', 'comment', 'attachment'] as const).map((type) =>
      String(wiki.list(type)[0]?.id),
    );
    const { json } = await sandbox.post('/wiki/api/v2/content/convert-ids-to-types', {
      contentIds: [...ids, '5'],
    });
    expect(ids.map((id) => at(json, 'results', id))).toEqual([
      'page',
      'folder',
      `${String(at(wiki.list('comment')[0], 'location'))}-comment`,
      'attachment',
    ]);
    expect(at(json, 'results', '5')).toBeNull();
  });
});
