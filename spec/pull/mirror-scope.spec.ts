import { expect, test } from '@jest/globals';
import type { MirrorScope } from '../../lib/core/records.js';
import { MirrorMismatchError } from '../../lib/errors/mirror-mismatch-error.js';
import {
  checkScope,
  hasStaleCheckpoint,
  modeOf,
  quickSince,
  scopeOf,
  spaceToPull,
} from '../../lib/pull/mirror-scope.js';
import { type PullOptions, resolveOptions } from '../../lib/pull/pull-options.js';
import type { MirrorState, ReadState } from '../../lib/store/state-file.js';
import { optionsFor } from '../support/pulling.js';
import { failedItem } from '../support/events.js';

const SITE = 'https://example.atlassian.net/wiki';
const NOW = Date.parse('2026-02-03T04:05:06Z');
const DAY_MS = 24 * 3_600_000;

const resolve = (options: Partial<PullOptions> = {}) => resolveOptions(optionsFor('mirror', options));
const scope = (options: Partial<PullOptions> = {}): MirrorScope => scopeOf(resolve(options), 'DOCS', SITE);

const held = (changes: Partial<MirrorState> = {}): ReadState => ({
  kind: 'read',
  state: {
    schemaVersion: 1,
    spaceName: 'Docs',
    scope: scope(),
    lastFullSync: '2026-02-01T00:00:00.000Z',
    checkpoint: null,
    counts: {},
    failedItems: [],
    notVisible: 0,
    ...changes,
  },
});

const interrupted = (ageMs: number): Partial<MirrorState> => ({
  checkpoint: {
    scope: scope(),
    processedCount: 1,
    totalCount: 2,
    startedAt: new Date(NOW - ageMs).toISOString(),
    failedIds: [],
  },
});

test.each<[string, ReadState, Partial<PullOptions>, string]>([
  ['nothing there', { kind: 'none' }, {}, 'full'],
  ['a damaged state', { kind: 'damaged', reason: 'no JSON' }, {}, 'full'],
  ['a finished run', held(), {}, 'delta'],
  ['a finished run, --full', held(), { full: true }, 'full'],
  ['an interrupted run', held(interrupted(DAY_MS - 1)), {}, 'resume'],
  ['an interrupted run of the day before', held(interrupted(DAY_MS)), {}, 'full'],
  ['an interrupted run, --full', held(interrupted(0)), { full: true }, 'full'],
  ['an interrupted run of another scope', held(interrupted(0)), { comments: true }, 'full'],
  ['another format', held(), { format: 'storage' }, 'full'],
  ['another part of the space', held(), { label: 'x' }, 'full'],
  ['another choice of attachments', held(), { attachments: 'none' }, 'full'],
  ['labels', held(), { labels: true }, 'full'],
  ['other limits, which are no part of the scope', held(), { concurrency: 2, force: true }, 'delta'],
  ['no run that ever finished', held({ lastFullSync: null }), {}, 'full'],
])('%s: the mode is right', (_name, read, options, mode) => {
  expect(modeOf(resolve(options), read, 'DOCS', NOW)).toBe(mode);
});

test('without a space the mirror’s own is pulled', () => {
  const { url, credentials, dir } = optionsFor('mirror');
  const options = resolveOptions({ url, credentials, dir });
  expect(spaceToPull(options, held())).toBe('DOCS');
  expect(() => spaceToPull(options, { kind: 'none' })).toThrow(
    expect.objectContaining({ code: 'options', option: 'space' }),
  );
  expect(spaceToPull(resolve({ space: 'OPS' }), held())).toBe('OPS');
});

test('a folder holds one space of one site', () => {
  const read = held();
  expect(() => checkScope(read, scope({ comments: true, label: 'x' }), 'mirror')).not.toThrow();
  expect(() => checkScope(read, { ...scope(), space: 'OPS' }, 'mirror')).toThrow(MirrorMismatchError);
  expect(() => checkScope(read, { ...scope(), site: 'https://other' }, 'mirror')).toThrow(/https:\/\/other/);
  expect(() => checkScope({ kind: 'none' }, scope(), 'mirror')).not.toThrow();
});

test.each<[string, ReadState, boolean]>([
  ['no mirror', { kind: 'none' }, false],
  ['a finished run', held(), false],
  ['a run stopped an hour ago', held(interrupted(DAY_MS / 24)), false],
  ['a run stopped two days ago', held(interrupted(2 * DAY_MS)), true],
])('a checkpoint is too old to go on from: %s', (_name, read, expected) => {
  expect(hasStaleCheckpoint(read, NOW)).toBe(expected);
});

test.each<[string, ReadState, Partial<PullOptions>, string | undefined]>([
  ['after a finished run', held(), { checkDeletions: false }, '2026-02-01T00:00:00.000Z'],
  ['not unless asked for', held(), {}, undefined],
  ['not without a mirror', { kind: 'none' }, { checkDeletions: false }, undefined],
  ['not after an interrupted run', held(interrupted(1)), { checkDeletions: false }, undefined],
  ['not for a part of a space', held(), { checkDeletions: false, label: 'x' }, undefined],
  [
    'not while items have failed: they are tried again',
    held({ failedItems: [failedItem()] }),
    { checkDeletions: false },
    undefined,
  ],
  [
    'not while items could not be seen: they may be seen again unchanged',
    held({ notVisible: 1 }),
    { checkDeletions: false },
    undefined,
  ],
])('a quick delta looks back to the last sync: %s', (_name, read, options, expected) => {
  expect(quickSince(resolve(options), read, 'DOCS', NOW)).toBe(expected);
});
