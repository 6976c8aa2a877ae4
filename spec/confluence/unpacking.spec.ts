import { readFileSync } from 'node:fs';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { nock } from '../support/nock.js';
import { all, failureOf, RecordingGate, SITE, useNock, wikiClient } from '../support/wire.js';

useNock();

const space = () => nock(SITE).get('/wiki/api/v2/spaces').query(true);

const TEXT = readFileSync(new URL('../../fixtures/wire/space.json', import.meta.url), 'utf8');
const SPACE = Buffer.from(TEXT);
const LARGE = Buffer.from(' '.repeat(3_000_000) + TEXT);

test.each([
  ['gzip', gzipSync],
  ['GZIP', gzipSync],
  ['x-gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
])('an answer that is packed with %s is unpacked, whatever its size', async (encoding, pack) => {
  for (const content of [SPACE, LARGE]) {
    space().reply(200, pack(content), { 'Content-Encoding': encoding });
    expect(await all(wikiClient().space$('DOCS'))).toMatchObject([{ key: 'DOCS' }]);
  }
});

test('what says nothing of how it is packed is read as it is, and so is nothing at all', async () => {
  space().reply(200, SPACE, { 'Content-Encoding': 'identity' });
  expect(await all(wikiClient().space$('DOCS'))).toHaveLength(1);
  space().reply(400, '', { 'Content-Encoding': 'gzip' });
  expect(await failureOf(wikiClient().space$('DOCS'))).toMatchObject({ status: 400 });
});

test('the words of an error are unpacked, too', async () => {
  const words = JSON.stringify({ errors: [{ status: 400, code: 'BAD', title: 'These are the words' }] });
  space().reply(400, gzipSync(words), { 'Content-Encoding': 'gzip' });
  expect(await failureOf(wikiClient().space$('DOCS'))).toMatchObject({
    message: expect.stringContaining('These are the words'),
  });
});

test('an error whose words cannot be unpacked is the same error', async () => {
  space().reply(400, 'no gzip', { 'Content-Encoding': 'gzip' });
  expect(await failureOf(wikiClient().space$('DOCS'))).toMatchObject({ status: 400 });
});

test('an answer that becomes too large is not asked for again', async () => {
  const gate = new RecordingGate();
  space().reply(200, gzipSync(LARGE), { 'Content-Encoding': 'gzip' });
  const wiki = wikiClient({ gate, maxAnswerBytes: 2_000_000 });
  expect(await failureOf(wiki.space$('DOCS'))).toMatchObject({ code: 'oversized-response' });
  expect(gate.samples.map(({ status }) => status)).toEqual([undefined]);
});

test.each([
  ['is no such thing', Buffer.from('no gzip'), undefined],
  ['breaks off', gzipSync(LARGE).subarray(0, 1000), 200],
])('an answer that %s is asked for again', async (_, packed, status) => {
  const gate = new RecordingGate();
  space().reply(200, packed, { 'Content-Encoding': 'gzip' });
  space().reply(200, SPACE);
  expect(await all(wikiClient({ gate, maxRetries: 1, random: () => 0 }).space$('DOCS'))).toHaveLength(1);
  expect(gate.samples.map(({ status }) => status)).toEqual([status, 200]);
});
