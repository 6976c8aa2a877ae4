import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { type OpenSandbox, at, idsOf, openSandbox } from '../../support/sandbox-client.js';

const search = (cql: string, expand = 'version'): string =>
  `/wiki/rest/api/content/search?cql=${encodeURIComponent(cql)}&limit=100&expand=${expand}`;

describe('what others measured on live sites', () => {
  let sandbox: OpenSandbox;
  const json = async (path: string) => (await sandbox.get(path)).json;

  beforeAll(async () => {
    sandbox = await openSandbox();
  });
  afterAll(() => sandbox.close());

  test('who am I', async () => {
    expect(await json('/wiki/rest/api/user/current')).toMatchObject({
      type: 'known',
      accountId: expect.stringMatching(/^712020:/),
      accountType: 'atlassian',
      displayName: 'Sandy Box',
      publicName: 'Sandy Box',
    });
  });

  test('what is in the trash answers by id, alone and in bulk, with its space and without a parent', async () => {
    const { wiki } = sandbox;
    const { id } = wiki.createPage('Thrown away');
    const post = wiki.createBlogpost('Thrown away, too');
    const folder = wiki.createFolder('Thrown folder');
    wiki.deletePage(id);
    wiki.deletePage(post.id);
    wiki.deleteFolder(folder.id);
    const gone = { status: 'trashed', spaceId: '98306' };
    expect(await json(`/wiki/api/v2/pages/${id}`)).toMatchObject({ ...gone, parentId: null });
    expect(await json(`/wiki/api/v2/folders/${folder.id}`)).toMatchObject({ ...gone, parentId: null });
    expect(await json(`/wiki/api/v2/pages?id=${id}&status=current,archived,trashed,deleted`)).toMatchObject({
      results: [{ id, ...gone }],
    });
    expect(await json(`/wiki/api/v2/blogposts?id=${post.id}&status=current,trashed,deleted`)).toMatchObject({
      results: [{ id: post.id, ...gone }],
    });
    expect(idsOf(await sandbox.get(`/wiki/api/v2/pages?id=${id}`))).toEqual([]);
  });

  test.each([
    ['/wiki/api/v2/spaces?keys=large,Small', ['98306', '98307']],
    ['/wiki/api/v2/spaces?ids=98306,98309', ['98306', '98309']],
    ['/wiki/api/v2/spaces?keys=old&status=archived', ['98309']],
  ])('%s finds spaces', async (path, ids) => {
    expect(idsOf(await sandbox.get(path))).toEqual(ids);
  });

  test('a space key in any case, told as it is', async () => {
    expect(await json('/wiki/api/v2/spaces?keys=lArGe')).toMatchObject({
      results: [{ key: 'LARGE', status: 'current' }],
    });
    expect(idsOf(await sandbox.get(search('space = "large" and type=page')))).toHaveLength(60);
  });

  test('a footer comment is open in v1', async () => {
    const comments = at(await json(search('type=comment', 'extensions.resolution')), 'results');
    const rows = Array.isArray(comments) ? comments : [];
    const footer = rows.filter((row) => at(row, 'extensions', 'location') === 'footer');
    expect(footer.length).toBeGreaterThan(3);
    for (const row of footer) expect(at(row, 'extensions', 'resolution', 'status')).toBe('open');
  });

  test.each(['id', 'id asc', 'id desc', 'created asc', 'created desc', 'lastmodified', 'title asc'])(
    'order by %s loses nothing',
    async (order) => {
      const ids = (await sandbox.walk(search(`space=LARGE and type=page order by ${order}`))).flat();
      expect(ids.toSorted()).toEqual(sandbox.wiki.list('page', 'LARGE').map(({ id }) => id));
    },
  );

  test('an attachment by id, with and without att, and in the trash', async () => {
    const file = sandbox.wiki.attach(String(sandbox.wiki.list('page')[0]?.id), { fileName: 'a.txt' });
    for (const id of [file.id, file.id.slice(3)])
      expect(await json(`/wiki/api/v2/attachments/${id}`)).toMatchObject({ id: file.id, status: 'current' });
    sandbox.wiki.detach(file.id);
    expect(await json(`/wiki/api/v2/attachments/${file.id}`)).toMatchObject({ status: 'trashed' });
    sandbox.wiki.deleteAttachment(file.id);
    expect((await sandbox.get(`/wiki/api/v2/attachments/${file.id}`)).status).toBe(404);
  });

  test('ancestors and labels of one page', async () => {
    const { wiki } = sandbox;
    const [home] = wiki.list('page', 'LARGE');
    const folder = wiki.createFolder('Shelf');
    const { id } = wiki.createPage('Labelled', { parentId: folder.id });
    wiki.label(id, { add: 'guide' });
    expect(await json(`/wiki/api/v2/pages/${id}/ancestors`)).toMatchObject({
      results: [
        { id: home?.id, type: 'page' },
        { id: folder.id, type: 'folder' },
      ],
    });
    expect(await json(`/wiki/api/v2/pages/${id}/labels`)).toMatchObject({
      results: [{ name: 'guide', prefix: 'global' }],
    });
  });
});
