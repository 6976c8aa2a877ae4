import { expect, test } from '@jest/globals';
import { PULL_FLAGS } from '../../lib/cli/commands/pull-flags.js';
import { eventInFlags, GIVEN_AS, nameFlags } from '../../lib/cli/name-flags.js';
import { parseEvent } from '../../lib/index.js';
import { SAMPLE_EVENTS } from '../events/support/sample-events.js';

test.each([
  ['longer than `maxWaitMs` allows', 'longer than --max-wait allows'],
  ['again with `force`: `maxDelete` counts', 'again with --force: --max-delete counts'],
  ["Pull it with `format: 'storage'`.", 'Pull it with --format storage.'],
  ["with `mediaHosts: ['media.example']`.", 'with --media-host media.example.'],
  ['with `checkDeletions: false`', 'with --no-check-deletions'],
  ['end it with `ancestor: null`', 'end it with --no-ancestor'],
  ['(`url`)', '(CONFLUENCE_URL or --url)'],
  ['Check `credentials`.', 'Check CONFLUENCE_EMAIL and CONFLUENCE_API_TOKEN (or CONFLUENCE_BEARER_TOKEN).'],
  ['no option: `id`, `toString`, `force me`, force', 'no option: `id`, `toString`, `force me`, force'],
])('%s is told as: %s', (text, told) => {
  expect(nameFlags(text)).toBe(told);
});

test('options are told as flags that there are', () => {
  const flags = Object.values(GIVEN_AS).flatMap((text) => text.match(/(?<=--)[\w-]+/g) ?? []);
  expect(flags).toHaveLength(28);
  expect(Object.keys(PULL_FLAGS)).toEqual(expect.arrayContaining(flags));
});

test('so do those of warnings that the last event tells again', () => {
  const event = {
    ...SAMPLE_EVENTS['run.finished'],
    warnings: [{ code: 'x', message: '`force` lets them.' }],
  };
  expect(eventInFlags(event)).toMatchObject({ warnings: [{ message: '--force lets them.' }] });
});

test('of an event its messages and hints change, and nothing that the wiki has written', () => {
  const line = {
    v: 1,
    seq: 1,
    ts: '2026-01-01T00:00:00.000Z',
    run: 'r',
    type: 'item.failed',
    kind: 'page',
    id: '7',
    title: 'What `force` does',
    code: 'conversion',
    retryable: false,
    attempts: 1,
    message: 'The page has no `format`.',
    hint: "Pull it with `format: 'storage'`.",
  };
  expect(eventInFlags(parseEvent(JSON.stringify(line)))).toEqual({
    ...line,
    message: 'The page has no --format.',
    hint: 'Pull it with --format storage.',
  });
});
