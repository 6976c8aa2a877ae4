import { beforeEach, expect, test } from '@jest/globals';
import { firstValueFrom } from 'rxjs';
import { liveDeps } from '../../../lib/pull/run/live-deps.js';
import { resolveWikiOptions } from '../../../lib/pull/run/wiki-options.js';
import { shareWiki } from '../../../lib/pull/run/shared-wiki.js';
import { version } from '../../../lib/version.js';
import { nock } from '../../support/nock.js';

const SITE = 'https://example.atlassian.net';

beforeEach(() => {
  nock.cleanAll();
  nock.disableNetConnect();
});

test('the wiki is asked by HTTP, with the credentials, in the name of this version', async () => {
  const asked: Record<string, string | string[] | undefined>[] = [];
  nock(SITE)
    .get(/\/wiki\/rest\/api\/user\/current/)
    .reply(function reply() {
      asked.push(this.req.headers);
      return [200, { type: 'known', accountId: 'acct-me' }];
    });
  const options = resolveWikiOptions({ url: SITE, credentials: { bearerToken: 'secret' } });
  const { client, dispose } = shareWiki(options, liveDeps).openSession();
  expect(await firstValueFrom(client.identity$())).toEqual({ kind: 'known', accountId: 'acct-me' });
  dispose();
  expect(asked).toEqual([
    expect.objectContaining({ 'user-agent': `rxsync/${version()}`, authorization: 'Bearer secret' }),
  ]);
});

test('each run has an id of its own', () => {
  expect(liveDeps.runId()).not.toBe(liveDeps.runId());
});
