import { expect, test } from '@jest/globals';
import { lastValueFrom } from 'rxjs';
import { CredentialsError } from '../../lib/errors/credentials-error.js';
import { MissingScopeError } from '../../lib/errors/missing-scope-error.js';
import type { WikiClient } from '../../lib/confluence/wiki-client.js';
import { nock, type ReplyBody } from '../support/nock.js';
import { failureOf, RecordingGate, SITE, useNock, wikiClient, wire } from '../support/wire.js';

useNock();

const BARE = { errors: [{ status: 404, code: 'NOT_FOUND', title: 'Not Found', detail: null }] };
const NAMED = { errors: [{ status: 404, title: 'Cannot find a page with id [7]', detail: null }] };
const FORBIDDEN = { message: 'Current user not permitted to use Confluence' };
const BLOCKED = { message: 'Your IP address 10.1.2.3 is not in the IP allowlist' };
const SCOPE = wire('error-gateway');

const V2 = '/wiki/api/v2/pages/7';
const V1 = '/wiki/rest/api/content/search';
const ASK: Readonly<Record<string, (wiki: WikiClient) => Promise<unknown>>> = {
  [V2]: (wiki) => failureOf(wiki.fetchPage$('page', '7', 'markdown')),
  [V1]: (wiki) => failureOf(wiki.fetchComments$(['7'])),
};

const me = (status: number, body: ReplyBody = '') =>
  nock(SITE).get('/wiki/rest/api/user/current').reply(status, body);
const KNOWN = [200, { type: 'known', accountId: 'acct-1' }] as const;
const STRANGER = [200, { type: 'anonymous' }] as const;

/** One answer, and what the wiki says of who we are if that is asked. */
const judged = async (
  path: string,
  [status, body]: readonly [number, ReplyBody],
  identity?: readonly [number, ReplyBody],
) => {
  const gate = new RecordingGate();
  nock(SITE).get(path).query(true).reply(status, body);
  if (identity) me(...identity);
  const error = await ASK[path]?.(wikiClient({ gate, maxRetries: 0 }));
  return { error, gate };
};

type Answer = readonly [number, ReplyBody];

test.each<[string, string, Answer, Answer, string]>([
  ['a bare 404 of v2 to a stranger', V2, [404, BARE], STRANGER, 'credentials'],
  ['a bare 404 of v2 to us', V2, [404, BARE], KNOWN, 'http-404'],
  ['a bare 404 of v2 to nobody knows whom', V2, [404, BARE], [500, ''], 'http-404'],
  ['a bare 404 of v2, and we may not ask', V2, [404, BARE], [403, FORBIDDEN], 'credentials'],
  ['a 403 of v1 to a stranger', V1, [403, FORBIDDEN], STRANGER, 'credentials'],
  ['a 403 of v1, and we may not ask', V1, [403, FORBIDDEN], [403, FORBIDDEN], 'credentials'],
  ['a bare 404 of v2, and a firewall does not let us ask', V2, [404, BARE], [403, BLOCKED], 'credentials'],
  ['a 403 of v1, and a firewall does not let us ask', V1, [403, BLOCKED], [403, BLOCKED], 'http-403'],
  ['a 403 of v1 to us', V1, [403, FORBIDDEN], KNOWN, 'http-403'],
  ['401 to a stranger', V2, [401, ''], STRANGER, 'credentials'],
  ['401, and we may not ask', V2, [401, ''], [401, ''], 'credentials'],
  ['401, and nobody knows who we are', V2, [401, ''], [500, ''], 'credentials'],
  ['401 to us', V2, [401, ''], KNOWN, 'missing-scope'],
  ['401 that speaks of scope', V2, [401, SCOPE], [401, SCOPE], 'missing-scope'],
  ['401 that speaks of scope to a stranger', V2, [401, SCOPE], STRANGER, 'credentials'],
])('%s means %s %s %s %s', async (_name, path, answer, identity, code) => {
  const { error, gate } = await judged(path, answer, identity);
  expect(error).toMatchObject({ code });
  expect(gate.verdicts).toEqual([error instanceof CredentialsError ? error : undefined]);
});

