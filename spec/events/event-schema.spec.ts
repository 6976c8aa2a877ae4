import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { z } from 'zod';
import { EventSchema } from '../../lib/events/event-schema.js';
import { SAMPLE_EVENTS } from './support/sample-events.js';

const shipped: unknown = JSON.parse(
  readFileSync(new URL('../../fixtures/events/event.schema.json', import.meta.url), 'utf8'),
);
const validate = new Ajv2020({ allErrors: true }).compile(z.record(z.string(), z.unknown()).parse(shipped));
const samples = Object.values(SAMPLE_EVENTS);

test('the shipped schema is the one that parseEvent goes by', () => {
  expect(shipped).toEqual({
    title: 'rxsync event, format version 1',
    ...z.toJSONSchema(EventSchema, { target: 'draft-2020-12' }),
  });
});

test.each(samples)('$type is valid, with fields of a later release as well', (event) => {
  expect(validate(event) || validate.errors).toBe(true);
  expect(validate({ ...event, added: { later: true } }) || validate.errors).toBe(true);
});

test.each(samples)('$type is not valid without any of the fields of every event', (event) => {
  for (const field of ['v', 'seq', 'ts', 'run', 'type'])
    expect(validate({ ...event, [field]: undefined })).toBe(false);
  expect(validate({ ...event, v: 2 })).toBe(false);
});

test('an unknown type is not valid', () => {
  expect(validate({ ...SAMPLE_EVENTS.warning, type: 'page.painted' })).toBe(false);
});
