import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { encodeEvent } from '../../lib/events/encode-event.js';
import { parseEvent } from '../../lib/events/parse-event.js';
import { SAMPLE_EVENTS } from './support/sample-events.js';

/** What releases have written: lines are added, none is ever changed. */
const LINES = readFileSync(new URL('../../fixtures/events/golden.ndjson', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');

test.each(LINES)('a line of an earlier release is read and written as it was: %s', (line) => {
  expect(encodeEvent(parseEvent(line))).toBe(`${line}\n`);
});

test('there is a line of each type', () => {
  const types = new Set(LINES.map((line) => parseEvent(line).type));
  expect([...types].sort()).toEqual(Object.keys(SAMPLE_EVENTS).sort());
});
