import { expect, test } from '@jest/globals';
import type { Space } from '../../../lib/core/content.js';
import type { MirrorScope } from '../../../lib/core/records.js';
import { MirrorMismatchError } from '../../../lib/errors/mirror-mismatch-error.js';
import {
  checkAncestors,
  checkScope,
  formerKeys,
  hasStaleCheckpoint,
  isRemembered,
  modeOf,
  priorOf,
  quickSince,
  rememberedIn,
  scopeOf,
  spaceToPull,
} from '../../../lib/pull/run/mirror-scope.js';
import type { Since } from '../../../lib/pull/run/prior.js';
import { type PullOptions, resolveOptions } from '../../../lib/pull/run/pull-options.js';
import type { MirrorState, ReadState } from '../../../lib/store/state-file.js';
import { optionsFor } from '../../support/pulling.js';
import { failedItem } from '../../support/events.js';
import { SPACE } from '../../support/fake-wiki.js';
import { heldWith } from '../../support/mirror-state.js';
import { priorWith } from '../../support/searching.js';

const SITE = 'https://example.atlassian.net/wiki';
const NOW = Date.parse('2026-02-03T04:05:06Z');
const DAY_MS = 24 * 3_600_000;

const resolve = (options: Partial<PullOptions> = {}) => resolveOptions(optionsFor('mirror', options));
const scope = (options: Partial<PullOptions> = {}): MirrorScope => scopeOf(resolve(options), 'DOCS', SITE);

const held = (changes: Partial<MirrorState> = {}): ReadState =>
  heldWith({
    account: 'acct-me',
    scope: scope(),
    lastSync: '2026-02-01T00:00:00.000Z',
    lastFullSync: '2026-01-25T00:00:00.000Z',
    ...changes,
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
  const check = (space: Partial<Space>, state = read) =>
    checkScope(state, { ...SPACE, ...space }, { dir: 'mirror' });
  expect(() => check({})).not.toThrow();
  expect(() => check({ key: 'OPS', id: '7' })).toThrow(MirrorMismatchError);
  expect(() => check({ baseUrl: 'https://other' })).toThrow(/https:\/\/other/);
  expect(() => check({ key: 'OPS', id: '7' }, { kind: 'none' })).not.toThrow();
});

test('a space that got another key is the same space', () => {
  expect(() => checkScope(held(), { ...SPACE, key: 'MANUAL' }, { dir: 'mirror' })).not.toThrow();
});

test('a key that names another space now is followed by force only', () => {
  const check = (force: boolean) => checkScope(held(), { ...SPACE, id: '7' }, { dir: 'mirror', force });
  expect(() => check(false)).toThrow(/the id 98306; the wiki names another one so now, with the id 7\.$/);
  expect(() => check(true)).not.toThrow();
  const other = { ...SPACE, id: '7', key: 'OPS' };
  expect(() => checkScope(held(), other, { dir: 'mirror', force: true })).toThrow(MirrorMismatchError);
});

test('the same space at another address may be of a renamed site: force goes on, with everything written anew', () => {
  const renamed = { ...SPACE, baseUrl: 'https://renamed.atlassian.net/wiki' };
  const check = (space: Space, force: boolean) =>
    checkScope(held(), space, { dir: 'mirror', force, full: true });
  expect(() => check(renamed, false)).toThrow(
    expect.objectContaining({
      exitCode: 2,
      message: expect.stringMatching(/example\.atlassian\.net.*renamed\.atlassian\.net/),
      hint: expect.stringMatching(/renamed.*`force`/),
    }),
  );
  expect(() => check(renamed, true)).not.toThrow();
  expect(() => checkScope(held(), renamed, { dir: 'mirror', force: true })).toThrow(MirrorMismatchError);
  for (const other of [{ id: '7' }, { key: 'OPS' }])
    expect(() => check({ ...renamed, ...other }, true)).toThrow(MirrorMismatchError);
});

test.each([`${SITE}/`, 'https://EXAMPLE.atlassian.net:443/wiki'])('%s is the same site', (baseUrl) => {
  expect(() => checkScope(held(), { ...SPACE, baseUrl }, { dir: 'mirror' })).not.toThrow();
});

test('at another address a quick delta compares everything', () => {
  const { accounts, folders, settled, late, records, openScratch, unsound } = priorWith([]);
  const nothing = { accounts, folders, settled, late, records, openScratch, unsound };
  const sinceAt = (baseUrl: string) =>
    priorOf(resolve({ checkDeletions: false }), held(), { ...SPACE, baseUrl }, nothing, NOW).since;
  expect(sinceAt(SITE)).toBeDefined();
  expect(sinceAt('https://renamed.atlassian.net/wiki')).toBeUndefined();
});

test('a key is the mirror’s own in whatever case it is given', () => {
  expect(spaceToPull(resolve({ space: 'docs' }), held())).toBe('DOCS');
  expect(spaceToPull(resolve({ space: 'docs' }), { kind: 'none' })).toBe('docs');
});

