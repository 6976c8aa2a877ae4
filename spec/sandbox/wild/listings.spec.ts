import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';

import { type OpenSandbox, at, idsOf, openSandbox } from '../../support/sandbox-client.js';

const LISTING = '/wiki/api/v2/spaces/98306/pages?status=current&limit=250';
const search = (cql: string, rest = 'limit=200&expand=version'): string =>
  `/wiki/rest/api/content/search?cql=${encodeURIComponent(cql)}&${rest}`;
const FILES = 'space=LARGE and type=attachment';

describe('listings and walks', () => {
  let sandbox: OpenSandbox;
  const pages = () => sandbox.wiki.list('page', 'LARGE').map(({ id }) => id);
  const files = () => sandbox.wiki.list('attachment', 'LARGE').map(({ id }) => id);
  const next = async (path: string): Promise<string> =>
    String(at((await sandbox.get(path)).json, '_links', 'next'));
  /** The ids of up to `most` pages of a walk. */
  const steps = async (path: string, most: number): Promise<readonly (readonly string[])[]> => {
    const found: (readonly string[])[] = [];
    for (let link = path; link !== 'undefined' && found.length < most; link = await next(link))
      found.push(idsOf(await sandbox.get(link)));
    return found;
  };

  beforeAll(async () => {
    sandbox = await openSandbox();
  });
  afterEach(() => sandbox.wild.set(''));
  afterAll(() => sandbox.close());

  test.each([
    ['empty-listing', () => []],
    ['half-listing', (ids: readonly string[]) => ids.slice(0, 30)],
    ['omit=#3', (ids: readonly string[]) => ids.filter((_, index) => index !== 2)],
  ])('%s lists too few, and all answer by id', async (spec, listed) => {
    sandbox.wild.set(spec);
    expect((await sandbox.walk(LISTING)).flat()).toEqual(listed(pages()));
    expect((await sandbox.walk('/wiki/api/v2/pages?space-id=98306&status=current&limit=20')).flat()).toEqual(
      listed(pages()),
    );
    expect(idsOf(await sandbox.get(`/wiki/api/v2/pages?limit=250&id=${pages().join()}`))).toEqual(pages());
    expect((await sandbox.get(`/wiki/api/v2/pages/${String(pages()[2])}`)).status).toBe(200);
  });

  test('a page stands among the blog posts, too', async () => {
    const posts = sandbox.wiki.list('blogpost', 'LARGE').map(({ id }) => id);
    const path = LISTING.replace('/pages', '/blogposts');
    sandbox.wild.set('misfiled=#3');
    expect((await sandbox.walk(path)).flat()).toEqual([...posts, pages()[2]]);
    expect((await sandbox.walk(LISTING)).flat()).toEqual(pages());
  });

  test('the attachments of one page are left out, and answer by their ids', async () => {
    const file = sandbox.wiki.list('attachment', 'LARGE').find((one) => {
      const { containerId } = { containerId: '', ...one };
      return pages().includes(containerId);
    });
    const owner = String(at(file, 'containerId'));
    sandbox.wild.set(`omit-attachments=${owner}`);
    const found = idsOf(await sandbox.get(search(FILES)));
    expect(found.length).toBeGreaterThan(20);
    expect(found).not.toContain(file?.id);
    expect(idsOf(await sandbox.get(`/wiki/api/v2/pages/${owner}/attachments`))).toEqual([]);
    expect((await sandbox.get(`/wiki/api/v2/attachments/${String(file?.id)}`)).status).toBe(200);
  });

  test.each([LISTING, search(FILES)])(
    'same-cursor-end: %s ends in an empty page that leads to itself',
    async (path) => {
      sandbox.wild.set('same-cursor-end');
      const last = await next(path);
      const again = last.startsWith('/wiki') ? last : `/wiki${last}`;
      expect(idsOf(await sandbox.get(again))).toEqual([]);
      expect(new URL(await next(again), sandbox.url).searchParams.get('cursor')).toBe(
        new URL(again, sandbox.url).searchParams.get('cursor'),
      );
    },
  );

  test('endless walks: empty pages, or the last rows, with ever new cursors', async () => {
    sandbox.wild.set('endless-empty');
    expect((await steps(`${LISTING}&sort=id`, 5)).map(({ length }) => length)).toEqual([60, 0, 0, 0, 0]);
    sandbox.wild.set('endless-repeat');
    const seen = await steps('/wiki/api/v2/spaces/98306/pages?status=current&limit=40', 5);
    expect(seen.map((ids) => ids.at(-1))).toEqual([
      pages()[39],
      ...Array<string | undefined>(4).fill(pages()[59]),
    ]);
    const cursors = new Set<string>();
    for (let link = LISTING, count = 0; count < 4; count += 1) cursors.add((link = await next(link)));
    expect(cursors.size).toBe(4);
  });

  test('what is asked for by id comes whole and ends', async () => {
    sandbox.wild.set('same-cursor-end,short-pages,endless-empty');
    const answer = await sandbox.get(`/wiki/api/v2/pages?limit=250&id=${pages().join()}`);
    expect(idsOf(answer)).toEqual(pages());
    expect(at(answer.json, '_links', 'next')).toBeUndefined();
  });

  test('the first page of the space lookup is empty, the second has the space', async () => {
    sandbox.wild.set('empty-first-space');
    expect(await sandbox.walk('/wiki/api/v2/spaces?keys=large,SMALL')).toEqual([[], ['98306', '98307']]);
  });

  test('short pages, some of them empty, lead to all of it', async () => {
    sandbox.wild.set('short-pages');
    const walked = await sandbox.walk(LISTING);
    expect(walked.map(({ length }) => length)).toEqual([25, 0, 35]);
    expect(walked.flat()).toEqual(pages());
    expect((await sandbox.walk(search(FILES))).flat()).toEqual(files());
  });

  test('a cap on answers with bodies, in silence', async () => {
    sandbox.wild.set('bulk-cap=7');
    for (const path of [LISTING, `/wiki/api/v2/pages?limit=250&id=${pages().join()}`]) {
      const walked = await sandbox.walk(`${path}&body-format=storage`);
      expect(walked[0]).toHaveLength(7);
      expect(walked.flat()).toEqual(pages());
      expect(idsOf(await sandbox.get(path))).toHaveLength(60);
    }
  });

  test('rows trade places in a search without order, and its total shrinks', async () => {
    sandbox.wild.set('swapping-rows');
    const loose = (await sandbox.walk(search(FILES, 'limit=10'))).flat();
    expect(loose).toHaveLength(files().length);
    expect(new Set(loose).size).toBeLessThan(loose.length);
    expect((await sandbox.walk(search(`${FILES} order by id asc`, 'limit=10'))).flat()).toEqual(files());
    expect(new Set((await sandbox.walk(search(`${FILES} order by created`, 'limit=10'))).flat()).size).toBe(
      files().length,
    );
    const wide = `/wiki/rest/api/search?limit=10&cql=${encodeURIComponent(FILES)}`;
    const first = await sandbox.get(wide);
    const second = await sandbox.get(`/wiki${String(at(first.json, '_links', 'next'))}`);
    expect([at(first.json, 'totalSize'), at(second.json, 'totalSize')]).toEqual([40, 39]);
  });

  test.each([
    ['no-order-by', search(`${FILES} order by created`), 400],
    ['no-order-by', search(FILES), 200],
    ['large-limit', search(FILES, 'limit=101'), 500],
    ['large-limit', search(FILES, 'limit=100'), 200],
    ['large-limit=502:20', search(FILES, 'limit=21'), 502],
    ['large-limit=502:20', search(FILES, ''), 502],
    ['large-limit=502:20', LISTING, 200],
  ])('%s: %s is answered %i', async (spec, path, status) => {
    sandbox.wild.set(spec);
    expect((await sandbox.get(path)).status).toBe(status);
  });

  test.each([
    ['empty-search', search(FILES), 0],
    ['empty-ancestor', search('type=page and ancestor=98400'), 0],
    ['archived-space', search(FILES), 0],
    ['archived-space', `/wiki/rest/api/search?limit=100&cql=${encodeURIComponent(FILES)}`, 0],
    [
      'archived-space',
      `/wiki/rest/api/search?limit=100&includeArchivedSpaces=true&cql=${encodeURIComponent(FILES)}`,
      40,
    ],
    ['archived-space', search('space=SMALL and type=attachment'), 20],
    ['archived-space', '/wiki/api/v2/spaces?keys=LARGE&status=current', 0],
    ['archived-space', '/wiki/api/v2/spaces?keys=LARGE&status=archived', 1],
    ['archived-space', LISTING, 60],
    ['empty-ancestor', search(FILES), 40],
  ])('%s: %s has %i rows', async (spec, path, count) => {
    sandbox.wild.set(spec);
    const answer = await sandbox.get(path);
    expect([answer.status, idsOf(answer).length]).toEqual([200, count]);
  });

  test('an ancestor that search has not heard of', async () => {
    const [home] = pages();
    const path = search(`type=page and ancestor=${String(home)}`);
    expect(idsOf(await sandbox.get(path)).length).toBeGreaterThan(10);
    sandbox.wild.set('empty-ancestor');
    expect(idsOf(await sandbox.get(path))).toEqual([]);
  });

  test('attachments that are never indexed', async () => {
    sandbox.wild.set('unindexed');
    const isIndexed = (id: string): boolean => Number(id.slice(3)) % 3 !== 0;
    expect(idsOf(await sandbox.get(search(FILES)))).toEqual(files().filter(isIndexed));
    expect((await sandbox.walk('/wiki/api/v2/attachments?limit=250')).flat()).toEqual(
      expect.arrayContaining(files()),
    );
  });

  test.each([
    ['lost-comment', 500],
    ['late-comment', 200],
  ])('%s: listed without bodies, not with them; by id %i', async (name, status) => {
    const comment = sandbox.wiki.list('comment', 'LARGE')[1];
    sandbox.wild.set(`${name}=#2`);
    const query = 'space=LARGE and type=comment';
    expect(idsOf(await sandbox.get(search(query)))).toContain(comment?.id);
    const withBodies = (await sandbox.walk(search(query, 'limit=50&expand=version,body.storage'))).flat();
    expect(withBodies).toHaveLength(29);
    expect(withBodies).not.toContain(comment?.id);
    const kind = String(at(comment, 'location'));
    const path = `/wiki/api/v2/${kind}-comments/${String(comment?.id)}?body-format=storage`;
    expect((await sandbox.get(path)).status).toBe(status);
  });
});
