import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { nock } from '../support/nock.js';
import { Subscription } from 'rxjs';
import type { MediaAnswer } from '../../lib/confluence/media.js';
import { createWikiClient } from '../../lib/confluence/wiki-client.js';
import type { ListedAttachment } from '../../lib/core/content.js';
import { MediaError } from '../../lib/errors/media-error.js';
import { StoreError } from '../../lib/errors/store-error.js';
import { useLoopback } from '../support/loopback.js';
import { all, AUTHORIZATION, failureOf, RecordingGate, SITE, useNock, wikiClient } from '../support/wire.js';

useNock();
const serve = useLoopback();

const MEDIA = 'https://api.media.atlassian.com';
const attachment: ListedAttachment = {
  id: 'att900001',
  pageId: '123456',
  title: 'diagram.png',
  version: 2,
  sizeBytes: 5,
  mediaType: 'image/png',
  fileId: 'f-1',
};

const PATH = '/wiki/rest/api/content/123456/child/attachment/att900001/download';
const address = () => nock(SITE, { reqheaders: { authorization: AUTHORIZATION } }).get(PATH);
const redirectTo = (location: string) => address().reply(302, '', { Location: location });
const media = () => nock(MEDIA, { badheaders: ['authorization'] });

const readAll = ({ stream }: MediaAnswer): Promise<string> => text(stream);

test('resolves the signed address with credentials and reads it without', async () => {
  redirectTo(`${MEDIA}/file/1?token=a`);
  media().get('/file/1').query({ token: 'a' }).reply(200, 'bytes');
  expect(await all(wikiClient().download$(attachment, readAll))).toEqual(['bytes']);
});

test('an address that the media host refuses is asked for anew', async () => {
  const gate = new RecordingGate();
  redirectTo(`${MEDIA}/old`);
  media().get('/old').reply(403);
  redirectTo(`${MEDIA}/new`);
  media().get('/new').reply(200, 'bytes');
  expect(await all(wikiClient({ gate }).download$(attachment, readAll))).toEqual(['bytes']);
  expect(gate.admitted).toEqual(['media', 'attachments', 'media', 'attachments']);
  expect(gate.active).toBe(0);
});

test('a broken transfer starts again from the beginning, as often as other requests', async () => {
  for (const path of ['/1', '/2', '/3']) {
    redirectTo(MEDIA + path);
    media().get(path).reply(200, 'by');
  }
  let tries = 0;
  const sink = async ({ stream }: MediaAnswer): Promise<never> => {
    tries += 1;
    await text(stream);
    throw new MediaError('media-length', '2 bytes came where the wiki states 5.');
  };
  const gate = new RecordingGate();
  expect(await failureOf(wikiClient({ maxRetries: 2, gate }).download$(attachment, sink))).toMatchObject({
    code: 'media-length',
    attempts: 3,
  });
  expect(tries).toBe(3);
  expect(gate.retries).toEqual([1, 2].map((attempt) => expect.objectContaining({ lane: 'media', attempt })));
});

test('a refusal for its rate limit is the gate’s: no retry, but a new turn with a fresh address', async () => {
  const gate = new RecordingGate();
  for (const path of ['/1', '/2', '/3']) {
    redirectTo(MEDIA + path);
    media().get(path).reply(429, '', { 'Retry-After': '3' });
  }
  redirectTo(`${MEDIA}/4`);
  media().get('/4').reply(200, 'bytes');
  const wiki = wikiClient({ gate, maxRetries: 0 });
  expect(await all(wiki.download$(attachment, readAll))).toEqual(['bytes']);
  expect(gate.admitted.filter((lane) => lane === 'media')).toHaveLength(4);
  expect(gate.retries).toEqual([]);
  expect(gate.samples.filter(({ lane }) => lane === 'media')).toMatchObject([
    ...Array<unknown>(3).fill({ status: 429, headers: { 'retry-after': '3' } }),
    { status: 200 },
  ]);
});

test('a pause that the media host asks for is told to the gate, which has all waiting', async () => {
  const gate = new RecordingGate();
  redirectTo(`${MEDIA}/1`);
  media().get('/1').reply(503, '', { 'Retry-After': '99999999' });
  redirectTo(`${MEDIA}/2`);
  media().get('/2').reply(200, 'bytes');
  expect(await all(wikiClient({ gate }).download$(attachment, readAll))).toEqual(['bytes']);
  expect(gate.retries).toMatchObject([{ lane: 'media', attempt: 1, status: 503 }]);
  expect(gate.samples.find(({ status }) => status === 503)).toMatchObject({
    lane: 'media',
    headers: { 'retry-after': '99999999' },
  });
});

const HTML = { 'Content-Type': 'text/html; charset=utf-8' };

