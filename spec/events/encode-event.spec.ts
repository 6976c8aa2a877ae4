import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { encodeEvent } from '../../lib/events/encode-event.js';
import { parseEvent } from '../../lib/events/parse-event.js';
import { SAMPLE_EVENTS } from './support/sample-events.js';

test('the envelope comes first, whatever the order of the fields', () => {
  const { type, ...rest } = SAMPLE_EVENTS['checkpoint.written'];
  expect(encodeEvent({ ...rest, type })).toBe(
    '{"v":1,"seq":1,"ts":"2026-02-03T10:00:00.000Z","run":"r1","type":"checkpoint.written","done":5,"failed":1}\n',
  );
});

test('any title is on one line, without control characters, and comes back', () => {
  const unit = fc.oneof(
    fc.constantFrom(
      '\n',
      '\r',
      '\u2028',
      '\u2029',
      '\u0085',
      '\u001b',
      '\u009b',
      '\u007f',
      '\u202e',
      '\ud800',
    ),
    fc.string({ unit: 'binary', maxLength: 1 }),
  );
  fc.assert(
    fc.property(fc.string({ unit }), (title) => {
      const line = encodeEvent({ ...SAMPLE_EVENTS['item.failed'], title });
      expect(line).toMatch(/^[^\p{Cc}\u2028\u2029\p{Bidi_Control}]+\n$/u);
      expect(parseEvent(line)).toMatchObject({ title });
    }),
  );
});
