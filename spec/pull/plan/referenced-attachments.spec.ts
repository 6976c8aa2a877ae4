import { expect, test } from '@jest/globals';
import { lastValueFrom, toArray } from 'rxjs';
import type { PlannedAttachment, PullPlan } from '../../../lib/core/pull-plan.js';
import { pagesLane$ } from '../../../lib/pull/lanes/pages-lane.js';
import { foreseeReferenced, keepReferenced } from '../../../lib/pull/plan/referenced-attachments.js';
import { attachment, fakeWiki, page } from '../../support/fake-wiki.js';
import { useLanes } from '../../support/pulling.js';

const open = useLanes();

const image = (name: string): string => `<ac:image><ri:attachment ri:filename="${name}" /></ac:image>`;

/** Of the files of page 2 its text shows the first one; page 3 shows none. Written as far as said. */
const setUp = async (isWritten: boolean) => {
  const { run, plan } = await open(
    fakeWiki({
      pages: [page(1), page(2, { body: image('file-7.bin') }), page(3)],
      attachments: [
        attachment(7, 2, { sizeBytes: 10 }),
        attachment(8, 2, { sizeBytes: 200 }),
        attachment(9, 3, { sizeBytes: 3000 }),
        attachment(10, 3),
      ],
    }),
  );
  if (isWritten) await lastValueFrom(pagesLane$(run, plan.pages.fetch).pipe(toArray()));
  return { run, plan };
};

type Attachments = PullPlan['attachments'];

const ids = (items: Iterable<PlannedAttachment>): string[] =>
  [...items].map(({ attachment: { id } }) => id).sort();

const idsIn = ({ fetch, relocate, unchanged }: Attachments) => ({
  fetch: ids(fetch),
  relocate: ids(relocate),
  unchanged: ids(unchanged),
});

/** The plan with nothing but these pages and files to do. */
const withWork = (
  plan: PullPlan,
  pages: readonly string[],
  fate: keyof ReturnType<typeof idsIn>,
): PullPlan => {
  const nothing = { ...plan.attachments, fetch: [], relocate: [], unchanged: [] };
  return {
    ...plan,
    pages: { ...plan.pages, fetch: plan.pages.fetch.filter(({ page: { id } }) => pages.includes(id)) },
    attachments: { ...nothing, [fate]: [...plan.attachments.fetch] },
  };
};

const NONE = { fetch: [], relocate: [], unchanged: [] };
const FATES = ['fetch', 'relocate', 'unchanged'] as const;

test('before any text is written, any file of a page that is to be fetched may be referred to', async () => {
  const { run, plan } = await setUp(false);
  const foreseen = foreseeReferenced(plan, run.layout, run.store.records).attachments;
  expect(idsIn(foreseen)).toEqual({ ...NONE, fetch: ['att10', 'att7', 'att8', 'att9'] });
  expect(foreseen.bytes).toBe(3210);
});

test.each(FATES)('once texts are written, only what they refer to is foreseen: to %s', async (fate) => {
  const { run, plan } = await setUp(true);
  const foreseen = foreseeReferenced(withWork(plan, [], fate), run.layout, run.store.records).attachments;
  expect(idsIn(foreseen)).toEqual({ ...NONE, [fate]: ['att7'] });
  expect(foreseen.bytes).toBe(fate === 'fetch' ? 10 : 0);
});

test('and the files of those pages that are written again', async () => {
  const { run, plan } = await setUp(true);
  const foreseen = foreseeReferenced(withWork(plan, ['3'], 'fetch'), run.layout, run.store.records);
  expect(idsIn(foreseen.attachments).fetch).toEqual(['att10', 'att7', 'att9']);
  expect(foreseen.attachments.bytes).toBe(3010);
});

test.each(FATES)('in the end only what texts refer to is kept: to %s', async (fate) => {
  const { run, plan } = await setUp(true);
  const kept = keepReferenced(withWork(plan, ['3'], fate), run.layout, run.store.records);
  expect(idsIn(kept.attachments)).toEqual({ ...NONE, [fate]: ['att7'] });
});

test.each(FATES)(
  'the others leave the mirror, if they are in it, after what leaves anyway: to %s',
  async (fate) => {
    const { run, plan } = await setUp(true);
    for (const id of ['att7', 'att8'])
      await run.store.put({ kind: 'attachment', id, version: 1, fingerprint: '', files: [] });
    const leaving = { ...withWork(plan, [], fate), deletions: ['page:70'] };
    const { deletions } = keepReferenced(leaving, run.layout, run.store.records);
    expect(deletions).toEqual(['page:70', 'attachment:att8']);
  },
);
