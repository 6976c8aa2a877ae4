import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { type OpenSandbox, at, idsOf, openSandbox } from '../../support/sandbox-client.js';

describe('credentials and hosts', () => {
  let sandbox: OpenSandbox;
  const SPACES = '/wiki/api/v2/spaces';
  const status = async (url: string, authorization?: string) =>
    (await fetch(url, { headers: authorization === undefined ? {} : { authorization } })).status;
  const bearer = () => `Bearer ${sandbox.bearerToken}`;

  beforeAll(async () => {
    sandbox = await openSandbox();
  });
  afterAll(() => sandbox.close());

  test('the site takes Basic credentials only', async () => {
    expect((await sandbox.get(SPACES)).status).toBe(200);
    for (const refused of [undefined, 'Basic d3Jvbmc6d3Jvbmc=', bearer()]) {
      expect(await status(sandbox.url + SPACES, refused)).toBe(404);
      expect(await status(`${sandbox.url}/wiki/rest/api/user/current`, refused)).toBe(403);
    }
  });

  test('the gateway takes Basic and bearer credentials, for its own site', async () => {
    expect(await status(sandbox.gatewayUrl + SPACES, bearer())).toBe(200);
    expect((await sandbox.get(sandbox.gatewayUrl + SPACES)).status).toBe(200);
    expect(await status(sandbox.gatewayUrl + SPACES)).toBe(401);
    expect(await status(`${sandbox.url}/ex/confluence/other${SPACES}`, bearer())).toBe(404);
  });

  test('the site says to refused credentials what it says to a stranger, the gateway that they are refused', async () => {
    const refused = async (path: string) =>
      (await sandbox.get(path, { headers: { authorization: 'Bearer no' } })).json;
    expect(await refused(SPACES)).toEqual({
      errors: [{ status: 404, code: 'NOT_FOUND', title: 'Not Found', detail: null }],
    });
    expect(await refused('/wiki/rest/api/user/current')).toMatchObject({
      message: 'caller cannot access Confluence',
    });
    expect(await refused('/wiki/rest/api/search?cql=type=page')).toMatchObject({
      message: 'Current user not permitted to use Confluence',
    });
    expect(await refused(sandbox.gatewayUrl + SPACES)).toEqual({ code: 401, message: 'Unauthorized' });
  });

  test('a real miss names the thing', async () => {
    const title = async (path: string) =>
      at((await sandbox.get(`/wiki/api/v2/${path}`)).json, 'errors', 0, 'title');
    expect(await title('pages/123')).toBe('Cannot find a page with id [123]');
    expect(await title('folders/123')).toBe('Cannot find a folder with id [123]');
    expect(await title('attachments/123')).toBe('Cannot find an attachment with id [att123]');
    expect(await title('footer-comments/123')).toBe('Cannot find a footer comment with id [123]');
    expect(await title('spaces/123')).toBe('Cannot find a space with id [123]');
  });

  test('links inside answers of the gateway are built for the site host', async () => {
    const answer = await sandbox.get(`${sandbox.gatewayUrl}/wiki/api/v2/pages?limit=1`);
    expect(at(answer.json, '_links', 'next')).toMatch(/^\/wiki\/api\/v2\/pages/);
    expect(at(answer.json, '_links', 'base')).toBe(`${sandbox.url}/wiki`);
  });

  test('siteUrl decides what the links are built on', async () => {
    const other = await openSandbox({ siteUrl: 'https://example.atlassian.net' });
    expect(at((await other.get(SPACES)).json, '_links', 'base')).toBe('https://example.atlassian.net/wiki');
    await other.close();
  });

  test('the cloud id is told to everyone', async () => {
    const answer = await fetch(`${sandbox.url}/_edge/tenant_info`);
    expect(sandbox.gatewayUrl).toContain(String(at(await answer.json(), 'cloudId')));
  });

  test('unknown paths are answered 404, other methods 405, and without /wiki there is nothing', async () => {
    expect((await sandbox.get('/wiki/api/v2/folders')).status).toBe(404);
    expect((await sandbox.get('/api/v2/spaces')).status).toBe(404);
    expect((await sandbox.get('/rest/api/content/search?cql=type=page')).status).toBe(404);
    expect((await sandbox.post(SPACES, {})).status).toBe(405);
    expect((await sandbox.get('/wiki/api/v2/users-bulk')).status).toBe(405);
  });

  test('legacy reads work on the site with a warning, and are gone by the gateway', async () => {
    for (const path of [
      'content?spaceKey=LARGE',
      'space',
      'space/LARGE',
      `content/${String(sandbox.wiki.list('page')[0]?.id)}`,
    ]) {
      const answer = await sandbox.get(`/wiki/rest/api/${path}`);
      expect([answer.status, answer.headers.get('deprecation')]).toEqual([200, 'true']);
      const gone = await sandbox.get(`${sandbox.gatewayUrl}/wiki/rest/api/${path}`, {
        headers: { authorization: bearer() },
      });
      expect([gone.status, at(gone.json, 'message')]).toEqual([
        410,
        expect.stringContaining('GoneException'),
      ]);
    }
    expect(await status(`${sandbox.gatewayUrl}/wiki/rest/api/user/current`, bearer())).toBe(200);
  });

  test('the offsets of a legacy listing lead through all of it', async () => {
    const pages = await sandbox.walk('/wiki/rest/api/content?spaceKey=LARGE&type=page&limit=7');
    expect(pages.flat()).toEqual(sandbox.wiki.list('page', 'LARGE').map(({ id }) => id));
  });

  test('large answers are compressed for those who accept it, small ones never', async () => {
    const encoding = async (path: string, accept: string) =>
      (await sandbox.get(path, { headers: { 'accept-encoding': accept } })).headers.get('content-encoding');
    expect(await encoding('/wiki/api/v2/pages?limit=50', 'gzip')).toBe('gzip');
    expect(await encoding('/wiki/api/v2/pages?limit=50', 'identity')).toBeNull();
    expect(await encoding('/wiki/api/v2/spaces?keys=NONE', 'gzip')).toBeNull();
  });

  test('an answer is dated by the clock of the wiki', async () => {
    sandbox.wiki.createPage('Later');
    const { headers } = await sandbox.get(SPACES);
    expect(Date.parse(String(headers.get('date')))).toBe(sandbox.wiki.now());
    expect(new Date(sandbox.wiki.now()).toISOString()).toMatch(/^2026-01-01T00:0/);
  });

  test('counts requests by route and tells listeners of each', async () => {
    const seen: string[] = [];
    sandbox.requests.reset();
    const stop = sandbox.onExchange(({ method, status: code, url }) =>
      seen.push(`${method} ${code} ${new URL(url).pathname}`),
    );
    const id = idsOf(await sandbox.get('/wiki/api/v2/pages?limit=1'))[0];
    await sandbox.get(`${sandbox.gatewayUrl}/wiki/api/v2/pages/${String(id)}`);
    stop();
    await sandbox.get(SPACES);
    expect(seen).toEqual([
      'GET 200 /wiki/api/v2/pages',
      expect.stringMatching(/^GET 200 \/ex\/confluence\/.*\/pages\/\d+$/),
    ]);
    expect(sandbox.requests.total).toBe(3);
    expect(sandbox.requests.byRoute).toEqual({
      'GET /wiki/api/v2/pages': 1,
      'GET /wiki/api/v2/pages/:id': 1,
      'GET /wiki/api/v2/spaces': 1,
    });
    expect(sandbox.requests.points).toBe(2 + 2 + 1 + 4);
  });
});