test('a page instead of a file whose size is not known is not taken for it', async () => {
  redirectTo(`${MEDIA}/1`);
  media().get('/1').reply(200, '<html>Log in</html>', HTML);
  const wiki = wikiClient({ maxRetries: 0 });
  const unsized = { ...attachment, sizeBytes: undefined };
  expect(await failureOf(wiki.download$(unsized, readAll))).toMatchObject({ code: 'media-type' });
});

const PAGE = '\ufeff\n<!DOCTYPE html><html lang="en">Log in</html>';
const untyped = {
  'Content-Type': 'application/octet-stream',
  'Content-Length': String(Buffer.byteLength(PAGE)),
};

test('a page of another length than stated is not taken for the file, whatever it is sent as', async () => {
  redirectTo(`${MEDIA}/1`);
  media().get('/1').reply(200, PAGE, untyped);
  const wiki = wikiClient({ maxRetries: 0 });
  const image = { ...attachment, mediaType: 'image/png' };
  expect(await failureOf(wiki.download$(image, readAll))).toMatchObject({ code: 'media-type' });
});

test.each([
  { mediaType: 'text/html' },
  { mediaType: 'application/octet-stream' },
  { mediaType: 'image/png', sizeBytes: Buffer.byteLength(PAGE) },
])('what begins as a page does comes through as %j', async (stated) => {
  redirectTo(`${MEDIA}/1`);
  media().get('/1').reply(200, PAGE, untyped);
  expect(await all(wikiClient().download$({ ...attachment, ...stated }, readAll))).toEqual([PAGE.slice(1)]);
});

test.each([
  { ...attachment, sizeBytes: undefined, mediaType: 'text/html' },
  { ...attachment, sizeBytes: undefined, mediaType: undefined },
  { ...attachment, mediaType: 'application/octet-stream' },
  { ...attachment, mediaType: 'text/html' },
])('HTML is the file where that is one, or its length tells: %j', async (html) => {
  redirectTo(`${MEDIA}/1`);
  media().get('/1').reply(200, '<p>x', HTML);
  expect(await all(wikiClient({ maxRetries: 0 }).download$(html, readAll))).toEqual(['<p>x']);
});

test.each(['text/html', 'application/json; charset=utf-8', 'application/xml', 'text/xml'])(
  'a page (%s) of another size than the wiki states is not taken for the file, whatever type that is of',
  async (type) => {
    const page = 'x'.repeat(60);
    for (const mediaType of ['image/png', 'text/html', 'application/json']) {
      redirectTo(`${MEDIA}/1`);
      media().get('/1').reply(200, page, { 'Content-Type': type, 'Content-Length': '60' });
      const download$ = wikiClient({ maxRetries: 0 }).download$({ ...attachment, mediaType }, readAll);
      expect(await failureOf(download$)).toMatchObject({ code: 'media-type' });
    }
  },
);

test('HTML is no image, even of the stated size', async () => {
  redirectTo(`${MEDIA}/1`);
  media()
    .get('/1')
    .reply(200, '<p>x', { ...HTML, 'Content-Length': '5' });
  expect(await failureOf(wikiClient({ maxRetries: 0 }).download$(attachment, readAll))).toMatchObject({
    code: 'media-type',
  });
});

test.each(['application/json', 'application/xml'])(
  'of a file whose size is not known %s is the file only where that is its type',
  async (type) => {
    const answered = async (mediaType: string) => {
      redirectTo(`${MEDIA}/1`);
      media().get('/1').reply(200, '{}', { 'Content-Type': type });
      const download$ = wikiClient({ maxRetries: 0 }).download$(
        { ...attachment, sizeBytes: undefined, mediaType },
        readAll,
      );
      return all(download$).catch((error: unknown) => (error instanceof MediaError ? error.code : error));
    };
    expect(await answered(type)).toEqual(['{}']);
    expect(await answered('image/png')).toBe('media-type');
  },
);

test.each([301, 303, 307, 308])('an address in a %s is one, too', async (status) => {
  address().reply(status, '', { Location: `${MEDIA}/1` });
  media().get('/1').reply(200, 'bytes');
  expect(await all(wikiClient().download$(attachment, readAll))).toEqual(['bytes']);
});

test('an answer in place of an address fails the item, and says what came', async () => {
  address().reply(200, { error: 'expired' });
  expect(await failureOf(wikiClient({ maxRetries: 0 }).download$(attachment, readAll))).toMatchObject({
    code: 'http-200',
    message: expect.stringContaining('without a Location'),
  });
});

test('a page of the stated size is the file', async () => {
  redirectTo(`${MEDIA}/1`);
  media().get('/1').reply(200, '{"a"}', { 'Content-Type': 'application/json', 'Content-Length': '5' });
  expect(await all(wikiClient({ maxRetries: 0 }).download$(attachment, readAll))).toEqual(['{"a"}']);
});

