import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { type Answer, type OpenSandbox, at, idsOf, openSandbox } from '../../support/sandbox-client.js';

const path = (cql: string, rest = ''): string =>
  `/wiki/rest/api/content/search?cql=${encodeURIComponent(cql)}${rest}`;

describe('CQL search', () => {
  let sandbox: OpenSandbox;
  const search = (cql: string, rest = ''): Promise<Answer> => sandbox.get(path(cql, rest));
  const found = async (cql: string): Promise<readonly string[]> =>
    (await sandbox.walk(path(cql, '&limit=1000'))).flat();

  beforeAll(async () => {
    sandbox = await openSandbox({ pages: 320, attachments: 300, comments: 80 });
  });
  afterAll(() => sandbox.close());

  test('echoes the limit, caps by what is expanded, links on without /wiki, and tells no total', async () => {
    for (const [expand, cap] of [
      ['', 300],
      ['&expand=version', 200],
      ['&expand=body.storage', 50],
      ['&expand=body.export_view', 25],
    ] as const) {
      const answer = await search('space = LARGE and type = page', `&limit=300${expand}`);
      expect(idsOf(answer)).toHaveLength(cap);
      expect(answer.json).toMatchObject({ limit: 300, size: cap });
    }
    const answer = await search('type = page', '&limit=2');
    expect(at(answer.json, '_links', 'next')).toMatch(/^\/rest\/api\/content\/search\?/);
    expect(answer.headers.get('link')).toBeNull();
    expect(at(answer.json, 'totalSize')).toBeUndefined();
  });

  test('/search tells the total and wraps the content', async () => {
    const answer = await sandbox.get(
      '/wiki/rest/api/search?cql=space%3DLARGE%20and%20type%3Dattachment&limit=1&expand=content.version',
    );
    expect(answer.json).toMatchObject({ totalSize: 300, size: 1 });
    expect(at(answer.json, 'results', 0, 'content', 'version', 'number')).toEqual(expect.any(Number));
    for (const bad of ['limit=x', 'start=x']) {
      const refused = await sandbox.get(`/wiki/rest/api/search?cql=type%3Dpage&${bad}`);
      expect([refused.status, refused.text]).toEqual([404, '']);
    }
  });

  test('what is not expanded is absent and listed as expandable', async () => {
    const bare = at((await search('type = attachment', '&limit=1')).json, 'results', 0);
    for (const name of ['container', 'version', 'extensions', 'metadata', 'body', 'ancestors', 'space']) {
      expect(at(bare, name)).toBeUndefined();
      expect(at(bare, '_expandable', name)).toBe('');
    }
    const full = at(
      (await search('type = attachment', '&limit=1&expand=container,version,extensions,metadata')).json,
      'results',
      0,
    );
    expect(full).toMatchObject({
      id: expect.stringMatching(/^att\d+$/),
      container: { id: expect.any(String), type: expect.any(String) },
      extensions: { mediaType: expect.any(String), fileSize: expect.any(Number), fileId: expect.any(String) },
    });
    expect(at(full, 'metadata', 'labels')).toBeUndefined();
  });

  test('replies name the comments above them; folders their ancestors, unless the wiki leaves those out', async () => {
    const replies = sandbox.wiki
      .list('comment')
      .filter((comment) => 'parentCommentId' in comment && comment.parentCommentId !== null);
    const item = at(
      (await search(`id = ${String(replies[0]?.id)}`, '&expand=ancestors,extensions')).json,
      'results',
      0,
    );
    expect(at(item, 'ancestors', 0, 'id')).toEqual(expect.any(String));
    expect(
      at((await search('type = folder', '&expand=ancestors&limit=1')).json, 'results', 0, 'ancestors'),
    ).toBeInstanceOf(Array);
    const without = await openSandbox({ folderAncestors: false });
    const folder = at(
      (await without.get(path('type = folder', '&expand=ancestors&limit=1'))).json,
      'results',
      0,
    );
    expect(at(folder, 'ancestors')).toBeUndefined();
    await without.close();
  });

  test.each([
    'status = current',
    'type = banana',
    'type ~ page',
    'space > LARGE',
    'text = word',
    'lastmodified ~ "2026-01-01"',
    'type = page order by rank',
    'type =',
  ])('%s is answered 400 in the words of v1', async (cql) => {
    const answer = await search(cql);
    expect(answer.status).toBe(400);
    expect(answer.json).toMatchObject({
      statusCode: 400,
      message: expect.stringContaining('Could not parse cql'),
      data: { valid: false },
    });
  });

  test('selects by container, parent, ancestor, label, title, creator and id', async () => {
    const { wiki } = sandbox;
    const file = wiki.list('attachment', 'LARGE')[0];
    const container = file !== undefined && 'containerId' in file ? file.containerId : '';
    expect(await found(`container = ${container} and type = attachment`)).toContain(file?.id);
    const page = wiki.list('page', 'LARGE')[40];
    const parentId = page !== undefined && 'parentId' in page ? String(page.parentId) : '';
    expect(await found(`parent = ${parentId}`)).toContain(page?.id);
    expect(await found(`ancestor = ${parentId}`)).toEqual(expect.arrayContaining([page?.id]));
    expect(await found(`ancestor = ${parentId}`)).not.toContain(parentId);
    expect(await found(`title = "${String(page?.title)}" and type = page`)).toContain(page?.id);
    expect(await found(`creator = "${String(page?.authorId)}" and id = ${String(page?.id)}`)).toEqual([
      page?.id,
    ]);
    const labelled = wiki.list('page', 'LARGE').filter(({ labels }) => labels.includes('guide'));
    expect(await found('space = LARGE and type = page and label = guide')).toEqual(
      labelled.map(({ id }) => id),
    );
    expect(await found(`id in (${String(page?.id)}, 999) and not type = folder`)).toEqual([page?.id]);
  });

  test('reads absolute dates in the zone of the user, to the minute', async () => {
    const page = sandbox.wiki.list('page', 'LARGE')[7];
    const local = new Date(page?.modifiedAt ?? 0)
      .toLocaleString('sv-SE', { timeZone: 'America/Los_Angeles' })
      .slice(0, 16);
    expect(await found(`lastmodified = "${local}" and type = page`)).toEqual([page?.id]);
    expect(await found(`lastmodified >= "${local}" and id = ${String(page?.id)}`)).toEqual([page?.id]);
    expect(await found(`lastmodified > "${local}" and id = ${String(page?.id)}`)).toEqual([]);
  });

  test('orders by date and title', async () => {
    const ids = await found('space = LARGE and type = page order by lastmodified desc');
    const times = ids.map((id) => sandbox.wiki.get(id)?.modifiedAt ?? 0);
    expect(times).toEqual([...times].sort((one, other) => other - one));
  });

  test('archived and trashed content and archived spaces are found on demand only', async () => {
    const archived = await sandbox.walk(
      path(
        'space = LARGE and type = page',
        `&cqlcontext=${encodeURIComponent('{"contentStatuses":["archived"]}')}`,
      ),
    );
    expect(archived.flat().map((id) => sandbox.wiki.get(id)?.status)).toContain('archived');
    expect(await found('space = OLD')).toEqual([]);
    expect(
      idsOf(await sandbox.get('/wiki/rest/api/search?cql=space%3DOLD&includeArchivedSpaces=true')).length,
    ).toBeGreaterThan(4);
  });
});

describe('index lag', () => {
  test('a change is unknown to search until the lag has passed, while v2 knows it at once', async () => {
    let nowMs = 0;
    const sandbox = await openSandbox({ indexLagMs: 5000, timer: () => nowMs });
    const { wiki } = sandbox;
    const [first, second] = wiki.list('page', 'LARGE').slice(1);
    const search = async (cql: string) => (await sandbox.walk(path(cql))).flat();
    const page = wiki.createPage('Brand new');
    wiki.renamePage(String(first?.id), { title: 'Renamed' });
    wiki.deletePage(String(second?.id));
    expect(await search('title = "Brand new"')).toEqual([]);
    expect(await search('title = "Renamed"')).toEqual([]);
    expect(await search(`title = "${String(first?.title)}"`)).toContain(first?.id);
    expect((await sandbox.get(`/wiki/api/v2/pages/${page.id}`)).status).toBe(200);
    nowMs = 5000;
    expect(await search('title = "Brand new"')).toEqual([page.id]);
    expect(await search('title = "Renamed"')).toEqual([first?.id]);
    expect(await search(`id = ${String(second?.id)}`)).toEqual([]);
    await sandbox.close();
  });
});
