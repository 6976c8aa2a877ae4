import { expect, test } from '@jest/globals';
import { nock, type ReplyBody } from '../support/nock.js';
import { createWikiClient } from '../../lib/confluence/wiki-client.js';
import { NOBODY } from '../support/loopback.js';
import {
  EMAIL,
  everythingIn,
  failureOf,
  RecordingGate,
  SECRETS,
  SITE,
  TOKEN,
  useNock,
  wikiClient,
  wire,
} from '../support/wire.js';

useNock();

const PATH = '/wiki/api/v2/pages/7';
const HTML = { 'Content-Type': 'text/html;charset=UTF-8' };
const failure = (): Promise<unknown> =>
  failureOf(wikiClient({ maxRetries: 0 }).fetchPage$('page', '7', 'storage'));
const page = () => nock(SITE).get(PATH).query({ 'body-format': 'storage' });

/** Answers the question who we are, which a doubtful answer leads to. */
const me = (status: number, body: ReplyBody = '') =>
  nock(SITE).get('/wiki/rest/api/user/current').reply(status, body);
const KNOWN = { type: 'known', accountId: 'acct-1' };

const ANSWERS: readonly [string, () => unknown, { name: string; code: string; says: string }][] = [
  [
    '400 of v2',
    () => page().reply(400, wire('error-v2')),
    { name: 'HttpError', code: 'http-400', says: 'Expected type is Cursor.' },
  ],
  [
    '400 of v1',
    () => page().reply(400, wire('error-v1')),
    { name: 'HttpError', code: 'http-400', says: 'Could not parse cql : space=' },
  ],
  [
    '401',
    () => [page().reply(401, wire('error-gateway')), me(401, wire('error-gateway'))],
    { name: 'MissingScopeError', code: 'missing-scope', says: 'read:page:confluence' },
  ],
  [
    '401 without a body',
    () => [page().reply(401), me(401)],
    { name: 'CredentialsError', code: 'credentials', says: '401' },
  ],
  ['403', () => page().reply(403, 'Forbidden'), { name: 'HttpError', code: 'http-403', says: '403' }],
  [
    '401, though we are known',
    () => [page().reply(401), me(200, KNOWN)],
    { name: 'MissingScopeError', code: 'missing-scope', says: 'read:page:confluence' },
  ],
  ['404', () => [page().reply(404), me(200, KNOWN)], { name: 'HttpError', code: 'http-404', says: '404' }],
  [
    '404 as HTML',
    () => [page().reply(404, '<html></html>', HTML), me(200, KNOWN)],
    { name: 'HttpError', code: 'http-404', says: '404' },
  ],
  [
    '410',
    () => page().reply(410, { message: 'GoneException: This deprecated endpoint has been removed.' }),
    { name: 'HttpError', code: 'http-410', says: 'has been removed' },
  ],
  ['500', () => page().reply(500), { name: 'HttpError', code: 'http-500', says: '500' }],
  [
    '200 with an HTML page',
    () => page().reply(200, '<html>Log in</html>', HTML),
    { name: 'LoginPageError', code: 'login-page', says: 'HTML page' },
  ],
  [
    '200 with JSON that was cut off',
    () => page().reply(200, '{"id":"7","title":"Cu', { 'Content-Type': 'application/json' }),
    { name: 'MalformedResponseError', code: 'garbled-response', says: 'complete JSON' },
  ],
  [
    '200 with another shape',
    () => page().reply(200, { id: 'seven', title: 'x' }),
    { name: 'MalformedResponseError', code: 'malformed-response', says: '"id": no id' },
  ],
  [
    '200 with an error envelope: 401',
    () => [page().reply(200, { statusCode: 401, message: 'No session' }), me(401)],
    { name: 'CredentialsError', code: 'credentials', says: '401: No session' },
  ],
  [
    '200 with an error envelope: 403',
    () => page().reply(200, { statusCode: 403, message: 'Not yours' }),
    { name: 'HttpError', code: 'http-403', says: 'Not yours' },
  ],
  [
    '200 with rows and errors',
    () => page().reply(200, { results: [], errors: [{ status: 500, title: 'Timed out' }] }),
    { name: 'HttpError', code: 'http-500', says: 'Timed out' },
  ],
  [
    '200 with no body',
    () => page().reply(200, ''),
    { name: 'MalformedResponseError', code: 'garbled-response', says: 'complete JSON' },
  ],
  [
    '302 to the login page',
    () => page().reply(302, '', { Location: `${SITE}/login?dest-url=x` }),
    { name: 'CredentialsError', code: 'credentials', says: 'login page' },
  ],
  [
    '303 to id.atlassian.com',
    () => page().reply(303, '', { Location: 'https://id.atlassian.com/authorize' }),
    { name: 'CredentialsError', code: 'credentials', says: 'login page' },
  ],
  [
    '302 to somewhere else',
    () => page().reply(302, '', { Location: `${SITE}/wiki/api/v2/pages/8?name=/login` }),
    { name: 'HttpError', code: 'http-302', says: '302' },
  ],
];

