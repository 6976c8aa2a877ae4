import { expect, test } from '@jest/globals';
import { MalformedEventError } from '../../lib/errors/malformed-event-error.js';
import { encodeEvent } from '../../lib/events/encode-event.js';
import { parseEvent } from '../../lib/events/parse-event.js';
import { SAMPLE_EVENTS } from './support/sample-events.js';

test.each(Object.values(SAMPLE_EVENTS))('$type comes back as it was', (event) => {
  expect(parseEvent(encodeEvent(event))).toEqual(event);
});

test('fields that a later release adds are kept', () => {
  const later = { ...SAMPLE_EVENTS.progress, added: 1 };
  expect(parseEvent(JSON.stringify(later))).toEqual(later);
});

test('optional fields may be absent', () => {
  const { lane, ...paused } = SAMPLE_EVENTS['rate.paused'];
  expect(lane).toBe('pages');
  expect(parseEvent(JSON.stringify(paused))).toEqual(paused);
});

test.each([
  ['no JSON', 'pages 50/100', /no JSON/],
  ['nothing', '', /no JSON/],
  ['half a line', '{"v":1,"seq":2,"ty', /no JSON/],
  ['no object', '42', /no rxsync event/],
  ['another version', JSON.stringify({ ...SAMPLE_EVENTS.warning, v: 2 }), /\bv\b/],
  ['an unknown type', JSON.stringify({ ...SAMPLE_EVENTS.warning, type: 'page.painted' }), /type/],
  ['an id that is a number', JSON.stringify({ ...SAMPLE_EVENTS['page.moved'], id: 7 }), /\bid\b/],
])('%s is malformed, and the error tells why', (_, line, why) => {
  const parse = () => parseEvent(line);
  expect(parse).toThrow(MalformedEventError);
  expect(parse).toThrow(why);
});
