import { expect, test } from '@jest/globals';
import type { Format } from '../../../lib/core/content.js';
import { MirrorMismatchError } from '../../../lib/errors/mirror-mismatch-error.js';
import type { EventBody } from '../../../lib/events/events.js';
import { type PullOptions, resolveOptions } from '../../../lib/pull/run/pull-options.js';
import { recallSettings } from '../../../lib/pull/run/recall-settings.js';
import type { Sizes } from '../../../lib/store/record-table.js';
import type { ReadState } from '../../../lib/store/state-file.js';
import { heldWith } from '../../support/mirror-state.js';
import { optionsFor } from '../../support/pulling.js';

const size = (items: number) => ({ items, files: items, bytes: 0 });

const EMPTY: Sizes = {
  page: size(0),
  blogpost: size(0),
  folder: size(0),
  attachment: size(0),
  comments: size(0),
};
const FULL: Sizes = { ...EMPTY, page: size(3), blogpost: size(1), comments: size(2) };

const DAMAGED: ReadState = { kind: 'damaged', reason: 'no JSON' };
const NONE: ReadState = { kind: 'none' };

/** What is told of a mirror in this format. */
const recall = (
  read: ReadState,
  options: Partial<PullOptions>,
  sizes = FULL,
  formats: readonly Format[] = ['markdown'],
): readonly EventBody[] => {
  const told: EventBody[] = [];
  recallSettings(
    { options: resolveOptions(optionsFor('mirror', options)), notify: (event) => told.push(event) },
    read,
    { sizes, formats: new Set(formats) },
  );
  return told;
};

test('what is to be another way is told with what it does to the files that are there', () => {
  expect(recall(heldWith(), { labels: true, comments: true })).toEqual([
    {
      type: 'setting.changed',
      setting: 'comments',
      from: 'off',
      to: 'on',
      effect: 'files with comments come',
    },
    { type: 'setting.changed', setting: 'labels', from: 'off', to: 'on', effect: '4 files are written anew' },
  ]);
  expect(recall(heldWith(), {})).toEqual([]);
});

test('a new mirror has nothing to tell', () => {
  expect(recall(NONE, { comments: true, format: 'adf' }, EMPTY, [])).toEqual([]);
});

test.each<[string, ReadState, RegExp]>([
  ['damaged', DAMAGED, /state\.json cannot be read \(no JSON\).* is lost/],
  ['missing', NONE, /state\.json is missing.* is lost/],
])('a state that is %s is told', (_how, read, says) => {
  expect(recall(read, { comments: true })).toEqual([
    { type: 'warning', code: 'damaged-state', message: expect.stringMatching(says) },
  ]);
});

test('texts of two formats, as a change that was cut off leaves them, may be in either', () => {
  for (const format of ['markdown', 'storage'] as const)
    expect(recall(DAMAGED, { comments: true, format }, FULL, ['markdown', 'storage'])).toHaveLength(1);
});

test.each<[string, Partial<PullOptions>, readonly Format[], string]>([
  ['comments', {}, ['markdown'], '`comments`,'],
  ['texts in another format', { comments: true }, ['storage'], "`format: 'storage'`,"],
  ['both', {}, ['adf'], "`format: 'adf'` `comments`,"],
])('a mirror that remembers nothing does not lose %s by a default', (_what, options, formats, name) => {
  const lose = (more: Partial<PullOptions> = {}) => recall(DAMAGED, { ...options, ...more }, FULL, formats);
  expect(lose).toThrow(MirrorMismatchError);
  expect(lose).toThrow(expect.objectContaining({ hint: expect.stringContaining(`holds: ${name}`) }));
  expect(lose({ force: true })).toHaveLength(1);
});

test('a mirror that remembers nothing, and loses nothing, is told so in full', () => {
  expect(recall(DAMAGED, { comments: true })).toEqual([
    {
      type: 'warning',
      code: 'damaged-state',
      message: expect.stringMatching(
        /; it is made anew from the mirror and the wiki\. What the mirror remembered of scope and settings is lost: what is not named now is as in a new one\.$/,
      ),
    },
  ]);
});

test('what would be lost is refused with the reason, and with what to do', () => {
  expect(() => recall(DAMAGED, {})).toThrow(
    expect.objectContaining({
      message: expect.stringMatching(
        /^"mirror" does not tell any more what it is: .*no JSON.*\. By what is asked for, files that it holds would leave\.$/,
      ),
      hint: 'Nothing was changed. Name what the mirror holds: `comments`, and what else it was pulled with; or pull again with `force`, if those files shall leave.',
    }),
  );
});

test('a state of a later version is told as such, and what would be lost is refused with the same', () => {
  const later: ReadState = { ...DAMAGED, laterVersion: 2 };
  expect(recall(later, { comments: true })).toEqual([
    expect.objectContaining({
      message: expect.stringMatching(/was written by a later version of rxsync \(.*\); it is made anew/),
    }),
  ]);
  expect(() => recall(later, {})).toThrow(
    expect.objectContaining({
      hint: expect.stringContaining('Update rxsync. Or name what the mirror holds: `comments`'),
    }),
  );
});

test('where no comments are and the format is the same, nothing would be lost', () => {
  expect(recall(DAMAGED, {}, { ...FULL, comments: size(0) })).toHaveLength(1);
  expect(recall(DAMAGED, { comments: true }, FULL, [])).toHaveLength(1);
});

test('the files that a change concerns are those of its kind', () => {
  const effects = (options: Partial<PullOptions>) =>
    recall(heldWith(), options, { ...FULL, attachment: { items: 9, files: 5, bytes: 0 } }).flatMap((event) =>
      event.type === 'setting.changed' ? `${event.setting}: ${event.effect}` : [],
    );
  expect(effects({ labels: true })).toEqual(['labels: 4 files are written anew']);
  expect(effects({ attachments: 'none' })).toEqual([expect.stringMatching(/^attachments: 5 files/)]);
});