test.each<[string, string, Answer, string]>([
  ['a 404 that names what it has not found', V2, [404, NAMED], 'http-404'],
  ['a 403 of v2', V2, [403, ''], 'http-403'],
  ['a 404 of v1 that says something', V1, [404, { message: 'No content found' }], 'http-404'],
  ['a server error', V2, [500, ''], 'http-500'],
  ['410', V1, [410, ''], 'http-410'],
])('%s leaves no doubt: nothing is asked', async (_name, path, answer, code) => {
  const { error, gate } = await judged(path, answer);
  expect(error).toMatchObject({ code });
  expect(gate.verdicts).toEqual([]);
});

test('a 401 to us that says nothing is a lacking scope, as long as the operation has never been open', async () => {
  const { error } = await judged(V2, [401, ''], KNOWN);
  expect(error).toMatchObject({
    message: expect.stringMatching(/: it lacks the scope read:page:confluence\.$/),
  });
});

test('an operation that was open before may be closed for another reason than its scope, and that is said', async () => {
  const refused = async (body: ReplyBody) => {
    const wiki = wikiClient({ maxRetries: 0 });
    const ask = () => failureOf(wiki.fetchPage$('page', '7', 'markdown'));
    nock(SITE).get(V2).query(true).reply(200, { id: '8', title: 'x' });
    expect(await ask()).toMatchObject({ code: 'malformed-response' });
    nock(SITE).get(V2).query(true).reply(401, body);
    me(...KNOWN);
    return ask();
  };
  expect(await refused('')).toMatchObject({
    code: 'missing-scope',
    message: expect.stringMatching(/any more \(401\).*the token was changed meanwhile, or lacks the scope/),
  });
  expect(await refused(SCOPE)).toMatchObject({ message: expect.stringMatching(/: it lacks the scope/) });
});

test('an account that was known and is let through no more is not told that its token is bad', async () => {
  const wiki = wikiClient({ maxRetries: 0 });
  me(...KNOWN);
  await lastValueFrom(wiki.identity$());
  nock(SITE).get(V1).query(true).reply(403, BLOCKED);
  me(403, BLOCKED);
  expect(await failureOf(wiki.fetchComments$(['7']))).toMatchObject({
    code: 'credentials',
    message: expect.stringContaining('403: Your IP address 10.1.2.3 is not in the IP allowlist'),
    hint: expect.stringMatching(/^An IP allowlist, a firewall or a VPN/),
  });
});

test('what is lacking is named with the operation and the scopes, and exits with 12', async () => {
  const { error } = await judged(V1, [401, SCOPE], [401, SCOPE]);
  expect(error).toBeInstanceOf(MissingScopeError);
  expect(error).toMatchObject({
    exitCode: 12,
    message: expect.stringMatching(
      /GET \/rest\/api\/content\/search.*read:content-details:confluence or search:confluence \(classic\)/,
    ),
    hint: expect.stringContaining('Scopes and tokens'),
  });
});

test('an operation for which the scope is lacking is not asked for again, whatever the id; others are', async () => {
  const gate = new RecordingGate();
  const wiki = wikiClient({ gate, maxRetries: 0 });
  nock(SITE).get(V2).query(true).reply(401, SCOPE);
  me(401, SCOPE);
  await failureOf(wiki.fetchPage$('page', '7', 'markdown'));
  expect(await failureOf(wiki.fetchPage$('page', '8', 'adf'))).toBeInstanceOf(MissingScopeError);
  expect(gate.admitted).toEqual(['pages', 'identity']);
  nock(SITE).get('/wiki/api/v2/blogposts/8').query(true).reply(410);
  expect(await failureOf(wiki.fetchPage$('blogpost', '8', 'adf'))).toMatchObject({ code: 'http-410' });
});

test('whoever goes away before the answer leaves nobody in doubt', () => {
  const gate = new RecordingGate();
  wikiClient({ gate, maxRetries: 0 }).fetchPage$('page', '7', 'markdown').subscribe().unsubscribe();
  expect(gate.verdicts).toEqual([undefined]);
});
