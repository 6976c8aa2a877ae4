import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { z } from 'zod';
import { DocumentLine } from '../../lib/documents/document.js';

const shipped: unknown = JSON.parse(
  readFileSync(new URL('../../fixtures/events/document.schema.json', import.meta.url), 'utf8'),
);
const validate = new Ajv2020({ allErrors: true }).compile(z.record(z.string(), z.unknown()).parse(shipped));

const DOCUMENT = {
  v: 1,
  op: 'upsert',
  id: '7-5aa2f1c3d4e5f607',
  kind: 'page',
  page: '7',
  title: 'Plan',
  headings: ['Scope'],
  text: 'All of it.',
  url: 'https://example.atlassian.net/wiki/spaces/DOCS/pages/7/Plan',
  path: 'plan.md',
  space: 'DOCS',
  labels: ['red'],
  version: 3,
  updated: '2026-01-02T00:00:00.000Z',
  created: '2026-01-01T00:00:00.000Z',
  author: 'Ada',
  ancestors: [{ id: '1', title: 'Home' }],
};
const END = {
  v: 1,
  op: 'end',
  run: '4f00aa11bb22',
  upserts: 1,
  deletes: 1,
  pendingCount: 0,
  pending: [],
  failed: [{ dir: 'OPS', code: 'store', message: 'The records are damaged.' }],
};
const LINES = [DOCUMENT, { v: 1, op: 'delete', id: DOCUMENT.id }, END];

test('the shipped schema is that of the lines', () => {
  expect(shipped).toEqual({
    title: 'Line of rxsync documents, format version 1',
    ...z.toJSONSchema(DocumentLine, { target: 'draft-2020-12', io: 'input' }),
  });
});

test.each(LINES)('$op is valid, with fields of a later release as well', (line) => {
  expect(validate(line) || validate.errors).toBe(true);
  expect(validate({ ...line, added: { later: true } }) || validate.errors).toBe(true);
});

test.each(LINES)('$op is not valid without any of its fields, nor in another version', (line) => {
  for (const field of Object.keys(line).filter((name) => name !== 'labels'))
    expect(validate({ ...line, [field]: undefined })).toBe(false);
  expect(validate({ ...line, v: 2 })).toBe(false);
});
