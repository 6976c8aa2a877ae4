import { expect, test } from '@jest/globals';
import { createWikiClient } from '../../lib/confluence/wiki-client.js';
import { nock, type ReplyBody } from '../support/nock.js';
import { all, EMAIL, RecordingGate, SITE, TOKEN, useNock, wikiClient } from '../support/wire.js';

useNock();

const PATH = '/_edge/tenant_info';

test.each<[number, ReplyBody, string | undefined]>([
  [200, { cloudId: '11-aa_22' }, '11-aa_22'],
  [200, { cloudId: '../x' }, undefined],
  [200, { cloudId: 'x/..' }, undefined],
  [200, { cloudId: '' }, undefined],
  [200, { cloudId: 7 }, undefined],
  [200, {}, undefined],
  [200, 'null', undefined],
  [404, { cloudId: '11' }, undefined],
])('a site that answers %s %j has the id %s', async (status, body, expected) => {
  nock(SITE).get(PATH).reply(status, body);
  expect(await all(wikiClient({ maxRetries: 0 }).cloudId$())).toEqual([expected]);
});

test('it is asked of the site itself, while the credentials are in doubt', async () => {
  const gate = new RecordingGate();
  nock(SITE).get(PATH).reply(200, { cloudId: '11' });
  const credentials = { email: EMAIL, apiToken: TOKEN };
  expect(await all(createWikiClient(`${SITE}/wiki/spaces/DOCS`, { credentials, gate }).cloudId$())).toEqual([
    '11',
  ]);
  expect(gate.admitted).toEqual(['identity']);
});
