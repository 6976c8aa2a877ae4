import { text } from 'node:stream/consumers';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { nock } from '../support/nock.js';
import { type MediaOptions, createMedia } from '../../lib/confluence/media.js';
import type { ResponseSample } from '../../lib/core/request-lane.js';
import { NOBODY } from '../support/loopback.js';
import { everythingIn, useNock } from '../support/wire.js';

useNock();

const HOST = 'https://api.media.atlassian.com';

const mediaWith = (options: Partial<MediaOptions> = {}) =>
  createMedia({
    mediaHosts: [],
    allowLoopback: false,
    timeoutMs: 1_000,
    maxBytes: 1_000,
    userAgent: 'rxsync/9.9.9',
    onAnswer: () => undefined,
    now: Date.now,
    ...options,
  });

const read = async (address: string, options: Partial<MediaOptions> = {}): Promise<string> => {
  const { stream } = await mediaWith(options)(address, new AbortController().signal);
  return text(stream);
};

const failure = (address: string, options: Partial<MediaOptions> = {}): Promise<unknown> =>
  read(address, options).then(
    () => undefined,
    (error: unknown) => error,
  );

/** Expects a request without credentials. */
const host = (origin: string) => nock(origin, { badheaders: ['authorization', 'cookie'] });

test('reads the bytes without credentials, unencoded, with their stated length', async () => {
  nock(HOST, {
    badheaders: ['authorization', 'cookie'],
    reqheaders: { 'accept-encoding': 'identity', 'user-agent': 'rxsync/9.9.9' },
  })
    .get('/file/1/binary')
    .query({ token: 'signed-secret' })
    .reply(200, 'bytes', { 'Content-Length': '5' });
  const { stream, lengthBytes } = await mediaWith()(
    `${HOST}/file/1/binary?token=signed-secret`,
    new AbortController().signal,
  );
  expect([await text(stream), lengthBytes]).toEqual(['bytes', 5]);
});

test.each([
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
])('bytes that come packed (%s) though nobody asked for it are unpacked', async (encoding, pack) => {
  const packed = pack(Buffer.from('bytes'.repeat(100)));
  host(HOST)
    .get('/file/3')
    .reply(200, packed, { 'Content-Encoding': encoding, 'Content-Length': String(packed.length) });
  const { stream, lengthBytes } = await mediaWith()(`${HOST}/file/3`, new AbortController().signal);
  expect([await text(stream), lengthBytes]).toEqual(['bytes'.repeat(100), undefined]);
});

test('packed bytes that are none fail', async () => {
  host(HOST).get('/file/3').reply(200, 'bytes', { 'Content-Encoding': 'gzip' });
  expect(await failure(`${HOST}/file/3`)).toMatchObject({ code: expect.stringMatching(/^Z_/) });
});

test('an answer that is longer than any file breaks off', async () => {
  host(HOST).get('/file/2').reply(200, 'x'.repeat(1_001));
  expect(await failure(`${HOST}/file/2`)).toBeInstanceOf(Error);
});

test('a length that is not stated is not known', async () => {
  host(HOST).get('/file/2').reply(200, 'bytes');
  const { stream, lengthBytes } = await mediaWith()(`${HOST}/file/2`, new AbortController().signal);
  stream.destroy();
  expect(lengthBytes).toBeUndefined();
});

test.each([
  ['https://api.media.atlassian.com', {}],
  ['https://media-cdn.atlassian.com', {}],
  ['https://files.example.com', { mediaHosts: ['files.example.com'] }],
  ['http://127.0.0.1:8091', { allowLoopback: true }],
  ['http://localhost:8091', { allowLoopback: true }],
])('fetches from %s with %j', async (origin, options) => {
  host(origin).get('/file').reply(200, 'bytes');
  expect(await read(`${origin}/file`, options)).toBe('bytes');
});

test.each([
  ['https://evil-atlassian.com', {}],
  ['https://api.media.atlassian.com.example', {}],
  ['https://api.media.atlassian.com@evil.example', {}],
  ['https://files.example.com', {}],
  ['https://sub.files.example.com', { mediaHosts: ['files.example.com'] }],
  ['http://api.media.atlassian.com', {}],
  ['http://files.example.com', { mediaHosts: ['files.example.com'] }],
  ['http://127.0.0.1:8091', {}],
  ['http://localhost:8091', { mediaHosts: ['localhost'] }],
  ['http://169.254.169.254', { allowLoopback: true }],
  ['file:///etc/passwd', {}],
])('sends nothing to %s with %j', async (origin, options) => {
  expect(await failure(`${origin}/file`, options)).toMatchObject({ code: 'media-host' });
});

test('a refused host is named with the option that allows it; the signature is not shown', async () => {
  const error = await failure('https://files.example.com/x?token=signed-secret');
  expect(error).toMatchObject({
    message: expect.stringContaining('https://files.example.com'),
    hint: expect.stringContaining("`mediaHosts: ['files.example.com']`"),
  });
  expect(everythingIn(error)).not.toContain('signed-secret');
});

