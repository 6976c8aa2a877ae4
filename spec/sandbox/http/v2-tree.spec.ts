import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { type OpenSandbox, at, idsOf, openSandbox } from '../../support/sandbox-client.js';

describe('the tree', () => {
  let sandbox: OpenSandbox;
  let outer: string;
  let inner: string;
  let page: string;

  beforeAll(async () => {
    sandbox = await openSandbox();
    const { wiki } = sandbox;
    outer = wiki.createFolder('Outer', { parentId: null }).id;
    inner = wiki.createFolder('Inner', { parentId: outer }).id;
    page = wiki.createPage('Leaf', { parentId: inner }).id;
    wiki.createPage('Below the leaf', { parentId: page });
  });
  afterAll(() => sandbox.close());

  test('one folder, whiteboard, database and embed; no listing of them', async () => {
    expect((await sandbox.get(`/wiki/api/v2/folders/${inner}`)).json).toMatchObject({
      id: inner,
      type: 'folder',
      title: 'Inner',
      parentId: outer,
      parentType: 'folder',
      spaceId: '98306',
    });
    for (const type of ['whiteboard', 'database', 'embed'] as const) {
      const id = String(sandbox.wiki.list(type)[0]?.id);
      expect((await sandbox.get(`/wiki/api/v2/${type}s/${id}`)).json).toMatchObject({ id, type });
      expect((await sandbox.get(`/wiki/api/v2/${type}s`)).status).toBe(404);
    }
    expect((await sandbox.get(`/wiki/api/v2/folders/${page}`)).status).toBe(404);
  });

  test('descendants go as deep as asked for, two levels by default, ten at most', async () => {
    const answer = await sandbox.get(`/wiki/api/v2/folders/${outer}/descendants`);
    expect(idsOf(answer)).toEqual([inner, page]);
    expect(at(answer.json, 'results', 1)).toMatchObject({ type: 'page', parentId: inner, depth: 2 });
    expect(idsOf(await sandbox.get(`/wiki/api/v2/folders/${outer}/descendants?depth=10`))).toHaveLength(3);
    expect((await sandbox.get(`/wiki/api/v2/folders/${outer}/descendants?depth=11`)).status).toBe(400);
  });

  test('direct children and ancestors', async () => {
    expect(idsOf(await sandbox.get(`/wiki/api/v2/folders/${outer}/direct-children`))).toEqual([inner]);
    expect(at((await sandbox.get(`/wiki/api/v2/pages/${page}/ancestors`)).json, 'results')).toEqual([
      { id: outer, type: 'folder' },
      { id: inner, type: 'folder' },
    ]);
  });

  test('a walk over the descendants of the homepage meets each of them once', async () => {
    const home = String(sandbox.wiki.list('page', 'LARGE')[0]?.id);
    const ids = (await sandbox.walk(`/wiki/api/v2/pages/${home}/descendants?depth=10&limit=6`)).flat();
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(50);
  });
});
