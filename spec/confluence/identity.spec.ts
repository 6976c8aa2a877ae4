import { expect, test } from '@jest/globals';
import { forkJoin } from 'rxjs';
import { speaksOfScope } from '../../lib/confluence/identity.js';
import { HttpError } from '../../lib/errors/http-error.js';
import { nock, type ReplyBody } from '../support/nock.js';
import { all, failureOf, RecordingGate, SITE, useNock, wikiClient, wire } from '../support/wire.js';

useNock();

const PATH = '/wiki/rest/api/user/current';
const me = (status: number, body: ReplyBody = '', headers: Record<string, string> = {}) =>
  nock(SITE).get(PATH).reply(status, body, headers);
const identity = async (maxRetries = 0) => {
  const [answer] = await all(wikiClient({ maxRetries }).identity$());
  return answer;
};

test.each<[string, number, ReplyBody, string]>([
  ['an account', 200, { type: 'known', accountId: 'acct-1', displayName: 'Ada' }, 'known'],
  ['an account whose type is not told', 200, { accountId: 'acct-1' }, 'known'],
  ['a stranger', 200, { type: 'anonymous', displayName: 'Anonymous' }, 'stranger'],
  ['a stranger, whatever id it is given', 200, { type: 'anonymous', accountId: 'x' }, 'stranger'],
  ['an account without id', 200, { type: 'known', accountId: null }, 'unknown'],
  ['an account with an empty id', 200, { type: 'known', accountId: '' }, 'unknown'],
  ['something odd', 200, [], 'unknown'],
  ['no JSON', 200, '{"type":', 'unknown'],
  ['401', 401, '', 'refused'],
  ['403', 403, { message: 'caller cannot access Confluence' }, 'refused'],
  ['403 that is no word to strangers', 403, { message: 'Your IP address is not allowed' }, 'unknown'],
  ['403 without a word', 403, '', 'unknown'],
  ['a missing scope', 401, wire('error-gateway'), 'unknown'],
  ['a bare 404', 404, '', 'unknown'],
  ['a server error', 500, '', 'unknown'],
])('%s: %s is understood', async (_name, status, body, kind) => {
  me(status, body);
  expect(await identity()).toMatchObject({ kind });
});

test('why nobody knows is told: the scope that the token lacks, or what went wrong', async () => {
  me(401, wire('error-gateway'));
  expect(await identity()).toMatchObject({
    error: {
      code: 'missing-scope',
      message: expect.stringContaining('read:content-details:confluence or read:confluence-user (classic)'),
    },
  });
  me(500);
  expect(await identity()).toMatchObject({ error: { code: 'http-500' } });
});

test('the account is told', async () => {
  me(200, { type: 'known', accountId: 'acct-1' });
  expect(await identity()).toEqual({ kind: 'known', accountId: 'acct-1' });
});

test('a login page in place of an answer is a refusal', async () => {
  me(200, '<html>Log in</html>', { 'Content-Type': 'text/html' });
  expect(await identity()).toEqual({ kind: 'refused' });
  me(302, '', { Location: 'https://id.atlassian.com/login' });
  expect(await identity()).toEqual({ kind: 'refused' });
});

test('those who ask while an answer is on its way share it; who asks later asks anew', async () => {
  const wiki = wikiClient();
  me(200, { accountId: 'acct-1' });
  expect(await all(forkJoin([wiki.identity$(), wiki.identity$()]))).toEqual([
    [
      { kind: 'known', accountId: 'acct-1' },
      { kind: 'known', accountId: 'acct-1' },
    ],
  ]);
  me(401);
  expect(await all(wiki.identity$())).toEqual([{ kind: 'refused', status: 401 }]);
});

test('a 403 that is no word to strangers is a refusal of an account that was known before', async () => {
  const wiki = wikiClient();
  me(200, { accountId: 'acct-1' });
  await all(wiki.identity$());
  me(403, { message: 'Your IP address is not allowed' });
  expect(await all(wiki.identity$())).toEqual([{ kind: 'refused', status: 403 }]);
});

test('it has a lane of its own, which passes while credentials are in doubt', async () => {
  const gate = new RecordingGate();
  me(200, { accountId: 'acct-1' });
  await all(wikiClient({ gate }).identity$());
  expect(gate.admitted).toEqual(['identity']);
});

test('a question that is called off is no answer', async () => {
  const gate = new RecordingGate();
  const reason = Object.assign(new Error('The run has ended.'), { name: 'AbortError' });
  gate.admit = () => Promise.reject(reason);
  expect(await failureOf(wikiClient({ gate }).identity$())).toBe(reason);
});

test.each<[unknown, boolean]>([
  [new HttpError(401, '', { words: 'Unauthorized; scope does not match' }), true],
  [new HttpError(401, '', { words: 'telescope' }), false],
  [new HttpError(403, '', { words: 'scope does not match' }), false],
  [new Error('scope'), false],
])('%s speaks of scope: %s', (error, expected) => {
  expect(speaksOfScope(error)).toBe(expected);
});
