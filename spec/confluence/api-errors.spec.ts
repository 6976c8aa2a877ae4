import { expect, test } from '@jest/globals';
import { AxiosError, AxiosHeaders } from 'axios';
import {
  blamesRequest,
  BROKEN_OFF,
  fromAxiosError,
  fromStatus,
  HTML_ANSWER,
  isLoginRedirect,
  NOT_JSON,
  PROXY_REFUSED,
  TOO_LARGE,
  TOO_SLOW,
  toRxsyncError,
} from '../../lib/confluence/api-errors.js';
import { HttpError } from '../../lib/errors/http-error.js';
import { UnreachableError } from '../../lib/errors/unreachable-error.js';
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
    () => [page().reply(302, '', { Location: `${SITE}/login?dest-url=x` }), me(401)],
    { name: 'CredentialsError', code: 'credentials', says: 'login page' },
  ],
  [
    '303 to id.atlassian.com',
    () => [page().reply(303, '', { Location: 'https://id.atlassian.com/authorize' }), me(401)],
    { name: 'CredentialsError', code: 'credentials', says: 'login page' },
  ],
  [
    '302 to the login page, though we are known',
    () => [page().reply(302, '', { Location: `${SITE}/login?dest-url=x` }), me(200, KNOWN)],
    { name: 'MalformedResponseError', code: 'garbled-response', says: 'a redirect to a login page' },
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

test.each<[string, number, ReplyBody, Record<string, string>, string]>([
  [
    'an allowlist',
    403,
    {
      errorMessages: ['The IP address has been rejected because it is not on the allowed list.'],
      errors: {},
    },
    {},
    'answered 403: The IP address has been rejected because it is not on the allowed list.',
  ],
  [
    'a gateway',
    403,
    { code: 403, message: 'your IP address 10.1.2.3 is not in the IP allowlist of this organization' },
    {},
    'answered 403: your IP address 10.1.2.3 is not in the IP allowlist of this organization.',
  ],
  [
    'a firewall',
    403,
    '<html><head><title>\n Blocked by\n ACME policy </title></head></html>',
    HTML,
    'answered 403: Blocked by ACME policy.',
  ],
  ['a firewall without a title', 403, '<html></html>', HTML, 'answered 403.'],
])('what %s says is told, and that the network may be refused comes before the account', async (...given) => {
  const [, status, body, headers, says] = given;
  page().reply(status, body, headers);
  expect(await failure()).toMatchObject({
    code: 'http-403',
    message: expect.stringContaining(says),
    hint: expect.stringMatching(/^An IP allowlist, a firewall or a VPN .* Else the account/),
  });
});

test('what a firewall says shows no credentials', async () => {
  page().reply(403, `<title>No ${TOKEN}</title>`, HTML);
  expect(await failure()).toMatchObject({ message: expect.stringContaining('403: No [redacted].') });
});

test('a page of HTML in place of an answer is told by its title', async () => {
  page().reply(200, '<title>Welcome to Hotel WiFi</title>', HTML);
  me(401);
  expect(await failure()).toMatchObject({
    code: 'login-page',
    message: expect.stringContaining('an HTML page ("Welcome to Hotel WiFi")'),
  });
});

test('a 404 that something before the wiki says names nothing', async () => {
  page().reply(404, '<title>Your site is currently unavailable.</title>', HTML);
  me(200, KNOWN);
  expect(await failure()).toMatchObject({ isBare: true, words: 'Your site is currently unavailable' });
});

test.each<[number, RegExp]>([
  [300, /Something before the wiki/],
  [304, /Something before the wiki/],
  [307, /Something before the wiki/],
  [308, /Something before the wiki/],
  [405, /Something before the wiki/],
  [418, /Something before the wiki/],
  [511, /network wants a login.*browser/],
])('%s comes with a word on what to do', async (status, hint) => {
  page().reply(status);
  expect(await failure()).toMatchObject({ code: `http-${status}`, hint: expect.stringMatching(hint) });
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

const HEADERS = new AxiosHeaders();

const failed = (
  code: string | undefined,
  status?: number,
  data: unknown = '',
  location?: string,
): AxiosError => {
  const config = { headers: HEADERS, maxContentLength: 3 * 1024 ** 2 };
  const headers = location === undefined ? {} : { location };
  const response = status === undefined ? undefined : { status, statusText: '', data, headers, config };
  return new AxiosError('the message of axios', code, config, undefined, response);
};
const known = (error: AxiosError) => fromAxiosError(error, 'GET /x', SITE);

test.each([
  ['ECONNABORTED', 'unreachable', 'no answer in time'],
  ['ETIMEDOUT', 'unreachable', 'no answer in time'],
  ['ECONNREFUSED', 'offline', 'connection refused'],
  ['ECONNRESET', 'unreachable', 'connection reset'],
  ['ENOTFOUND', 'offline', 'no such host'],
  ['EAI_AGAIN', 'offline', 'the host name cannot be looked up'],
  ['EHOSTUNREACH', 'offline', 'EHOSTUNREACH'],
  ['ENETUNREACH', 'offline', 'ENETUNREACH'],
  ['EPROTO', 'unreachable', 'no TLS there'],
  ['EPIPE', 'unreachable', 'EPIPE'],
  [BROKEN_OFF, 'unreachable', 'the answer broke off'],
  [TOO_SLOW, 'unreachable', 'the answer did not come to its end in time'],
  [undefined, 'unreachable', 'the message of axios'],
])('a connection that fails with %s is %s: %s', (code, expected, reason) => {
  expect(known(failed(code))).toMatchObject({
    name: 'UnreachableError',
    code: expected,
    message: `${SITE} cannot be reached (${reason}, for GET /x).`,
    hint: 'Check the address (`url`), the network and any proxy.',
  });
});

test.each([
  [
    'ECONNREFUSED',
    'offline',
    `The proxy proxy.example:3128, by which ${SITE} is asked, cannot be reached (con`,
  ],
  [
    'ECONNRESET',
    'unreachable',
    `${SITE} cannot be reached by the proxy proxy.example:3128 (connection reset`,
  ],
])('%s by a proxy names the proxy, without its credentials', (code, expected, message) => {
  const proxy = { host: 'proxy.example', port: 3128, auth: 'user:hush' };
  const error = new AxiosError('no', code, undefined, { agent: { proxy } });
  expect(known(error)).toMatchObject({
    code: expected,
    message: expect.stringContaining(message),
    hint: expect.stringMatching(/HTTPS_PROXY.*SOCKS.*NO_PROXY/),
  });
  expect(JSON.stringify(everythingIn(known(error)))).not.toContain('hush');
});

test.each([
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])('%s says that nobody vouches for the server', (code) => {
  expect(known(failed(code))).toMatchObject({
    code: 'certificate',
    message: `The certificate of ${SITE} is not trusted (${code}).`,
    hint: expect.stringContaining('`ca`'),
  });
});

test.each(['UNABLE_TO_DO_SO', 'ERR_CERT_X'])('%s says nothing of a certificate', (code) => {
  expect(known(failed(code))).toMatchObject({ code: 'unreachable' });
});

test.each([
  [failed(PROXY_REFUSED, 502), '502', 'NO_PROXY'],
  [failed(PROXY_REFUSED, 407), '407', 'http://user:password@proxy.example:3128'],
  [failed(undefined, 407), '407', 'http://user:password@proxy.example:3128'],
  [failed(PROXY_REFUSED), '0', 'NO_PROXY'],
])('%# a proxy that does not connect us is told as one', (error, status, hint) => {
  expect(known(error)).toMatchObject({
    code: 'proxy',
    message: `The proxy answered ${status} instead of connecting to ${SITE}.`,
    hint: expect.stringContaining(hint),
  });
});

test.each([
  [failed(NOT_JSON, 200), 'garbled-response', 'that is not complete JSON', SITE],
  [failed(HTML_ANSWER, 200), 'login-page', 'an HTML page, probably a login page', 'gateway address'],
  [failed(TOO_LARGE), 'oversized-response', '(3.0 MB)', 'max-old-space-size'],
  [new AxiosError('', TOO_LARGE), 'oversized-response', '(0.0 MB)', 'max-old-space-size'],
])('%# an answer that is no JSON, or too large, is %s', (error, code, says, hint) => {
  expect(known(error)).toMatchObject({
    code,
    message: expect.stringMatching(/^GET \/x answered with /),
    hint: expect.stringContaining(hint),
  });
  expect(known(error).message).toContain(says);
});

test.each([
  ['https://new.atlassian.net/x', /^The site has moved to https:\/\/new\.atlassian\.net: /],
  [`${SITE}/elsewhere`, /^Something before the wiki/],
  ['/elsewhere', /^Something before the wiki/],
  ['http://[', /^Something before the wiki/],
  [undefined, /^Something before the wiki/],
])('a redirect to %s has the hint %s', (location, hint) => {
  const error = known(failed(undefined, 302, '', location));
  expect(error.code).toBe('http-302');
  expect(error.hint ?? '').toMatch(hint);
});

test.each([200, 299, 400, 499])('%s is no redirect, whatever its headers say', (status) => {
  const error = known(failed(undefined, status, '', 'https://id.atlassian.com/login'));
  expect(error).toMatchObject({ code: `http-${status}`, hint: undefined });
});

test.each([300, 399])('%s to a login page is a refusal', (status) => {
  expect(known(failed(undefined, status, '', 'https://id.atlassian.com/x'))).toMatchObject({
    code: 'credentials',
    message: `The wiki does not accept the credentials (${status} to a login page for GET /x).`,
  });
});

test.each([
  ['/login', true],
  ['/wiki/login.action', true],
  ['https://id.atlassian.com/', true],
  ['/login/more', false],
  ['/relogin', false],
  ['/login.action?x=1', true],
  ['/other?to=/login', false],
])('a redirect to %s is one to a login page: %s', (location, expected) => {
  const headers = new AxiosHeaders({ location });
  const response = { status: 302, statusText: '', data: '', headers, config: { headers } };
  expect(isLoginRedirect(response)).toBe(expected);
});

test.each<[unknown, string]>([
  [{ errors: [{ title: 'Bad', detail: 'limit' }, { title: 'Worse' }] }, 'Bad limit; Worse'],
  [{ errors: [{ title: null, detail: 'limit.' }] }, 'limit'],
  [{ errors: [], message: 'x' }, ''],
  [{ errors: null, message: 'Not so...' }, 'Not so'],
  [{ message: 'a. b' }, 'a. b'],
  [{ message: null }, ''],
  [{ message: 'x'.repeat(301) }, 'x'.repeat(300)],
  [{ errors: 'x' }, ''],
  ['text', ''],
  [undefined, ''],
])('of the body %j the words are "%s"', (body, words) => {
  expect(fromStatus(400, body, 'GET /x')).toMatchObject({
    words,
    request: 'GET /x',
    message: words === '' ? 'GET /x answered 400.' : `GET /x answered 400: ${words}.`,
  });
});

test.each([
  [404, '', true],
  [404, 'Not Found', true],
  [404, 'Cannot find a page', false],
  [400, '', false],
])('%s with the words "%s" names nothing: %s', (status, message, isBare) => {
  expect(fromStatus(status, { message }, 'GET /x').isBare).toBe(isBare);
});

test.each([
  [403, /access to Confluence/],
  [404, /`url`/],
  [410, /newer rxsync/],
  [500, /has a fault/],
  [599, /has a fault/],
  [499, /^$/],
])('%s comes with the hint %s', (status, hint) => {
  const error = fromStatus(status, '', 'GET /x');
  expect(error.hint ?? '').toMatch(hint);
});

test.each([
  [new HttpError(502, ''), true],
  [new HttpError(500, ''), true],
  [new HttpError(413, ''), true],
  [new HttpError(503, ''), false],
  [new HttpError(404, ''), false],
  [new UnreachableError('unreachable', ''), false],
])('%# whether an error blames the request', (error, expected) => {
  expect(blamesRequest(error)).toBe(expected);
});

test('what the wiki repeats of the credentials is taken out of its words', () => {
  const redact = (text: string): string => text.replaceAll(TOKEN, '[redacted]');
  const error = failed(undefined, 400, { message: `Bad token ${TOKEN}` });
  expect(toRxsyncError(error, 'GET /x', SITE, redact)).toMatchObject({
    words: 'Bad token [redacted]',
    attempts: 1,
  });
});

test('what is no failure of a request passes as it is', () => {
  const defect = new Error('defect');
  expect(toRxsyncError(defect, 'GET /x', SITE, String)).toBe(defect);
});

/** A failure whose last blamed one was a 502 with these words. */
const after502 = (error: AxiosError): AxiosError => {
  if (error.config) error.config.blamed = failed(undefined, 502, { message: 'too much' });
  return error;
};

test.each<[string, AxiosError, string]>([
  ['503', failed(undefined, 503), 'http-502'],
  ['a connection that broke', failed('ECONNRESET'), 'http-502'],
  ['504, which blames the request itself', failed(undefined, 504), 'http-504'],
  ['404', failed(undefined, 404), 'http-404'],
  ['no connection at all', failed('ECONNREFUSED'), 'offline'],
  ['an HTML page', failed(HTML_ANSWER, 200), 'login-page'],
])('after a 502 that blames the request comes %s: it fails with the right one', (_name, error, code) => {
  expect(toRxsyncError(after502(error), 'GET /x', SITE, String)).toMatchObject({ code });
});