test.each(ANSWERS)('%s: class, code and message', async (_name, answer, { name, code, says }) => {
  answer();
  const error = await failure();
  expect(error).toMatchObject({ name, code, message: expect.stringContaining(says) });
  expect(error).toMatchObject({ message: expect.stringMatching(/\/api\/v2\/pages\/(?:7|\{id\})/) });
});

test.each(ANSWERS)('%s: nothing of the error shows the credentials', async (_name, answer) => {
  answer();
  const shown = everythingIn(await failure());
  expect(SECRETS.filter((secret) => shown.includes(secret))).toEqual([]);
});

test.each([
  [401, 12],
  [403, 1],
])('a run that ends for %s exits %s', async (status, exitCode) => {
  page().reply(status);
  if (status === 401) me(401);
  expect(await failure()).toMatchObject({ exitCode });
});

test('a token that is refused comes with what to do about it', async () => {
  page().reply(401);
  me(401);
  expect(await failure()).toMatchObject({ hint: expect.stringMatching(/`credentials`.*gateway/) });
});

test.each<[string, () => unknown, RegExp]>([
  [
    'an HTML page though the wiki knows us',
    () => [page().reply(200, '<html>Log in</html>', HTML), me(200, KNOWN)],
    /knows this account.*proxy/,
  ],
  ['another shape', () => page().reply(200, '[]'), /Pull again.*report/],
  ['an operation that is gone', () => page().reply(410), /newer rxsync/],
])('%s comes with what to do about it', async (_name, answer, hint) => {
  answer();
  expect(await failure()).toMatchObject({ hint: expect.stringMatching(hint) });
});

test('what is wrong with a whole answer is said without an empty place', async () => {
  page().reply(200, 'null', { 'Content-Type': 'application/json' });
  expect(await failure()).toMatchObject({ message: expect.not.stringContaining('""') });
});

test('a long message of the wiki is cut', async () => {
  page().reply(400, { message: 'x'.repeat(10_000) });
  const error = await failure();
  expect(error instanceof Error && error.message.length).toBeLessThan(500);
});

test('no answer in time is told as such', async () => {
  page().delay(5_000).reply(200);
  const client = wikiClient({ maxRetries: 0, timeoutMs: 20 });
  expect(await failureOf(client.fetchPage$('page', '7', 'storage'))).toMatchObject({
    code: 'unreachable',
    message: expect.stringContaining('no answer in time'),
  });
});

test('a wiki that cannot be reached is named with the reason, and shows no credentials', async () => {
  nock.enableNetConnect('127.0.0.1');
  const credentials = { email: EMAIL, apiToken: TOKEN };
  const gate = new RecordingGate();
  const error = await failureOf(
    createWikiClient(NOBODY, { credentials, gate, maxRetries: 0 }).space$('DOCS'),
  );
  expect(error).toMatchObject({
    name: 'UnreachableError',
    code: 'offline',
    message: expect.stringMatching(/127\.0\.0\.1:1.*connection refused.*\/api\/v2\/spaces/),
  });
  expect(SECRETS.filter((secret) => everythingIn(error).includes(secret))).toEqual([]);
});

test('an OAuth token shows no more than an API token does', async () => {
  page().reply(403);
  const client = wikiClient({ credentials: { bearerToken: 'secret-bearer' } });
  expect(everythingIn(await failureOf(client.fetchPage$('page', '7', 'storage')))).not.toContain(
    'secret-bearer',
  );
});

test.each([
  ['https://new-name.atlassian.net', /^The site has moved to https:\/\/new-name\.atlassian\.net: set `url`/],
  [
    'https://evil.example.com',
    /^The site seems to have moved to https:\/\/evil\.example\.com\. Only if you know/,
  ],
])(
  'a redirect to %s is not followed, and only a site of Atlassian’s is recommended',
  async (origin, hint) => {
    page().reply(301, '', { Location: `${origin}${PATH}` });
    expect(await failure()).toMatchObject({ code: 'http-301', hint: expect.stringMatching(hint) });
  },
);
