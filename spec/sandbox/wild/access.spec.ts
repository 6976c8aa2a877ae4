import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';

import { type OpenSandbox, at, idsOf, openSandbox } from '../../support/sandbox-client.js';

const LISTING = '/wiki/api/v2/spaces/98306/pages?status=current&limit=250';
const ME = '/wiki/rest/api/user/current';
const SEARCH = '/wiki/rest/api/content/search?limit=200&expand=container&cql=space%3DLARGE%20and%20type%3D';
const STRANGER = { headers: { authorization: 'Basic d3Jvbmc6d3Jvbmc=' } };

describe('who may look', () => {
  let sandbox: OpenSandbox;
  const pages = () => sandbox.wiki.list('page', 'LARGE').map(({ id }) => id);
  const owners = async () => {
    const results = at((await sandbox.get(`${SEARCH}attachment`)).json, 'results');
    return Array.isArray(results) ? results.map((row) => String(at(row, 'container', 'id'))) : [];
  };
  const title = async (path: string) => at((await sandbox.get(path)).json, 'errors', 0, 'title');

  beforeAll(async () => {
    sandbox = await openSandbox();
  });
  afterEach(() => sandbox.wild.set(''));
  afterAll(() => sandbox.close());

  test('an open site shows a stranger some pages and says who that is; the owner of the token sees all', async () => {
    sandbox.wild.set('open-site');
    const seen = idsOf(await sandbox.get(LISTING, STRANGER));
    expect(seen).toEqual(pages().filter((id) => Number(id) % 2 === 0));
    expect((await sandbox.get(ME, STRANGER)).json).toMatchObject({ type: 'anonymous' });
    expect(at((await sandbox.get(ME, STRANGER)).json, 'accountId')).toBeUndefined();
    expect(idsOf(await sandbox.get(LISTING))).toEqual(pages());
    expect((await sandbox.get(sandbox.gatewayUrl + ME, STRANGER)).status).toBe(401);
  });

  test('credentials that are revoked are refused from the n-th request on', async () => {
    sandbox.wild.set('revoke=3');
    const statuses = [];
    for (const path of [LISTING, ME, LISTING, ME, sandbox.gatewayUrl + ME])
      statuses.push((await sandbox.get(path)).status);
    expect(statuses).toEqual([200, 200, 404, 403, 401]);
    sandbox.wild.set('revoke=1,open-site');
    expect(idsOf(await sandbox.get(LISTING)).length).toBeLessThan(pages().length);
    expect((await sandbox.get(ME)).json).toMatchObject({ type: 'anonymous' });
  });

  test('another account sees its share, the same each time', async () => {
    const mine = at((await sandbox.get(ME)).json, 'accountId');
    sandbox.wild.set('other-account=50');
    const seen = idsOf(await sandbox.get(LISTING));
    expect(seen.length).toBeGreaterThan(10);
    expect(seen.length).toBeLessThan(50);
    expect(idsOf(await sandbox.get(LISTING))).toEqual(seen);
    const other = (await sandbox.get(ME)).json;
    expect(other).toMatchObject({ type: 'known', accountType: 'atlassian' });
    expect(at(other, 'accountId')).not.toBe(mine);
    sandbox.wild.set('other-account');
    expect(idsOf(await sandbox.get(LISTING))).toEqual(pages());
  });

  test('an account that sees two pages sees them alone, wherever it looks', async () => {
    const [first, second, third] = pages();
    const mine = (await sandbox.get(ME)).json;
    sandbox.wild.set('sees=2');
    expect(idsOf(await sandbox.get(LISTING))).toEqual([first, second]);
    expect(idsOf(await sandbox.get(`${SEARCH}page`))).toEqual([first, second]);
    expect(idsOf(await sandbox.get(`/wiki/api/v2/pages?id=${String(first)},${String(third)}`))).toEqual([
      first,
    ]);
    expect(await title(`/wiki/api/v2/pages/${String(third)}`)).toBe(
      `Cannot find a page with id [${String(third)}]`,
    );
    for (const owner of await owners()) expect([first, second]).toContain(owner);
    expect(idsOf(await sandbox.get('/wiki/api/v2/spaces/98306/blogposts'))).toEqual([]);
    expect((await sandbox.get(ME)).json).toEqual(mine);
    sandbox.wild.set('sees=0');
    expect(idsOf(await sandbox.get(LISTING))).toEqual([]);
  });

  test.each([
    ['read:comment:confluence', '/wiki/api/v2/footer-comments', LISTING],
    ['search:confluence', `${SEARCH}page`, ME],
    ['read:user:confluence+read:page:confluence', LISTING, '/wiki/api/v2/spaces'],
  ])('without %s, %s is refused, and %s is not', async (scopes, refused, allowed) => {
    sandbox.wild.set(`no-scope=${scopes}`);
    expect(await sandbox.get(refused)).toMatchObject({
      status: 401,
      json: { code: 401, message: 'Unauthorized; scope does not match' },
    });
    expect((await sandbox.get(allowed)).status).toBe(200);
  });

  test('a site that moved sends every request to the same path elsewhere', async () => {
    sandbox.wild.set('moved=https://new.example.com');
    const { status, headers } = await sandbox.get(LISTING);
    expect([status, headers.get('location')]).toEqual([301, `https://new.example.com${LISTING}`]);
  });

  test('a Data Center knows no /wiki, and v1 at its root', async () => {
    sandbox.wild.set('data-center');
    for (const path of [LISTING, ME, '/_edge/tenant_info', sandbox.gatewayUrl + ME]) {
      const { status, headers } = await sandbox.get(path);
      expect([status, headers.get('content-type')]).toEqual([404, 'text/html;charset=utf-8']);
    }
    expect((await sandbox.get('/rest/api/space?spaceKey=large')).json).toMatchObject({
      results: [{ key: 'LARGE' }],
    });
    expect((await sandbox.get('/rest/api/content?spaceKey=LARGE&limit=3')).status).toBe(200);
    expect((await sandbox.get('/rest/api/space', STRANGER)).status).toBe(401);
    sandbox.wild.set('');
    expect((await sandbox.get('/rest/api/space')).status).toBe(404);
  });
});
