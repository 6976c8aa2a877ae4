import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { expect, test } from '@jest/globals';
import { nock } from '../support/nock.js';
import { createWikiClient } from '../../lib/confluence/wiki-client.js';
import { useLoopback } from '../support/loopback.js';
import {
  all,
  AUTHORIZATION,
  failureOf,
  RecordingGate,
  SITE,
  useNock,
  wikiClient,
  wire,
} from '../support/wire.js';

useNock();
const serve = useLoopback();

const PATH = '/wiki/api/v2/spaces';
const space = () => nock(SITE).get(PATH).query(true);

const client = (gate: RecordingGate) => wikiClient({ gate, userAgent: 'rxsync/9.9.9' });

test('every request says who asks, what it takes and which program sends it', async () => {
  nock(SITE, {
    reqheaders: {
      authorization: AUTHORIZATION,
      accept: 'application/json',
      'accept-encoding': /gzip/,
      'user-agent': 'rxsync/9.9.9',
    },
  })
    .get(PATH)
    .query(true)
    .reply(200, wire('space'));
  expect(await all(client(new RecordingGate()).space$('DOCS'))).toHaveLength(1);
});

const LATIN1 = Buffer.from(
  '{"results":[{"id":"1","key":"DOCS","name":"Gr\u00fc\u00dfe"}],"_links":{"base":"https://x"}}',
  'latin1',
);

test('text is read in the charset that the answer names', async () => {
  space().reply(200, LATIN1, { 'Content-Type': 'application/json; Charset="ISO-8859-1"' });
  nock(SITE).get(`${PATH}/1`).reply(404, { message: 'no homepage' });
  expect(await all(client(new RecordingGate()).space$('DOCS'))).toMatchObject([{ name: 'Gr\u00fc\u00dfe' }]);
});

test.each(['application/json', 'application/json; charset=utf-8', 'application/json; charset=nonsense'])(
  'text that is none in its charset (%s) is an error, never text with holes',
  async (type) => {
    space().times(2).reply(200, LATIN1, { 'Content-Type': type });
    expect(await failureOf(wikiClient({ maxRetries: 1 }).space$('DOCS'))).toMatchObject({
      code: 'garbled-response',
    });
  },
);

test('each attempt passes the gate, is sampled and given back: a reset connection, 503, then 200', async () => {
  const gate = new RecordingGate();
  const answers: RequestListener[] = [
    (request) => request.socket.destroy(),
    (_request, response) => response.writeHead(503, { 'Retry-After': '0' }).end(),
    (_request, response) => response.end(wire('space')),
  ];
  const origin = await serve((request, response) => answers.shift()?.(request, response));
  const wiki = createWikiClient(origin, { credentials: { bearerToken: 'x' }, random: () => 0, gate });
  await all(wiki.space$('DOCS'));
  expect(gate.admitted).toEqual(['space', 'space', 'space']);
  expect(gate.samples.map(({ status }) => status)).toEqual([undefined, 503, 200]);
  expect(gate.samples[1]?.headers).toMatchObject({ 'retry-after': '0' });
  expect(gate.retries.map(({ attempt, status, code }) => [attempt, status ?? code])).toEqual([
    [1, 'ECONNRESET'],
    [2, 503],
  ]);
  expect(gate.active).toBe(0);
});

test('500 of a listing is retried as often as 502, of bodies once: then parts are asked for', async () => {
  const [listing, bodies] = [new RecordingGate(), new RecordingGate()];
  space().times(3).reply(500);
  const wiki = wikiClient({ gate: listing, maxRetries: 2 });
  expect(await failureOf(wiki.space$('DOCS'))).toMatchObject({ status: 500, attempts: 3 });
  expect(listing.admitted).toHaveLength(3);
  nock(SITE).get('/wiki/api/v2/pages').query(true).times(2).reply(500);
  const reader = wikiClient({ gate: bodies, maxRetries: 2 });
  expect(await failureOf(reader.fetchPages$('page', ['1'], 'markdown'))).toMatchObject({ attempts: 2 });
  expect(bodies.admitted).toEqual(['pages', 'pages']);
});

test.each([0, 2])('an error tells how often it was tried, with %s retries', async (maxRetries) => {
  space()
    .times(maxRetries + 1)
    .reply(503);
  const wiki = wikiClient({ maxRetries });
  expect(await failureOf(wiki.space$('DOCS'))).toMatchObject({ attempts: maxRetries + 1 });
});

test.each([
  ['503 at last does not hide that the request is too much', [502, 503], { status: 502, attempts: 2 }],
  ['nor does one before it', [503, 502], { status: 502, attempts: 2 }],
  ['a refusal decides, whatever was before it', [502, 404], { status: 404, attempts: 2 }],
  ['and so do refused credentials', [502, 401], { code: 'credentials' }],
] as const)('%s', async (_what, statuses, expected) => {
  for (const status of statuses) space().reply(status);
  expect(await failureOf(wikiClient({ maxRetries: 1 }).space$('DOCS'))).toMatchObject(expected);
});