test.each<[string, ReadState, Partial<PullOptions>, boolean]>([
  ['the same', held(), {}, true],
  ['the same, with other settings', held(), { comments: true, format: 'adf' }, true],
  ['a part of it', held(), { label: 'x' }, false],
  ['the same part', held({ scope: scope({ label: 'x' }) }), { label: 'x' }, true],
  ['another part', held({ scope: scope({ label: 'x' }) }), { ancestor: '7' }, false],
  ['the same search', held({ scope: scope({ cql: 'creator=me' }) }), { cql: 'creator=me' }, true],
  ['another search', held({ scope: scope({ cql: 'creator=me' }) }), { cql: 'creator=you' }, false],
  ['another label', held({ scope: scope({ label: 'x' }) }), { label: 'y' }, false],
  ['below the same page', held({ scope: scope({ ancestor: '7' }) }), { ancestor: ['7'] }, true],
  ['below another page', held({ scope: scope({ ancestor: '7' }) }), { ancestor: '8' }, false],
  ['all, where a part was', held({ scope: scope({ label: 'x' }) }), {}, false],
  ['all, where nothing was', { kind: 'none' }, {}, false],
])('what is asked for is %s', (_name, read, options, isSameScope) => {
  const { accounts, folders, settled, late, records, openScratch, unsound } = priorWith([]);
  const nothing = { accounts, folders, settled, late, records, openScratch, unsound };
  expect(priorOf(resolve(options), read, SPACE, nothing, NOW)).toEqual({
    ...nothing,
    lastSync: read.kind === 'read' ? '2026-02-01T00:00:00.000Z' : null,
    account: read.kind === 'read' ? 'acct-me' : null,
    isSameScope,
  });
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
  [
    'or rather to the newest change that it knows',
    held({ knownUntil: '2026-01-31T00:00:00.000Z' }),
    { checkDeletions: false },
    '2026-01-31T00:00:00.000Z',
  ],
  ['not unless asked for', held(), {}, undefined],
  ['not without a mirror', { kind: 'none' }, { checkDeletions: false }, undefined],
  ['not after an interrupted run', held(interrupted(1)), { checkDeletions: false }, undefined],
  ['not for a part of a space', held(), { checkDeletions: false, label: 'x' }, undefined],
  [
    'not while items have failed: they are tried again',
    held({ failedItems: [failedItem()], failedCount: 1 }),
    { checkDeletions: false },
    undefined,
  ],
  [
    'not while a listing was not whole',
    held({ incomplete: [{ of: 'labels', code: 'http-500', message: 'No.', hint: 'Do.' }] }),
    { checkDeletions: false },
    undefined,
  ],
  [
    'not to a time that has not come yet',
    held({ lastSync: '2099-01-01T00:00:00.000Z' }),
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
  const since = quickSince(resolve(options), read, 'DOCS', NOW);
  expect(since?.pages).toBe(expected);
  // A search goes by time, and what was listed need not have come last.
  expect(since?.others).toBe(expected && '2026-02-01T00:00:00.000Z');
});

const site = 'https://example.atlassian.net';

test.each<[string, Partial<PullOptions>]>([
  ['an id', { ancestor: '7' }],
  ['an address, in whatever case', { ancestor: `${site}/wiki/spaces/docs/pages/7/X` }],
  ['one without a key', { ancestor: [`${site}/wiki/pages/viewpage.action?pageId=7`] }],
  ['one with a key that the space had', { ancestor: `${site}/wiki/spaces/OLD/pages/7/X` }],
  [
    'the site’s, where the API is elsewhere',
    { url: 'http://127.0.0.1:1', ancestor: `${site}/wiki/spaces/DOCS/pages/7` },
  ],
  ['none', { ancestor: null }],
])('an ancestor may be %s', (_what, options) => {
  const check = () =>
    checkAncestors(resolve(options), held({ formerKeys: ['OLD'] }), { ...SPACE, baseUrl: SITE });
  expect(check).not.toThrow();
});

test.each<[string, string, RegExp]>([
  [
    'another wiki',
    'https://other.example/wiki/spaces/DOCS/pages/7',
    /be in the wiki example\.atlassian\.net/,
  ],
  ['another space', `${site}/wiki/spaces/TEAM/pages/7`, /be in the space DOCS/],
])('an ancestor in %s is refused', (_what, ancestor, rule) => {
  const check = () =>
    checkAncestors(resolve({ ancestor: ['1', ancestor] }), held(), { ...SPACE, baseUrl: SITE });
  expect(check).toThrow(
    expect.objectContaining({ option: 'ancestor', value: ancestor, rule: expect.stringMatching(rule) }),
  );
});

test('a mirror remembers all that it was asked for, and nothing that it was not', () => {
  expect(scope()).toEqual({
    site: SITE,
    space: 'DOCS',
    format: 'markdown',
    flavor: 'github',
    attachments: 'all',
    comments: false,
    labels: false,
  });
  const asked = {
    ancestor: ['7'],
    label: 'red',
    cql: 'creator=me',
    format: 'storage',
    flavor: 'obsidian',
    attachments: 'referenced',
    attachmentMaxBytes: 1000,
    attachmentTypes: ['pdf'],
    comments: true,
    labels: true,
  } as const;
  expect(scope(asked)).toEqual({ site: SITE, space: 'DOCS', ...asked });
});

test.each<[string, ReadState, boolean]>([
  ['what it was pulled with', held(), true],
  ['another label', held({ scope: scope({ label: 'x' }) }), false],
  ['another space', held({ scope: { ...scope(), space: 'OPS' } }), false],
  ['another site', held({ scope: { ...scope(), site: 'https://other.example/wiki' } }), false],
  ['nothing', { kind: 'none' }, false],
])('whether a mirror that remembers %s remembers what is asked for', (_what, read, expected) => {
  expect(isRemembered(resolve(), read, SPACE)).toBe(expected);
});

test('what cannot be read is not remembered', () => {
  expect(rememberedIn(held())).toEqual(scope());
  expect(rememberedIn({ kind: 'none' })).toBeUndefined();
  expect(rememberedIn({ kind: 'damaged', reason: 'no JSON' })).toBeUndefined();
});

test.each<[string, ReadState, readonly string[]]>([
  ['none, of a new mirror', { kind: 'none' }, []],
  ['none, of one with the same key', held(), []],
  ['the last one', held({ scope: { ...scope(), space: 'OLD' } }), ['OLD']],
  [
    'and those before it',
    held({ formerKeys: ['A', 'B'], scope: { ...scope(), space: 'OLD' } }),
    ['A', 'B', 'OLD'],
  ],
  ['each once', held({ formerKeys: ['OLD'], scope: { ...scope(), space: 'OLD' } }), ['OLD']],
  ['but not the one that it has again', held({ formerKeys: ['DOCS', 'A'] }), ['A']],
])('the keys that a space had: %s', (_what, read, keys) => {
  expect(formerKeys(read, SPACE)).toEqual(keys);
});

test('a key that the space of the mirror had stands for it, in whatever case', () => {
  expect(spaceToPull(resolve({ space: 'old' }), held({ formerKeys: ['OLD'] }))).toBe('DOCS');
});

test.each<[ReadState, RegExp]>([
  [{ kind: 'none' }, /^be given: "mirror" is no mirror yet, or does not tell it any more$/],
  [
    { kind: 'damaged', reason: 'no JSON' },
    /^be given: the state of the mirror in "mirror", which tells its space, cannot be read$/,
  ],
  [
    { kind: 'damaged', reason: '', laterVersion: 2 },
    /^be given, or rxsync be updated: a later version has written .* "mirror", .*, the state is made anew$/,
  ],
])('where neither tells which space, the reason is told: %j', (read, rule) => {
  const { url, credentials, dir } = optionsFor('mirror');
  const pull = () => spaceToPull(resolveOptions({ url, credentials, dir }), read);
  expect(pull).toThrow(expect.objectContaining({ option: 'space', rule: expect.stringMatching(rule) }));
});

test.each<[string, Partial<Space>, RegExp, RegExp]>([
  [
    'another space',
    { key: 'OPS', id: '7' },
    /^"mirror" mirrors the space DOCS of https:\/\/example\.atlassian\.net\/wiki, not OPS of /,
    /^Name another folder for this space\.$/,
  ],
  [
    'the same key elsewhere',
    { baseUrl: 'https://other.example/wiki' },
    /its own address as https:\/\/other\.example\/wiki now/,
    /`force` and `full`.*name another folder/,
  ],
  [
    'a space that was made anew',
    { id: '7' },
    /space DOCS with the id 98306; the wiki names another one so now, with the id 7\.$/,
    /^Nothing was changed\. .*made anew, name another folder .*`force`/,
  ],
])('a folder that holds something else than %s says so, and what to do', (_what, space, message, hint) => {
  const check = () => checkScope(held(), { ...SPACE, ...space }, { dir: 'mirror' });
  expect(check).toThrow(message);
  expect(check).toThrow(expect.objectContaining({ hint: expect.stringMatching(hint) }));
});

test('a clock of the wiki that is ahead by less than a day is no time that has not come', () => {
  const since = (aheadMs: number): Since | undefined =>
    quickSince(
      resolve({ checkDeletions: false }),
      held({ lastSync: new Date(NOW + aheadMs).toISOString() }),
      'DOCS',
      NOW,
    );
  expect(since(DAY_MS - 1)).toBeDefined();
  expect(since(DAY_MS + 1)).toBeUndefined();
});

test('a quick delta goes on from the last sync, and keeps whose view the mirror is', () => {
  const { accounts, folders, settled, late, records, openScratch, unsound } = priorWith([]);
  const nothing = { accounts, folders, settled, late, records, openScratch, unsound };
  expect(priorOf(resolve({ checkDeletions: false }), held(), SPACE, nothing, NOW)).toMatchObject({
    since: { pages: '2026-02-01T00:00:00.000Z', others: '2026-02-01T00:00:00.000Z' },
    account: 'acct-me',
    isSameScope: true,
  });
});
