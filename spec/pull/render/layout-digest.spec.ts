import { expect, test } from '@jest/globals';
import type { Inventory } from '../../../lib/core/content.js';
import { digestLayout } from '../../../lib/pull/render/layout-digest.js';
import type { PullOptions } from '../../../lib/pull/run/pull-options.js';
import { attachment, attachmentsFrom, folder, inventory, page, SPACE } from '../../core/support/space.js';
import { useSearch } from '../../support/searching.js';

const newSearch = useSearch();

const HOME = page('1', 'Home');
const PLAN = page('2', 'Plan', { parentId: '9', labels: ['red'], authorId: 'acct-1' });
const FILE = attachment('att7', '2', 'a.png', { fileId: 'f-7' });
const COMMENT = { id: '70', pageId: '2', version: 1, resolution: undefined };
const LISTED = { pages: [HOME, PLAN], folders: [folder('9', 'Guides', '1')], comments: [COMMENT] };

const listed = (more: Partial<Inventory> = {}): Inventory => ({
  ...inventory({ homepageId: '1', attachments: [FILE], ...LISTED }),
  ...more,
});

const digestOf = (from: Inventory = listed(), options: Partial<PullOptions> = {}): string => {
  const { run } = newSearch({ options });
  return digestLayout(run, from)();
};

test('a layout is told by the same digest as long as nothing shapes its files otherwise', () => {
  expect(digestOf()).toBe(digestOf());
  expect(digestOf(listed({ pages: [HOME, { ...PLAN, version: 9, updatedAt: 'now' }] }))).toBe(digestOf());
  const newer = [{ ...FILE, version: 2, sizeBytes: 77 }];
  expect(digestOf(listed({ attachments: attachmentsFrom(newer) }))).toBe(digestOf());
});

test.each<[string, Partial<Inventory>]>([
  ['the title of a page', { pages: [HOME, { ...PLAN, title: 'Plans' }] }],
  ['the place of a page', { pages: [HOME, { ...PLAN, parentId: '1' }] }],
  ['the labels of a page', { pages: [HOME, { ...PLAN, labels: ['blue'] }] }],
  ['the author of a page', { pages: [HOME, { ...PLAN, authorId: 'acct-2' }] }],
  ['a page more', { pages: [HOME, PLAN, page('3', 'Third')] }],
  ['the title of a folder', { folders: [folder('9', 'Manuals', '1')] }],
  ['the place of a folder', { folders: [folder('9', 'Guides')] }],
  ['the name of a file', { attachments: attachmentsFrom([{ ...FILE, title: 'b.png' }]) }],
  ['what a file is known by', { attachments: attachmentsFrom([{ ...FILE, fileId: 'f-8' }]) }],
  ['the type of a file', { attachments: attachmentsFrom([{ ...FILE, mediaType: 'image/png' }]) }],
  ['the lack of a file', { attachments: attachmentsFrom([]) }],
  ['the key of the space', { space: { ...SPACE, homepageId: '1', key: 'OTHER' } }],
  ['the name of the space', { space: { ...SPACE, homepageId: '1', name: 'Other' } }],
  [
    'the address of the wiki',
    { space: { ...SPACE, homepageId: '1', baseUrl: 'https://other.example/wiki' } },
  ],
  ['the homepage', { space: { ...SPACE, homepageId: '2' } }],
])('%s is told', (_, more) => {
  expect(digestOf(listed(more))).not.toBe(digestOf());
});

test.each<[string, Partial<PullOptions>]>([
  ['format', { format: 'storage' }],
  ['dialect', { flavor: 'obsidian' }],
  ['choice of attachments', { attachments: 'referenced' }],
  ['filter of attachments', { attachmentTypes: ['!*.zip'] }],
])('another %s is told', (_, options) => {
  expect(digestOf(listed(), options)).not.toBe(digestOf());
});

test('comments are told where bodies hold their markers: not in Markdown', () => {
  const more = listed({ comments: [COMMENT, { ...COMMENT, id: '71' }] });
  expect(digestOf(more)).toBe(digestOf());
  expect(digestOf(more, { format: 'storage' })).not.toBe(digestOf(listed(), { format: 'storage' }));
});

test('names are told as they are known when the digest is asked for, in whichever order they came', () => {
  const { run } = newSearch();
  const known = new Map<string, string>();
  const people = { ...run.people, names: () => known };
  const digest = digestLayout({ ...run, people }, listed());
  const nobody = digest();
  known.set('acct-2', 'Grace').set('acct-1', 'Ada');
  const two = digest();
  expect(two).not.toBe(nobody);
  known.clear();
  known.set('acct-1', 'Ada').set('acct-2', 'Grace');
  expect(digest()).toBe(two);
  known.set('acct-1', 'Ada Lovelace');
  expect(digest()).not.toBe(two);
});
