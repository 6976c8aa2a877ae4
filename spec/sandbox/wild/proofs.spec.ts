import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { type OpenSandbox, at, openSandbox } from '../../support/sandbox-client.js';

const LISTING = '/wiki/api/v2/spaces/98306/pages?status=current&limit=250';
const STATUSES = 'status=current,archived,trashed,deleted';
const SEARCH = '/wiki/rest/api/content/search?limit=200&cql=';

let sandbox: OpenSandbox;
let id: string;

beforeAll(async () => {
  sandbox = await openSandbox();
  id = sandbox.wiki.list('page', 'LARGE')[2]?.id ?? '';
});
afterEach(() => sandbox.wild.set(''));
afterAll(() => sandbox.close());

const rowsOf = async (path: string): Promise<readonly unknown[]> => {
  const results = at((await sandbox.get(path)).json, 'results');
  return Array.isArray(results) ? results.map((row: unknown) => row) : [];
};
/** The statuses that the rows of the page have, in their order. */
const statusesIn = async (path: string): Promise<unknown[]> =>
  (await rowsOf(path)).filter((row) => at(row, 'id') === id).map((row) => at(row, 'status'));

test('a draft of a page stands behind it in listings and in bulk, not alone', async () => {
  sandbox.wild.set(`draft-rows=${id}`);
  expect(await statusesIn(LISTING)).toEqual(['current', 'draft']);
  expect(await statusesIn(`/wiki/api/v2/pages?id=${id}&body-format=storage`)).toEqual(['current', 'draft']);
  expect((await sandbox.get(`/wiki/api/v2/pages/${id}`)).json).toMatchObject({ status: 'current' });
});

test('a page that no listing tells of is there and in the trash by its id', async () => {
  sandbox.wild.set(`trashed-twin=${id}`);
  expect(await statusesIn(LISTING)).toEqual([]);
  expect(await statusesIn(`/wiki/api/v2/pages?id=${id}&${STATUSES}`)).toEqual(['current', 'trashed']);
});

test('a page that no listing tells of is frozen by its id, in bulk and alone', async () => {
  sandbox.wild.set(`frozen=${id}`);
  expect(await statusesIn(LISTING)).toEqual([]);
  expect(await statusesIn(`/wiki/api/v2/pages?id=${id}&${STATUSES}`)).toEqual(['frozen']);
  expect((await sandbox.get(`/wiki/api/v2/pages/${id}`)).json).toMatchObject({ status: 'frozen' });
});

test('rows of another space stand in listings only', async () => {
  sandbox.wild.set('foreign-rows');
  const foreign = (rows: readonly unknown[]) => rows.filter((row) => at(row, 'spaceId') === '4711');
  expect(foreign(await rowsOf(LISTING)).length).toBeGreaterThan(0);
  expect(foreign(await rowsOf(`/wiki/api/v2/pages?id=${id}`))).toEqual([]);
});

test('containers that are comments, by search alone', async () => {
  const [file] = sandbox.wiki.list('attachment', 'LARGE');
  sandbox.wild.set('odd-containers=1');
  for (const row of await rowsOf(`${SEARCH}type%3Dattachment&expand=container`))
    expect(row).toMatchObject({ container: { type: 'comment' } });
  expect((await sandbox.get(`/wiki/api/v2/attachments/${file?.id ?? ''}`)).json).toMatchObject({
    pageId: expect.any(String),
  });
});

test('comments are old where search gives their bodies, and right in their listing', async () => {
  const [comment] = sandbox.wiki.list('comment', 'LARGE');
  sandbox.wiki.editComment(comment?.id ?? '');
  sandbox.wild.set('old-comment');
  const versionIn = async (expand: string): Promise<unknown> => {
    const rows = await rowsOf(`${SEARCH}type%3Dcomment&expand=${expand}`);
    return at(
      rows.find((row) => at(row, 'id') === comment?.id),
      'version',
      'number',
    );
  };
  expect([await versionIn('version'), await versionIn('version,body.storage')]).toEqual([2, 1]);
});