test.each(['not an address', '/relative/path', ''])('"%s" is no address', async (address) => {
  expect(await failure(address)).toMatchObject({ code: 'media-host' });
});

test('follows three redirects, relative ones too, without credentials, and no fourth', async () => {
  const redirect = (from: string, to: string) =>
    host(HOST).get(from).times(2).reply(302, '', { Location: to });
  redirect('/0', '/1');
  redirect('/1', `${HOST}/2`);
  redirect('/2', '/3');
  host(HOST).get('/3').reply(200, 'bytes');
  expect(await read(`${HOST}/0`)).toBe('bytes');
  host(HOST).get('/3').reply(307, '', { Location: '/4' });
  expect(await failure(`${HOST}/0`)).toMatchObject({ code: 'media-redirects' });
});

test.each(['https://evil.example/file', 'http://api.media.atlassian.com/file', 'http://['])(
  'does not follow a redirect to %s',
  async (location) => {
    host(HOST).get('/0').reply(302, '', { Location: location });
    expect(await failure(`${HOST}/0`)).toMatchObject({ code: 'media-host' });
  },
);

test.each([403, 404, 500, 206, 304])('%s is told as such', async (status) => {
  host(HOST).get('/0').reply(status);
  expect(await failure(`${HOST}/0`)).toMatchObject({
    code: 'media-status',
    message: expect.stringContaining(String(status)),
  });
});

test('a host that cannot be reached is told without the signature', async () => {
  nock.enableNetConnect('127.0.0.1');
  const error = await failure(`${NOBODY}/file?token=signed-secret`, { allowLoopback: true });
  expect(error).toMatchObject({ code: 'media-connection', message: expect.stringContaining('ECONNREFUSED') });
  expect(everythingIn(error)).not.toContain('signed-secret');
});

test('only a host that could be allowed comes with how to allow it', async () => {
  expect(await failure('https://evil.example/x')).toMatchObject({
    message: 'The wiki sends an attachment from https://evil.example, which is no known media host.',
    hint: expect.any(String),
  });
  const plain = await failure('http://evil.example:81/x');
  expect(plain).toMatchObject({ message: expect.stringContaining('from http://evil.example:81,') });
  expect(plain).toHaveProperty('hint', undefined);
});

test('every answer is told with its lane, times, status and headers, redirects too', async () => {
  const samples: ResponseSample[] = [];
  let nowMs = 0;
  host(HOST).get('/0').reply(302, '', { Location: '/1' });
  host(HOST).get('/1').reply(503, '', { 'Retry-After': '3' });
  const error = await failure(`${HOST}/0`, {
    onAnswer: (sample) => samples.push(sample),
    now: () => (nowMs += 10),
  });
  expect(error).toMatchObject({ code: 'media-status', status: 503 });
  expect(samples).toEqual([
    { lane: 'media', startedAtMs: 10, atMs: 20, status: 302, headers: { location: '/1' } },
    { lane: 'media', startedAtMs: 30, atMs: 40, status: 503, headers: { 'retry-after': '3' } },
  ]);
});

test.each([
  [{ 'Content-Type': 'Text/HTML ; charset=utf-8' }, 'text/html'],
  [{ 'Content-Type': 'image/png' }, 'image/png'],
  [{}, undefined],
])('with %j the type is %s', async (headers, expected) => {
  host(HOST).get('/0').reply(200, 'bytes', headers);
  const { stream, contentType } = await mediaWith()(`${HOST}/0`, new AbortController().signal);
  stream.destroy();
  expect(contentType).toBe(expected);
});

test('an empty file has a length', async () => {
  host(HOST).get('/0').reply(200, '', { 'Content-Length': '0' });
  const { stream, lengthBytes } = await mediaWith()(`${HOST}/0`, new AbortController().signal);
  stream.destroy();
  expect(lengthBytes).toBe(0);
});

test.each([
  ['GZIP', gzipSync('bytes')],
  ['identity', Buffer.from('bytes')],
  ['odd', Buffer.from('bytes')],
])('bytes that come as %s are those of the file', async (encoding, bytes) => {
  host(HOST).get('/0').reply(200, bytes, { 'Content-Encoding': encoding });
  expect(await read(`${HOST}/0`)).toBe('bytes');
});

test.each([200, 300, 399, 400])(
  'of %s with an address it is followed only from 300 to 399',
  async (status) => {
    host(HOST).get('/0').reply(status, 'first', { Location: '/1' });
    const isRedirect = status >= 300 && status < 400;
    if (isRedirect) host(HOST).get('/1').reply(200, 'second');
    const answered = await read(`${HOST}/0`).catch(() => 'refused');
    expect(answered).toBe(isRedirect ? 'second' : status === 200 ? 'first' : 'refused');
  },
);

test('a host that fails without a code is told by the words of the failure', async () => {
  host(HOST).get('/0').replyWithError('odd failure');
  expect(await failure(`${HOST}/0`)).toMatchObject({
    code: 'media-connection',
    message: expect.stringMatching(
      /^The media host api\.media\.atlassian\.com cannot be reached \(.*odd failure\)\.$/,
    ),
  });
});