test('a connection that breaks at last does not hide that the request is too much', async () => {
  space().reply(500);
  space().replyWithError(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
  expect(await failureOf(wikiClient({ maxRetries: 1 }).space$('DOCS'))).toMatchObject({ status: 500 });
});

test('JSON that was cut off is asked for again', async () => {
  const gate = new RecordingGate();
  space().reply(200, '{"results":[', { 'Content-Type': 'application/json' });
  space().reply(200, wire('space'));
  expect(await all(client(gate).space$('DOCS'))).toHaveLength(1);
  expect(gate.samples.map(({ status }) => status)).toEqual([200, 200]);
});

test('429 is no retry of the transport: the request asks the gate to be let in again', async () => {
  const gate = new RecordingGate();
  space().times(6).reply(429, '', { 'Retry-After': '1' });
  space().reply(200, wire('space'));
  await all(client(gate).space$('DOCS'));
  expect(gate.retries).toEqual([]);
  expect(gate.admitted).toHaveLength(7);
  expect(gate.samples.filter(({ status }) => status === 429)).toHaveLength(6);
});

test('no redirect is followed: the credentials stay with the wiki', async () => {
  const elsewhere = nock('https://elsewhere.example').get(/.*/).reply(200, wire('space'));
  space().reply(302, '', { Location: 'https://elsewhere.example/wiki' });
  expect(await failureOf(client(new RecordingGate()).space$('DOCS'))).toMatchObject({ status: 302 });
  expect(elsewhere.isDone()).toBe(false);
  nock.cleanAll();
});

test('unsubscribing aborts the request in flight and gives its place back', async () => {
  const gate = new RecordingGate();
  const scope = space().delay(60_000).reply(200, wire('space'));
  const subscription = client(gate)
    .space$('DOCS')
    .subscribe(() => undefined);
  await once(scope, 'request');
  expect(gate.active).toBe(1);
  subscription.unsubscribe();
  await new Promise(setImmediate);
  expect(gate.active).toBe(0);
  expect(gate.samples).toEqual([]);
});

test('a retry waits for its turn at the gate, not before it', async () => {
  const gate = new RecordingGate();
  space().times(2).reply(502);
  space().reply(200, wire('space'));
  await all(wikiClient({ gate, random: () => 1, now: () => 1_000 }).space$('DOCS'));
  expect(gate.notBefore).toEqual([1_500, 2_000]);
});

test('unsubscribing between two tries sends no other', async () => {
  const gate = new RecordingGate();
  space().reply(503);
  const admit = gate.admit.bind(gate);
  const retried = new Promise<void>((resolve) => {
    gate.admit = (lane, admission) => {
      if (gate.admitted.length === 0) return admit(lane, admission);
      resolve();
      return new Promise((_, reject) => admission?.signal?.addEventListener('abort', reject));
    };
  });
  const subscription = client(gate)
    .space$('DOCS')
    .subscribe(() => undefined);
  await retried;
  subscription.unsubscribe();
  await new Promise(setImmediate);
  expect(gate.admitted).toHaveLength(1);
  expect(gate.active).toBe(0);
});

test('a gate that refuses ends the request with the gate’s own reason; nothing is sent', async () => {
  const gate = new RecordingGate();
  const reason = new Error('no more');
  gate.admit = () => Promise.reject(reason);
  expect(await failureOf(client(gate).space$('DOCS'))).toBe(reason);
});

/** A wiki that answers the first request as given and the second well. */
const brokenOnce = (first: RequestListener): Promise<string> => {
  const answers: RequestListener[] = [first, (_request, response) => response.end(wire('space'))];
  return serve((request, response) => answers.shift()?.(request, response));
};

test.each<[string, RequestListener]>([
  [
    'breaks off in the middle of a body',
    (_request, response) =>
      void response
        .writeHead(200, { 'Content-Length': '1000' })
        .write('{"results":[', () => response.destroy()),
  ],
  [
    'falls silent in the middle of a body',
    (_request, response) => void response.writeHead(200, { 'Content-Length': '1000' }).write('{"results":['),
  ],
  ['never answers', () => undefined],
])('a wiki that %s is asked again; the attempt counts as one without an answer', async (_name, first) => {
  const gate = new RecordingGate();
  const origin = await brokenOnce(first);
  const options = { credentials: { bearerToken: 'x' }, random: () => 0, gate, timeoutMs: 1_000 };
  expect(await all(createWikiClient(origin, options).space$('DOCS'))).toHaveLength(1);
  expect(gate.samples.map(({ status }) => status)).toEqual([undefined, 200]);
  expect(gate.retries).toHaveLength(1);
});

test.each([200, 500, 302])(
  'an answer without end (%s) is cut off and not asked for again',
  async (status) => {
    const gate = new RecordingGate();
    const spaces = ' '.repeat(1024 * 1024);
    const origin = await serve((_request, response) => {
      response.writeHead(status, { 'Content-Type': 'application/json' });
      const fill = (): void => {
        while (!response.destroyed && response.write(spaces));
      };
      response.on('drain', fill);
      fill();
    });
    const maxAnswerBytes = 3 * 1024 * 1024;
    const wiki = createWikiClient(origin, { credentials: { bearerToken: 'x' }, gate, maxAnswerBytes });
    expect(await failureOf(wiki.space$('DOCS'))).toMatchObject({
      code: 'oversized-response',
      message: expect.stringContaining('more than rxsync accepts in one answer (3.0 MB)'),
      hint: expect.stringContaining('max-old-space-size'),
    });
    expect(gate.admitted).toHaveLength(1);
  },
);

test('a sample tells how many objects came, and how long this process was busy meanwhile', async () => {
  const gate = new RecordingGate();
  let busyMs = 1_000;
  space().reply(200, () => {
    busyMs += 70;
    return wire('space');
  });
  await all(wikiClient({ gate, busyMs: () => busyMs }).space$('DOCS'));
  expect(gate.samples).toMatchObject([{ status: 200, objects: 1, busyMs: 70 }]);
});

test.each([
  [{ results: [] }, 0],
  [{ results: [{}, {}, {}] }, 3],
  [{ id: '1' }, 1],
])('%j carries %i objects', async (body, objects) => {
  const gate = new RecordingGate();
  nock(SITE).get('/wiki/api/v2/pages/1').query(true).reply(200, body);
  await failureOf(client(gate).fetchPage$('page', '1', 'markdown')).catch(() => undefined);
  expect(gate.samples).toMatchObject([{ objects }]);
});
