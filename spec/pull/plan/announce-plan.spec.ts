import { expect, test } from '@jest/globals';
import type { PullPlan } from '../../../lib/core/pull-plan.js';
import type { ItemRecord } from '../../../lib/core/records.js';
import {
  announceAttachments,
  announcePlan,
  announceUnchanged,
} from '../../../lib/pull/plan/announce-plan.js';
import { eventsOf, type Step } from '../../../lib/pull/run/step.js';
import { addStep, emptyTally, unbalancedKinds } from '../../../lib/pull/run/tally.js';
import { attachment, folder, page, post } from '../../core/support/space.js';
import { memoryRecords } from '../../support/memory-records.js';
import { useSearch } from '../../support/searching.js';

const newSearch = useSearch();
const runWith = (options = {}) => newSearch({ options }).run;

const planned = (id: string, title = `Page ${id}`) => ({
  page: page(id, title),
  base: `p${id}`,
  change: 'new' as const,
});
const comments = (id: string) => ({ page: page(id, 'P'), base: `p${id}`, comments: [] });
const file = (id: string) => ({ attachment: attachment(id, '1', id), path: id });
const dir = (id: string) => ({ folder: folder(id, 'F'), directory: id });

const PLAN: PullPlan = {
  pages: {
    fetch: Array.from({ length: 251 }, (_, i) => planned(String(i + 100))),
    relocate: [planned('2')],
    unchanged: [page('3', 'Third'), post('4', 'Post')],
  },
  comments: { fetch: [comments('1')], relocate: [comments('2')], unchanged: [page('3', 'Third')] },
  attachments: {
    fetch: [file('a'), file('b')],
    relocate: [file('c')],
    unchanged: [file('d')],
    bytes: 50,
    leftOut: 0,
  },
  folders: { fetch: [dir('f')], relocate: [], unchanged: [folder('g', 'G'), folder('h', 'H')] },
  deletions: ['page:9', 'page:8'],
};
const PATHS = {
  pages: new Map([
    ['3', 'p3'],
    ['4', 'p4'],
  ]),
  folders: new Map<string, string>(),
};

const events = (steps: readonly Step[], type: string) =>
  steps.flatMap(eventsOf).filter((event) => event.type === type);

test('a plan is told in numbers, before anything is done', () => {
  const steps = [...announcePlan(runWith(), PLAN, PATHS)];
  expect(events(steps, 'inventory.done')).toEqual([
    {
      type: 'inventory.done',
      pages: 254,
      folders: 3,
      attachments: 4,
      comments: 3,
      toFetch: { pages: 251, attachments: 2, comments: 1 },
      toSkip: 4,
      toMove: 3,
      toDelete: 2,
      bytes: 50,
      // 250 pages a request, a file each, the comments of some pages at once.
      requests: 5,
    },
  ]);
  expect(events(steps, 'warning')).toEqual([]);
});

test('what a filter leaves out is told where there is any', () => {
  const plan = { ...PLAN, attachments: { ...PLAN.attachments, leftOut: 3 } };
  expect(events([...announcePlan(runWith(), plan, PATHS)], 'inventory.done')).toMatchObject([
    { attachmentsLeftOut: 3 },
  ]);
});

test('what is listed is counted by kind, and what is unchanged has come to its end', () => {
  const steps = [...announcePlan(runWith(), PLAN, PATHS), ...announceAttachments(PLAN.attachments)];
  const { totals } = steps.reduce(addStep, emptyTally);
  expect(totals).toMatchObject({
    page: { listed: 253, unchanged: 1 },
    blogpost: { listed: 1, unchanged: 1 },
    comments: { listed: 3, unchanged: 1 },
    folder: { listed: 3, unchanged: 2 },
    attachment: { listed: 4, unchanged: 1 },
  });
  expect(events(steps, 'page.skipped')).toEqual([]);
});

test('unchanged pages are told one by one where that is asked for, and counted alike', () => {
  const steps = [...announcePlan(runWith({ tellUnchanged: true, format: 'storage' }), PLAN, PATHS)];
  expect(events(steps, 'page.skipped')).toEqual([
    { type: 'page.skipped', id: '3', path: 'p3.xhtml', reason: 'unchanged' },
    { type: 'page.skipped', id: '4', path: 'p4.xhtml', reason: 'unchanged' },
  ]);
  expect(steps.reduce(addStep, emptyTally).totals).toMatchObject({
    page: { unchanged: 1 },
    blogpost: { unchanged: 1 },
  });
});

test('that the wiki lists no page is told', () => {
  const nothing = { fetch: [], relocate: [], unchanged: [] };
  const told = events([...announcePlan(runWith(), { ...PLAN, pages: nothing }, PATHS)], 'warning');
  expect(told).toEqual([{ type: 'warning', code: 'empty-scope', message: 'The wiki lists no page.' }]);
});

const record = (kind: ItemRecord['kind'], id: string): ItemRecord => ({
  kind,
  id,
  version: 1,
  fingerprint: '',
  files: [{ path: `${id}.md`, bytes: 1, hash: '' }],
});

const unchanged = async (options: object, records: readonly ItemRecord[]): Promise<Step[]> => {
  const steps: Step[] = [];
  for await (const step of announceUnchanged(runWith(options), memoryRecords(records))) steps.push(step);
  return steps;
};

const HELD = [
  record('page', '1'),
  record('page', '2'),
  record('blogpost', '3'),
  record('comments', '1'),
  record('attachment', 'att1'),
  record('folder', '9'),
];

test('a mirror that is as the wiki has it is told whole, with nothing to do', async () => {
  const steps = await unchanged({}, HELD);
  expect(events(steps, 'inventory.done')).toEqual([
    {
      type: 'inventory.done',
      pages: 3,
      folders: 1,
      attachments: 1,
      comments: 1,
      toFetch: { pages: 0, attachments: 0, comments: 0 },
      toSkip: 5,
      toMove: 0,
      toDelete: 0,
      bytes: 0,
      requests: 0,
    },
  ]);
  const tally = steps.reduce(addStep, emptyTally);
  expect(tally.totals).toMatchObject({
    page: { listed: 2, unchanged: 2 },
    folder: { listed: 1, unchanged: 1 },
  });
  expect(unbalancedKinds(tally)).toEqual([]);
  expect([events(steps, 'warning'), events(steps, 'page.skipped')]).toEqual([[], []]);
});

test('so it is with its pages one by one, where that is asked for', async () => {
  const steps = await unchanged({ tellUnchanged: true }, HELD);
  expect(events(steps, 'page.skipped')).toEqual(
    ['1', '2', '3'].map((id) => ({ type: 'page.skipped', id, path: `${id}.md`, reason: 'unchanged' })),
  );
  expect(unbalancedKinds(steps.reduce(addStep, emptyTally))).toEqual([]);
});

test('of a mirror without pages that is told, too', async () => {
  expect(events(await unchanged({}, [record('folder', '9')]), 'warning')).toMatchObject([
    { code: 'empty-scope' },
  ]);
});
