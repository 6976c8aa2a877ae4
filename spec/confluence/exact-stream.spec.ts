import { Readable, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { expect, test } from '@jest/globals';
import { exactStream } from '../../lib/confluence/exact-stream.js';

const bytes = (...parts: string[]): Readable => Readable.from(parts.map((part) => Buffer.from(part)));

test.each([[6], [undefined]])('what is as long as expected (%p) comes as it is', async (expected) => {
  const { stream, failure } = exactStream(bytes('abc', 'def'), expected);
  expect((await buffer(stream)).toString()).toBe('abcdef');
  expect(failure()).toBeUndefined();
});

test.each([
  [7, '6 bytes came where the wiki states 7.'],
  [5, 'At least 6 bytes came where the wiki states 5.'],
])('with %p bytes expected six are an error', async (expected, message) => {
  const { stream, failure } = exactStream(bytes('abc', 'def'), expected);
  await expect(buffer(stream)).rejects.toMatchObject({ code: 'media-length', message });
  expect(failure()).toMatchObject({ code: 'media-length' });
});

test('a source that breaks is told apart from a reader that gives up', async () => {
  const broken = new Readable({ read: () => undefined });
  const first = exactStream(broken, 3);
  broken.destroy(new Error('reset'));
  await expect(buffer(first.stream)).rejects.toThrow('reset');
  expect(first.failure()).toMatchObject({ message: 'reset' });
  const source = bytes('abc', 'def');
  const second = exactStream(source, 6);
  const full = new Writable({ write: (_chunk, _encoding, done) => done(new Error('disk full')) });
  await expect(pipeline(second.stream, full)).rejects.toThrow('disk full');
  expect(second.failure()).toBeUndefined();
  expect(source.destroyed).toBe(true);
});
