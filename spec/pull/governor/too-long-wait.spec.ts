import { expect, test } from '@jest/globals';
import { tooLongWait } from '../../../lib/pull/governor/too-long-wait.js';

test('a wait that is too long says of whom, until when, how long in all, and what to do', () => {
  const sinceMs = Date.parse('2026-02-03T04:00:00.000Z');
  expect(tooLongWait('wiki', sinceMs, sinceMs + 7_200_001)).toMatchObject({
    code: 'rate-limit-wait',
    message:
      'The wiki refuses requests for its rate limit: to wait until 2026-02-03T06:00:00.001Z, 7201 s in all, is longer than `maxWaitMs` allows.',
    hint: 'Run the same command again after that: what is mirrored by now is not fetched again.',
  });
});
