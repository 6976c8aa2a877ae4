import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { SandboxError } from '../../../lib/errors/sandbox-error.js';
import type { Wiki } from '../../../lib/sandbox/index.js';
import { type OpenSandbox, at, idsOf, openSandbox } from '../../support/sandbox-client.js';

describe('changes', () => {
  let sandbox: OpenSandbox;
  let wiki: Wiki;
  let home: string;
  const page = async (id: string, rest = '') => (await sandbox.get(`/wiki/api/v2/pages/${id}${rest}`)).json;
  const listed = async () =>
    (await sandbox.walk('/wiki/api/v2/spaces/98306/pages?limit=250&status=current')).flat();

  beforeEach(async () => {
    sandbox = await openSandbox();
    wiki = sandbox.wiki;
    home = String(wiki.list('page', 'LARGE')[0]?.id);
  });
  afterEach(() => sandbox.close());

  test('a new page is last in the listing, newest, and has the body it was given', async () => {
    const { id } = wiki.createPage('Fresh', { body: '<p>hello</p>' });
    expect(await page(id, '?body-format=storage')).toMatchObject({
      title: 'Fresh',
      parentId: home,
      parentType: 'page',
      version: { number: 1 },
      body: { storage: { value: '<p>hello</p>' } },
    });
    expect((await listed()).at(-1)).toBe(id);
    const newest = await sandbox.get('/wiki/api/v2/spaces/98306/pages?sort=-modified-date&limit=1');
    expect(idsOf(newest)).toEqual([id]);
  });

  test('edits and renames make versions, moves and labels do not', async () => {
    const { id } = wiki.createPage('One');
    const other = wiki.createFolder('Shelf');
    const before = wiki.now();
    wiki.editPage(id, { body: '<p>two</p>', message: 'why' });
    expect(await page(id, '?body-format=storage')).toMatchObject({
      version: { number: 2, message: 'why' },
      body: { storage: { value: '<p>two</p>' } },
    });
    wiki.renamePage(id, { title: 'Other' });
    expect(await page(id, '?body-format=storage')).toMatchObject({
      title: 'Other',
      version: { number: 3 },
      body: { storage: { value: '<p>two</p>' } },
    });
    wiki.movePage(id, { parentId: other.id });
    wiki.label(id, { add: 'new-label' });
    expect(await page(id, '?include-labels=true')).toMatchObject({
      parentId: other.id,
      parentType: 'folder',
      version: { number: 3 },
      labels: { results: [{ name: 'new-label' }] },
    });
    expect(wiki.now() - before).toBe(4 * 60_000);
  });

  test('generated bodies stay the same until an edit, and an edit adds to them', () => {
    const [, target] = wiki.list('page', 'LARGE');
    if (target === undefined) throw new Error('no page');
    const body = wiki.body(target);
    expect(wiki.body(wiki.movePage(target.id, { parentId: null }))).toBe(body);
    const edited = wiki.editPage(target.id);
    expect(wiki.body(edited)).toBe(`${body}<p>Edited in version ${edited.version}.</p>`);
  });

  test('titles are unique in a space ignoring case; folders are free', () => {
    wiki.createPage('Taken');
    expect(() => wiki.createPage('taken')).toThrow(SandboxError);
    expect(() => wiki.renamePage(home, { title: 'TAKEN' })).toThrow('already exists');
    expect(wiki.createPage('Taken', { spaceKey: 'SMALL' }).spaceId).not.toBe(wiki.get(home)?.spaceId);
    expect(wiki.createFolder('Taken').title).toBe('Taken');
  });

  test('a deleted page goes to the trash, its children move up, its files and comments vanish; restoring brings it back', async () => {
    const parent = wiki.createPage('Parent');
    const child = wiki.createPage('Child', { parentId: parent.id });
    const file = wiki.attach(parent.id, { fileName: 'a.txt' });
    wiki.deletePage(parent.id);
    expect(await page(child.id)).toMatchObject({ parentId: home });
    expect(await listed()).not.toContain(parent.id);
    expect((await sandbox.walk('/wiki/api/v2/spaces/98306/pages?status=trashed')).flat()).toContain(
      parent.id,
    );
    const cql = `/wiki/rest/api/content/search?cql=id%3D${file.id}`;
    expect(idsOf(await sandbox.get(cql))).toEqual([]);
    wiki.restorePage(parent.id);
    expect(await listed()).toContain(parent.id);
    expect(idsOf(await sandbox.get(cql))).toEqual([file.id]);
  });

  test('a purged page is nowhere', async () => {
    const { id } = wiki.createPage('Short lived');
    wiki.attach(id, { fileName: 'a.txt' });
    wiki.purge(id);
    expect((await sandbox.get(`/wiki/api/v2/pages/${id}`)).status).toBe(404);
    expect((await sandbox.walk('/wiki/api/v2/spaces/98306/pages?status=trashed')).flat()).not.toContain(id);
  });

  test('an archived page leaves the current listing only', async () => {
    const { id } = wiki.createPage('Old news');
    wiki.archivePage(id);
    expect(await listed()).not.toContain(id);
    expect(await page(id)).toMatchObject({ status: 'archived' });
    wiki.unarchivePage(id);
    expect(await listed()).toContain(id);
  });

  test('a page comes back to the homepage where its parent has gone, and to the root where the homepage is below it', async () => {
    const parent = wiki.createPage('Parent', { parentId: null });
    const { id } = wiki.createPage('Old news', { parentId: parent.id });
    wiki.archivePage(id);
    wiki.deletePage(parent.id);
    wiki.unarchivePage(id);
    expect(await page(id)).toMatchObject({ parentId: home });
    wiki.restorePage(parent.id);
    wiki.movePage(parent.id, { parentId: null });
    wiki.movePage(id, { parentId: parent.id });
    wiki.archivePage(id);
    wiki.movePage(home, { parentId: id });
    wiki.deletePage(parent.id);
    wiki.unarchivePage(id);
    expect(await page(id)).toMatchObject({ parentId: null });
  });

  test('a hidden page and all below it are invisible everywhere, until shown again', async () => {
    const top = wiki.createPage('Secret');
    const below = wiki.createPage('Below', { parentId: top.id });
    const file = wiki.attach(below.id, { fileName: 'a.txt' });
    wiki.hidePage(top.id);
    expect(await listed()).not.toEqual(expect.arrayContaining([below.id]));
    expect((await sandbox.get(`/wiki/api/v2/pages/${below.id}`)).status).toBe(404);
    expect((await sandbox.get(`/wiki/api/v2/attachments/${file.id}`)).status).toBe(404);
    wiki.hidePage(top.id, { hidden: false });
    expect(await listed()).toEqual(expect.arrayContaining([top.id, below.id]));
  });

  test('folders: rename makes a version, a move does not, deleting lifts what they hold', async () => {
    const outer = wiki.createFolder('Outer');
    const inner = wiki.createFolder('Inner', { parentId: outer.id });
    const leaf = wiki.createPage('Leaf', { parentId: inner.id });
    expect(wiki.renameFolder(inner.id, { title: 'Renamed' }).version).toBe(2);
    expect(wiki.moveFolder(inner.id, { parentId: home }).version).toBe(2);
    expect(() => wiki.moveFolder(outer.id, { parentId: outer.id })).toThrow('stands below');
    wiki.deleteFolder(inner.id);
    expect(await page(leaf.id)).toMatchObject({ parentId: home });
    expect((await sandbox.get(`/wiki/api/v2/folders/${inner.id}/direct-children`)).status).toBe(404);
    expect((await sandbox.get(`/wiki/api/v2/folders/${inner.id}`)).json).toMatchObject({
      status: 'trashed',
      parentId: null,
    });
  });

  test('attachments: names are unique on a page, replacing makes a version, detaching hides', async () => {
    const file = wiki.attach(home, { fileName: 'unique.txt', content: 'one' });
    expect(() => wiki.attach(home, { fileName: 'unique.txt' })).toThrow('already attached');
    wiki.replaceAttachment(file.id, { content: 'three' });
    expect((await sandbox.get(`/wiki/api/v2/attachments/${file.id}`)).json).toMatchObject({
      fileSize: 5,
      version: { number: 2 },
    });
    wiki.detach(file.id);
    expect((await sandbox.walk(`/wiki/api/v2/pages/${home}/attachments`)).flat()).not.toContain(file.id);
  });

  test('comments: edits make versions, resolving does not, deleting takes the replies along', async () => {
    const root = wiki.comment(home, { body: '<p>a</p>' });
    const reply = wiki.comment(home, { parentCommentId: root.id });
    wiki.editComment(root.id, { body: '<p>b</p>' });
    expect(wiki.resolveComment(root.id)).toMatchObject({ version: 2, resolution: 'resolved' });
    wiki.deleteComment(root.id);
    expect(wiki.get(reply.id)).toBeUndefined();
    expect((await sandbox.get(`/wiki/api/v2/footer-comments/${root.id}`)).status).toBe(404);
  });

  test('a deleted inline comment leaves the text that it was about, and the page its version', () => {
    const bodyOf = (id: string): string => {
      const content = wiki.get(id);
      return content === undefined ? '' : wiki.body(content);
    };
    const anchor = wiki
      .list('comment', 'LARGE')
      .find((each) => 'markerRef' in each && each.markerRef !== null);
    if (anchor === undefined || !('containerId' in anchor)) throw new Error('The wiki has no inline comment');
    const [pageId, before] = [anchor.containerId, bodyOf(anchor.containerId)];
    const { version } = wiki.get(pageId) ?? {};
    wiki.deleteComment(anchor.id);
    expect(before).toContain('<ac:inline-comment-marker');
    expect(bodyOf(pageId).replace(/<[^>]*inline-comment-marker[^>]*>/g, '')).toBe(
      before.replace(/<[^>]*inline-comment-marker[^>]*>/g, ''),
    );
    expect(wiki.get(pageId)?.version).toBe(version);
  });

  test('a walk by id survives changes in its midst: nothing that stays is missed', async () => {
    const ids = wiki.list('page', 'LARGE').map(({ id }) => id);
    const first = await sandbox.get('/wiki/api/v2/spaces/98306/pages?sort=id&limit=20&status=current');
    wiki.deletePage(String(ids[3]));
    wiki.editPage(String(ids[50]));
    const { id } = wiki.createPage('In the midst');
    const rest = (await sandbox.walk(String(at(first.json, '_links', 'next')))).flat();
    expect([...idsOf(first), ...rest]).toEqual([...ids, id]);
  });

  test('a page moves to another space with all that hangs on it, and keeps its id and version', async () => {
    const top = wiki.createPage('Emigrant');
    const child = wiki.createPage('Emigrant child', { parentId: top.id });
    const file = wiki.attach(child.id, { fileName: 'luggage.txt', content: 'x' });
    wiki.moveToSpace(top.id, { spaceKey: 'SMALL' });
    const [home] = wiki.list('page', 'SMALL');
    expect(await page(top.id)).toMatchObject({
      spaceId: '98307',
      parentId: home?.id,
      version: { number: 1 },
    });
    expect(await page(child.id)).toMatchObject({ spaceId: '98307', parentId: top.id });
    const found = await sandbox.get(
      '/wiki/rest/api/content/search?cql=space%3DSMALL%20and%20type%3Dattachment&limit=200',
    );
    expect(idsOf(found)).toContain(file.id);
    expect(() => wiki.moveToSpace(top.id, { spaceKey: 'NONE' })).toThrow('No such space');
  });

  test('a space gets another key and the archive, and comes back; its id stays', async () => {
    const get = (path: string) => sandbox.get(path);
    const lookUp = async (keys: string) =>
      at((await get(`/wiki/api/v2/spaces?keys=${keys}`)).json, 'results');
    const found = async (cql: string) =>
      idsOf(await get(`/wiki/rest/api/content/search?cql=${encodeURIComponent(cql)}`)).length;
    wiki.rekeySpace('SMALL', { key: 'TINY' });
    expect(await lookUp('SMALL')).toEqual([]);
    expect(await lookUp('tiny')).toMatchObject([{ id: '98307', key: 'TINY', status: 'current' }]);
    expect(await found('space=tiny and type=page')).toBeGreaterThan(9);
    expect(() => wiki.rekeySpace('TINY', { key: 'large' })).toThrow('already exists');
    wiki.archiveSpace('TINY');
    expect(await lookUp('TINY')).toMatchObject([{ status: 'archived' }]);
    expect(await found('space=TINY')).toBe(0);
    wiki.archiveSpace('TINY', { archived: false });
    wiki.rekeySpace('TINY', { key: 'SMALL' });
    expect(await found('space=SMALL')).toBeGreaterThan(9);
  });

  test('unknown ids are refused with their name', () => {
    expect(() => wiki.editPage('5')).toThrow('5');
    expect(() => wiki.renameFolder(home, { title: 'x' })).toThrow(SandboxError);
    expect(() => wiki.createPage('x', { spaceKey: 'NONE' })).toThrow('NONE');
  });

  test('the clock can follow real time', async () => {
    let nowMs = Date.parse('2026-05-05T05:05:05Z');
    const other = await openSandbox({ now: () => nowMs });
    expect(other.wiki.createPage('At five past five').createdAt).toBe(nowMs);
    nowMs += 1000;
    expect(other.wiki.now()).toBe(nowMs);
    await other.close();
  });
});
