import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';

import { type OpenSandbox, at, openSandbox } from '../../support/sandbox-client.js';

const LISTING = '/wiki/api/v2/spaces/98306/pages?status=current&limit=250';
const FILES =
  '/wiki/rest/api/content/search?limit=200&expand=container,version,extensions&cql=type%3Dattachment%20and%20space%3DLARGE';

describe('rows, bodies and files', () => {
  let sandbox: OpenSandbox;
  const page = (place: number) => sandbox.wiki.list('page', 'LARGE')[place - 1];
  const rows = async (path: string): Promise<readonly unknown[]> => {
    const results = at((await sandbox.get(path)).json, 'results');
    return Array.isArray(results) ? results.map((row: unknown) => row) : [];
  };
  const json = async (path: string) => (await sandbox.get(path)).json;
  /** A field of an item, as each of the ways to read a body has it: in a listing, by ids, alone. */
  const readings = async (id: string, format: string, ...path: readonly string[]) => {
    const isIt = (row: unknown): boolean => at(row, 'id') === id;
    const listed = (await rows(`${LISTING}&body-format=${format}`)).find(isIt);
    const bulk = (await rows(`/wiki/api/v2/pages?id=${id}&body-format=${format}`)).find(isIt);
    const alone = await json(`/wiki/api/v2/pages/${id}?body-format=${format}`);
    return [listed, bulk, alone].map((row) => at(row, ...path));
  };

  beforeAll(async () => {
    sandbox = await openSandbox();
    sandbox.wiki.editPage(String(page(3)?.id), { body: '<p>new</p>' });
  });
  afterEach(() => sandbox.wild.set(''));
  afterAll(() => sandbox.close());

  test('odd fields in some rows of listings, none by id', async () => {
    for (let count = 0; count < 60; count += 1) sandbox.wiki.createPage(`More ${count}`);
    const before = await rows(LISTING);
    const filesBefore = await rows(FILES);
    sandbox.wild.set('odd-fields');
    const odd = (await rows(LISTING)).filter(
      (row, index) => JSON.stringify(row) !== JSON.stringify(before[index]),
    );
    expect(odd.length).toBeGreaterThan(2);
    expect(odd.length).toBeLessThan(30);
    expect(JSON.stringify(await rows(FILES))).not.toBe(JSON.stringify(filesBefore));
    for (const row of odd)
      expect(await json(`/wiki/api/v2/pages/${String(at(row, 'id'))}`)).toMatchObject({
        id: String(at(row, 'id')),
      });
    expect(await rows('/wiki/api/v2/spaces?keys=LARGE')).toMatchObject([{ key: 'LARGE', homepageId: null }]);
  });

  test('ids as numbers, however deep', async () => {
    sandbox.wild.set('numeric-ids');
    const [file] = await rows(FILES);
    expect(file).toMatchObject({
      id: expect.stringMatching(/^att\d+$/),
      container: { id: expect.any(Number) },
    });
    const id = Number(page(2)?.id);
    expect(await json(`/wiki/api/v2/pages/${id}`)).toMatchObject({ id, spaceId: 98306 });
  });

  test.each([
    ['odd-row=title', LISTING, 1, 'title'],
    ['odd-row=version:#4', LISTING, 3, 'version'],
    ['odd-row=id', LISTING, 1, 'id'],
    ['odd-row=container', FILES, 1, 'container'],
    ['odd-row=version', FILES, 1, 'version'],
  ])('%s: %s has a null in row %i', async (spec, path, place, field) => {
    const before = await rows(path);
    sandbox.wild.set(spec);
    const after = await rows(path);
    expect(after).toHaveLength(before.length);
    expect(at(after[place], field)).toBeNull();
    expect(after.filter((row, index) => JSON.stringify(row) !== JSON.stringify(before[index]))).toHaveLength(
      1,
    );
  });

  test('a null among the rows; by id nothing is odd', async () => {
    const before = await rows(LISTING);
    sandbox.wild.set('odd-row=null');
    expect(await rows(LISTING)).toEqual([before[0], null, ...before.slice(1)]);
    sandbox.wild.set('odd-row=title:#2');
    const id = String(page(2)?.id);
    expect(await json(`/wiki/api/v2/pages/${id}`)).toMatchObject({ title: page(2)?.title });
    expect(await rows(`/wiki/api/v2/pages?id=${id}`)).toMatchObject([{ title: page(2)?.title }]);
  });

  test.each<[string, string, readonly unknown[]]>([
    ['no-body=#3', 'storage', [undefined, undefined, undefined]],
    ['bodiless=#3', 'storage', [undefined, undefined, undefined]],
    ['empty-body=#3', 'storage', ['', '', '<p>new</p>']],
    ['live-doc=#3', 'storage', ['', '', '']],
  ])('%s in %s, listed, by ids and alone: %j', async (spec, format, expected) => {
    const [fourth] = await readings(String(page(4)?.id), format, 'body', format, 'value');
    sandbox.wild.set(spec);
    expect(await readings(String(page(3)?.id), format, 'body', format, 'value')).toEqual(expected);
    expect(await readings(String(page(4)?.id), format, 'body', format, 'value')).toEqual(
      Array(3).fill(fourth),
    );
  });

  test.each(['no-body=#3', 'empty-body=#3', 'live-doc=#3'])('%s: other formats are right', async (spec) => {
    sandbox.wild.set(spec);
    for (const value of await readings(
      String(page(3)?.id),
      'atlas_doc_format',
      'body',
      'atlas_doc_format',
      'value',
    ))
      expect(value).toContain('new');
    const alone = await json(`/wiki/api/v2/pages/${String(page(3)?.id)}?body-format=view`);
    expect(at(alone, 'body', 'view', 'value')).toContain('new');
  });

  test('a body without any format; a live doc says that it is one', async () => {
    const id = String(page(3)?.id);
    sandbox.wild.set('bodiless=#3');
    expect(at(await json(`/wiki/api/v2/pages/${id}?body-format=view`), 'body')).toEqual({});
    sandbox.wild.set('live-doc=#3');
    expect(await json(`/wiki/api/v2/pages/${id}`)).toMatchObject({ subtype: 'live' });
  });

  test.each([
    ['old-body=#3', [1, 1, 0]],
    ['old-body-always=#3', [1, 1, 1]],
  ])('%s: the version before, number and text', async (spec, behind) => {
    const id = String(page(3)?.id);
    const version = Number(at(page(3), 'version'));
    sandbox.wild.set(spec);
    expect(await readings(id, 'storage', 'version', 'number')).toEqual(behind.map((by) => version - by));
    const texts = await readings(id, 'storage', 'body', 'storage', 'value');
    expect(texts.map((text) => Number(text !== '<p>new</p>'))).toEqual(behind);
    const [adf] = await readings(id, 'atlas_doc_format', 'body', 'atlas_doc_format', 'value');
    expect([typeof adf, String(adf).includes('new')]).toEqual(['string', false]);
  });

  test('another page than was asked for, and none in bulk', async () => {
    const id = String(page(3)?.id);
    sandbox.wild.set('other-page=#3');
    expect(at(await json(`/wiki/api/v2/pages/${id}?body-format=storage`), 'id')).toBe(page(1)?.id);
    expect(await rows(`/wiki/api/v2/pages?id=${id}`)).toEqual([]);
  });

  test.each([
    ['hidden-attachment=#1', 403],
    ['gone-attachment=#1', 404],
  ])('%s: the download is answered %i', async (spec, status) => {
    const [first, second] = await rows(FILES);
    sandbox.wild.set(spec);
    const answers = [];
    for (const file of [first, second]) {
      const path = `/wiki/rest/api/content/${String(at(file, 'container', 'id'))}/child/attachment/${String(at(file, 'id'))}/download`;
      answers.push((await sandbox.get(path)).status);
    }
    expect(answers).toEqual([status, 302]);
  });

  test('stated sizes that are wrong, of bytes that come whole', async () => {
    sandbox.wild.set('stated-size=1');
    const [file] = await rows(FILES);
    const id = String(at(file, 'id'));
    const stored = sandbox.wiki.get(id);
    const alone = await json(`/wiki/api/v2/attachments/${id}`);
    expect(at(alone, 'fileSize')).toBe(at(file, 'extensions', 'fileSize'));
    expect(at(alone, 'fileSize')).not.toBe(at(stored, 'fileSize'));
    const path = `/wiki/rest/api/content/${String(at(file, 'container', 'id'))}/child/attachment/${id}/download`;
    const url = String((await sandbox.get(path)).headers.get('location'));
    expect((await (await fetch(url)).arrayBuffer()).byteLength).toBe(at(stored, 'fileSize'));
    sandbox.wild.set('stated-size=2');
    const sizes = (await rows(FILES)).map((row) => ({
      stated: at(row, 'extensions', 'fileSize'),
      stored: at(sandbox.wiki.get(String(at(row, 'id'))), 'fileSize'),
      isMeant:
        Number(String(at(row, 'id')).slice(3)) % 2 === 0 && !/html|json|xml/.test(String(at(row, 'title'))),
    }));
    for (const { stated, stored: real, isMeant } of sizes)
      expect(stated !== real).toBe(isMeant && real !== 0);
  });
});