test('a host that is not allowed is not tried again', async () => {
  redirectTo('https://evil.example/file');
  const gate = new RecordingGate();
  expect(await failureOf(wikiClient({ gate }).download$(attachment, readAll))).toMatchObject({
    code: 'media-host',
  });
  expect(gate.admitted).toEqual(['media', 'attachments']);
});

test('what the disk refuses is not tried again and passes as it is', async () => {
  redirectTo(`${MEDIA}/1`);
  media().get('/1').reply(200, 'bytes');
  const full = new StoreError('ENOSPC');
  const error = await failureOf(wikiClient().download$(attachment, () => Promise.reject(full)));
  expect(error).toBe(full);
});

test('retries of the address request are not multiplied by those of the transfer', async () => {
  const gate = new RecordingGate();
  address().times(3).reply(503);
  expect(await failureOf(wikiClient({ gate, maxRetries: 2 }).download$(attachment, readAll))).toMatchObject({
    status: 503,
    attempts: 3,
  });
  expect(gate.admitted.filter((lane) => lane === 'attachments')).toHaveLength(3);
  expect(gate.active).toBe(0);
});

test.each([
  [`${SITE}/login?dest=x`, { type: 'anonymous' }, 'credentials'],
  ['https://id.atlassian.com/login', { type: 'anonymous' }, 'credentials'],
  ['/login.action', { type: 'anonymous' }, 'credentials'],
  ['https://id.atlassian.com/login', { type: 'known', accountId: 'acct-1' }, 'garbled-response'],
])(
  'a redirect to the login page %s is no file: the wiki is asked who we are, and for %j that is %s',
  async (location, user, code) => {
    redirectTo(location);
    nock(SITE).get('/wiki/rest/api/user/current').reply(200, user);
    expect(await failureOf(wikiClient().download$(attachment, readAll))).toMatchObject({
      code,
      message: expect.stringContaining('login page'),
    });
  },
);

test('a redirect without an address, and an address that is none, fail the item only', async () => {
  address().reply(302);
  expect(await failureOf(wikiClient().download$(attachment, readAll))).toMatchObject({ code: 'http-302' });
  redirectTo('/relative');
  expect(await failureOf(wikiClient().download$(attachment, readAll))).toMatchObject({ code: 'media-host' });
});

test('404 of the wiki is told with its status', async () => {
  address().reply(404);
  nock(SITE).get('/wiki/rest/api/user/current').reply(200, { type: 'known', accountId: 'acct-1' });
  expect(await failureOf(wikiClient().download$(attachment, readAll))).toMatchObject({ status: 404 });
});

/** A wiki on loopback whose media answer as nock cannot play it. */
const wikiWithMedia = async (answer: (response: ServerResponse) => void, timeoutMs = 60_000) => {
  const origin: string = await serve((request, response) => {
    if (request.url === PATH) response.writeHead(302, { Location: `${origin}/file` }).end();
    else answer(response.writeHead(200, { 'Content-Length': '1000' }));
  });
  return createWikiClient(origin, {
    credentials: { bearerToken: 'x' },
    timeoutMs,
    maxRetries: 2,
    random: () => 0,
    gate: new RecordingGate(),
  });
};

test('one subscription spans request, body and sink: unsubscribing in mid-body destroys the stream', async () => {
  const wiki = await wikiWithMedia((response) => void response.write('first bytes'));
  const subscription = new Subscription();
  const stream = await new Promise<Readable>((resolve, reject) => {
    const sink = async (media: MediaAnswer): Promise<string> => {
      await once(media.stream, 'readable');
      resolve(media.stream);
      return text(media.stream);
    };
    subscription.add(wiki.download$(attachment, sink).subscribe({ next: reject, error: reject }));
  });
  const closed = new Promise((resolve) => stream.once('close', resolve));
  stream.on('error', () => undefined);
  subscription.unsubscribe();
  await closed;
  expect(stream.destroyed).toBe(true);
});

test('a connection that breaks in mid-body is a broken transfer', async () => {
  let tries = 0;
  const wiki = await wikiWithMedia((response) => {
    tries += 1;
    response.write('first bytes', () => response.destroy());
  });
  expect(await failureOf(wiki.download$(attachment, readAll))).toMatchObject({ code: 'media-connection' });
  expect(tries).toBe(3);
});

test('a body that falls silent is given up and started again', async () => {
  let tries = 0;
  const wiki = await wikiWithMedia((response) => {
    tries += 1;
    response.write('first bytes');
  }, 500);
  expect(await failureOf(wiki.download$(attachment, readAll))).toMatchObject({
    code: 'media-connection',
    message: expect.stringContaining('silent'),
  });
  expect(tries).toBe(3);
});
