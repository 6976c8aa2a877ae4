import { describe, expect, test } from '@jest/globals';
import type { Departure } from '../../../lib/core/departures.js';
import type { PullPlan, KindWork, Work } from '../../../lib/core/pull-plan.js';
import type { ItemRecord } from '../../../lib/core/records.js';
import { plannedItems } from '../../../lib/pull/plan/planned-items.js';
import { attachment, folder, page } from '../../core/support/space.js';
import { memoryRecords } from '../../support/memory-records.js';

const nothing = { fetch: [], relocate: [], unchanged: [] };
const PLAN: PullPlan = {
  pages: nothing,
  comments: nothing,
  attachments: { ...nothing, bytes: 0, leftOut: 0 },
  folders: nothing,
  deletions: [],
};

const record = (
  kind: ItemRecord['kind'],
  id: string,
  path?: string,
  more: Partial<ItemRecord> = {},
): ItemRecord => ({
  kind,
  id,
  version: 1,
  fingerprint: '',
  files: path === undefined ? [] : [{ path, bytes: 1, hash: '' }],
  ...more,
});

interface Mirror {
  readonly records?: readonly ItemRecord[];
  readonly unsound?: readonly string[];
  readonly full?: boolean;
  readonly leaving?: readonly Departure[];
}

const told = (
  plan: Partial<PullPlan>,
  { records = [], unsound = [], full = false, leaving = [] }: Mirror = {},
) => [
  ...plannedItems(
    { ...PLAN, ...plan },
    leaving,
    { records: memoryRecords(records), unsound: new Set(unsound), full },
    'markdown',
  ),
];

const work = <T>(more: Partial<Work<T>>): KindWork<T, never> => ({ ...nothing, ...more });
const plan = { page: page('7', 'Plan'), base: 'plan', change: 'edited' } as const;

describe('a page that is to be fetched is written', () => {
  const written = { kind: 'page', id: '7', title: 'Plan', action: 'write', path: 'plan.md' };
  const mirrored = [record('page', '7', 'plan.md')];

  test.each<[string, 'edited' | 'relinked' | 'new', Mirror, string]>([
    ['not in the mirror yet', 'new', {}, 'new'],
    ['of another version', 'edited', { records: mirrored }, 'edited'],
    ['led to elsewhere', 'relinked', { records: mirrored }, 'relinked'],
    ['not there as it was written', 'edited', { records: mirrored, unsound: ['page:7'] }, 'unsound'],
    [
      'asked for anew with all others',
      'edited',
      { records: mirrored, unsound: ['page:7'], full: true },
      'full',
    ],
    ['new, whatever is asked for anew', 'new', { full: true }, 'new'],
  ])('as %s', (_, change, mirror, reason) => {
    expect(told({ pages: work({ fetch: [{ ...plan, change }] }) }, mirror)).toEqual([{ ...written, reason }]);
  });

  test('and moved before, where the mirror has it elsewhere', () => {
    const { kind, id, title } = written;
    expect(
      told({ pages: work({ fetch: [plan] }) }, { records: [record('page', '7', 'old/plan.md')] }),
    ).toEqual([
      { kind, id, title, action: 'move', path: 'plan.md', from: 'old/plan.md', reason: 'moved' },
      { ...written, reason: 'edited' },
    ]);
  });
});

test('what needs no request is moved where its place is another one, else led to elsewhere', () => {
  const pages = work({ relocate: [plan, { ...plan, page: page('8', 'Other'), base: 'other' }] });
  const records = [record('page', '7', 'old.md'), record('page', '8', 'other.md')];
  expect(told({ pages }, { records })).toEqual([
    {
      kind: 'page',
      id: '7',
      title: 'Plan',
      action: 'move',
      path: 'plan.md',
      from: 'old.md',
      reason: 'moved',
    },
    { kind: 'page', id: '8', title: 'Other', action: 'write', path: 'other.md', reason: 'relinked' },
  ]);
});

test('comments stand beside their page, attachments in their own place', () => {
  const comments = work({ fetch: [{ page: plan.page, base: 'plan', comments: [] }] });
  const file = { attachment: attachment('att1', '7', 'a.png'), path: 'plan.attachments/a.png' };
  const attachments = { ...PLAN.attachments, fetch: [file] };
  expect(told({ comments, attachments })).toEqual([
    { kind: 'comments', id: '7', title: 'Plan', action: 'write', path: 'plan.comments.md', reason: 'new' },
    {
      kind: 'attachment',
      id: 'att1',
      title: 'a.png',
      action: 'write',
      path: 'plan.attachments/a.png',
      reason: 'new',
    },
  ]);
});

describe('a folder', () => {
  const folders = (more = {}) =>
    work({ fetch: [{ folder: { ...folder('9', 'Guides'), ...more }, directory: 'guides' }] });
  const item = { kind: 'folder', id: '9', title: 'Guides', path: 'guides' };

  test('that is new is made', () => {
    expect(told({ folders: folders() })).toEqual([{ ...item, action: 'write', reason: 'new' }]);
  });

  test('that has another place is moved, not made anew', () => {
    const records = [record('folder', '9', undefined, { directory: 'old' })];
    expect(told({ folders: folders() }, { records })).toEqual([
      { ...item, action: 'move', from: 'old', reason: 'moved' },
    ]);
  });

  test('whose directory is missing is made again', () => {
    const records = [record('folder', '9', undefined, { directory: 'guides' })];
    expect(told({ folders: folders() }, { records, unsound: ['folder:9'] })).toEqual([
      { ...item, action: 'write', reason: 'unsound' },
    ]);
  });

  test('that could not be read is not planned', () => {
    expect(told({ folders: folders({ failure: new Error('no') }) })).toEqual([]);
  });
});

test('what leaves is told with its title, or its path where it has none, and why', () => {
  const records = [
    record('page', '7', 'plan.md', { page: page('7', 'Plan') }),
    record('attachment', 'att1', 'plan.attachments/a.png', { attachment: attachment('att1', '7', 'a.png') }),
    record('comments', '7', 'plan.comments.md'),
    record('folder', '9', undefined, { directory: 'guides', folder: folder('9', 'Guides') }),
    record('page', '8'),
  ];
  const leave = (key: string, kind: Departure['kind'], reason: Departure['reason']) => ({
    key,
    kind,
    reason,
  });
  const leaving = [
    leave('page:7', 'page', 'gone'),
    leave('attachment:att1', 'attachment', 'unseen'),
    leave('comments:7', 'comments', 'unwanted'),
    leave('folder:9', 'folder', 'childless'),
    leave('page:8', 'page', 'gone'),
    leave('page:none', 'page', 'gone'),
  ];
  const gone = { action: 'delete' };
  expect(told({}, { records, leaving })).toEqual([
    { ...gone, kind: 'page', id: '7', title: 'Plan', path: 'plan.md', reason: 'gone' },
    {
      ...gone,
      kind: 'attachment',
      id: 'att1',
      title: 'a.png',
      path: 'plan.attachments/a.png',
      reason: 'unseen',
    },
    {
      ...gone,
      kind: 'comments',
      id: '7',
      title: 'plan.comments.md',
      path: 'plan.comments.md',
      reason: 'unwanted',
    },
    { ...gone, kind: 'folder', id: '9', title: 'Guides', path: 'guides', reason: 'childless' },
  ]);
});
