import { crc32, inflateSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { createFileBytes } from '../../../lib/sandbox/data/file-bytes.js';

const bytesOf = createFileBytes(7);
const SIZES = [2_000, 5_001, 300_000];

/** The chunks of a PNG, each checked. */
const chunksOf = (png: Buffer): Map<string, Buffer> => {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    const body = png.subarray(at + 4, at + 8 + length);
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(body));
    chunks.set(body.toString('latin1', 0, 4), body.subarray(4));
    at += 12 + length;
  }
  return chunks;
};

test.each(SIZES)('a PNG of %i bytes is one to its end', (size) => {
  const png = Buffer.from(bytesOf('att1', 'image/png', size));
  expect(png).toHaveLength(size);
  expect(png.toString('latin1', 1, 4)).toBe('PNG');
  const chunks = chunksOf(png);
  expect([...chunks.keys()]).toEqual(['IHDR', 'IDAT', 'rxSb', 'IEND']);
  expect(inflateSync(chunks.get('IDAT') ?? '')).toHaveLength(64 * 65);
});

test.each(SIZES)('a PDF of %i bytes says where its objects are', (size) => {
  const pdf = Buffer.from(bytesOf('att1', 'application/pdf', size)).toString('latin1');
  expect(pdf).toHaveLength(size);
  expect(pdf).toMatch(/^%PDF-1\.4\n/);
  expect(pdf).toMatch(/%%EOF\n$/);
  const [, table = ''] = /startxref\n(\d+)\n/.exec(pdf) ?? [];
  expect(pdf.slice(Number(table))).toMatch(/^xref\n0 4\n/);
  const offsets = [...pdf.slice(Number(table)).matchAll(/^(\d{10}) 00000 n /gm)].map(([, at]) => Number(at));
  expect(offsets.map((at) => pdf.slice(at, at + 7))).toEqual(['1 0 obj', '2 0 obj', '3 0 obj']);
});

test.each(SIZES)('an SVG of %i bytes is one document', (size) => {
  const svg = Buffer.from(bytesOf('att1', 'image/svg+xml', size)).toString('latin1');
  expect(svg).toHaveLength(size);
  expect(svg).toMatch(/^<svg [^>]*>.*<!-- [a-z]+ --><\/svg>\n$/s);
});

test.each(['image/png', 'application/pdf', 'image/svg+xml', 'text/plain'])(
  'what has no room for its form has its size all the same: %s',
  (type) => {
    expect([0, 1, 50].map((size) => bytesOf('att1', type, size).length)).toEqual([0, 1, 50]);
  },
);

test('other files, other bytes; the same file, the same', () => {
  for (const type of ['image/png', 'application/pdf', 'text/csv']) {
    expect(bytesOf('att1', type, 3000)).toEqual(bytesOf('att1', type, 3000));
    expect(bytesOf('att1', type, 3000)).not.toEqual(bytesOf('att2', type, 3000));
  }
});
