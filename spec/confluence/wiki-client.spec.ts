import { expect, test } from '@jest/globals';
import { createWikiClient, type WikiClientOptions } from '../../lib/confluence/wiki-client.js';
import { nock } from '../support/nock.js';
import { all, failureOf, RecordingGate, SITE, useNock, wikiClient } from '../support/wire.js';

useNock();

const GATEWAY = 'https://api.atlassian.com/ex/confluence/11-22';
const LOOPBACK = 'http://127.0.0.1:8090';

const clientOf = (url: string, options: Partial<WikiClientOptions> = {}) =>
  createWikiClient(url, { credentials: { bearerToken: 'x' }, gate: new RecordingGate(), ...options });

const spaceAt = (url: string, base: string | undefined) =>
  nock(url)
    .get(/\/wiki\/api\/v2\/spaces$/)
    .query(true)
    .reply(200, { results: [{ id: '5', key: 'DOCS', homepageId: '9' }], _links: { base } });

test.each([
  [SITE, `${SITE}/wiki`, `${SITE}/wiki`],
  [SITE, 'https://evil.example/wiki', ''],
  [SITE, undefined, ''],
  [GATEWAY, `${SITE}/wiki`, `${SITE}/wiki`],
  [LOOPBACK, `${SITE}/wiki`, `${SITE}/wiki`],
])('of a wiki at %s that says to be %s the links begin with "%s"', async (url, base, baseUrl) => {
  spaceAt(url, base);
  expect(await all(clientOf(url).space$('DOCS'))).toMatchObject([{ key: 'DOCS', baseUrl }]);
  spaceAt(url, base);
  expect(await all(clientOf(url).listSpaces$())).toMatchObject([{ items: [{ key: 'DOCS', baseUrl }] }]);
});

test('an address that is none is refused before anything is sent', () => {
  expect(() => clientOf('http://example.atlassian.net')).toThrow(expect.objectContaining({ option: 'url' }));
});

test('unless it is told otherwise it is called rxsync, and tries four times more', async () => {
  const gate = new RecordingGate();
  nock(SITE, { reqheaders: { 'user-agent': 'rxsync' } })
    .get('/wiki/rest/api/user/current')
    .times(5)
    .reply(503);
  expect(await all(clientOf(SITE, { gate, random: () => 0 }).identity$())).toMatchObject([
    { kind: 'unknown', error: { status: 503 } },
  ]);
  expect(gate.retries.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4]);
});

test('files come from further hosts only where these are named', async () => {
  const attachment = {
    id: 'att7',
    pageId: '1',
    title: 'a.txt',
    version: 1,
    sizeBytes: undefined,
    mediaType: undefined,
    fileId: undefined,
  };
  const redirected = () =>
    nock(SITE)
      .get('/wiki/rest/api/content/1/child/attachment/att7/download')
      .reply(302, '', { Location: 'https://files.example.com/7' });
  const open = (options: Partial<WikiClientOptions>) =>
    wikiClient({ maxRetries: 0, ...options }).download$(attachment, ({ stream }) => {
      stream.destroy();
      return Promise.resolve('opened');
    });
  redirected();
  expect(await failureOf(open({}))).toMatchObject({ code: 'media-host' });
  redirected();
  nock('https://files.example.com').get('/7').reply(200, 'text');
  expect(await all(open({ mediaHosts: ['files.example.com'] }))).toEqual(['opened']);
});

test('what a doubtful answer means is asked for listings, too', async () => {
  nock(SITE).get('/wiki/api/v2/spaces').query(true).reply(401);
  nock(SITE).get('/wiki/rest/api/user/current').reply(200, { accountId: 'acct-1' });
  expect(await failureOf(wikiClient({ maxRetries: 0 }).listSpaces$())).toMatchObject({
    code: 'missing-scope',
    scopes: 'read:space:confluence',
  });
});
