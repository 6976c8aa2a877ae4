import { commentBatches } from '../../core/comment-batches.js';
import type { Items } from '../../core/items.js';
import { listedIn, type PlannedAttachment, type PullPlan, sizeOf, type Work } from '../../core/pull-plan.js';
import type { Departure } from '../../core/departures.js';
import { bodyPath } from '../../core/page-paths.js';
import type { InventoryDone } from '../../events/events.js';
import type { PageKind } from '../../core/content.js';
import { type Kind, KINDS } from '../../core/kinds.js';
import { MAX_BATCH } from '../../confluence/listings.js';
import { countsOf, type Records } from '../../store/record-table.js';
import type { Prior } from '../run/prior.js';
import type { Run } from '../run/run.js';
import { eventStep, type Step } from '../run/step.js';
import { plannedItems } from './planned-items.js';

const inventoryDone = ({ pages, attachments, comments, folders, deletions }: PullPlan): InventoryDone => ({
  type: 'inventory.done',
  pages: sizeOf(pages),
  folders: sizeOf(folders),
  attachments: sizeOf(attachments),
  ...(attachments.leftOut > 0 && { attachmentsLeftOut: attachments.leftOut }),
  comments: sizeOf(comments),
  toFetch: {
    pages: pages.fetch.length,
    attachments: attachments.fetch.length,
    comments: comments.fetch.length,
  },
  toSkip: pages.unchanged.length + attachments.unchanged.length + comments.unchanged.length,
  toMove: pages.relocate.length + attachments.relocate.length + comments.relocate.length,
  toDelete: deletions.length,
  bytes: attachments.bytes,
  requests:
    Math.ceil(pages.fetch.length / MAX_BATCH) +
    attachments.fetch.length +
    commentBatches(comments.fetch).length,
});

const outcome = (kind: Kind, count: number): Step => ({ type: 'outcome', kind, result: 'unchanged', count });

const skipped = (kind: PageKind, id: string, path: string): Step => ({
  type: 'outcome',
  kind,
  result: 'unchanged',
  event: { type: 'page.skipped', id, path, reason: 'unchanged' },
});

const NOTHING_IN_SCOPE: Step = {
  type: 'event',
  event: {
    type: 'warning',
    code: 'empty-scope',
    message: 'The wiki lists no page.',
  },
};

/** Tells what is listed and what of it need not be fetched; attachments follow by themselves. */
export function* announcePlan({ options }: Run, plan: PullPlan): Generator<Step> {
  const { pages, comments, folders } = plan;
  const all = listedIn(pages);
  for (const kind of ['page', 'blogpost'] as const)
    yield { type: 'listed', kind, count: all.filter(({ page }) => page.kind === kind).length };
  yield { type: 'listed', kind: 'comments', count: sizeOf(comments) };
  yield { type: 'listed', kind: 'folder', count: sizeOf(folders) };
  yield { type: 'event', event: inventoryDone(plan) };
  if (all.length === 0) yield NOTHING_IN_SCOPE;
  for (const { page, base } of pages.unchanged)
    yield options.tellUnchanged
      ? skipped(page.kind, page.id, bodyPath(base, options.format))
      : outcome(page.kind, 1);
  yield outcome('comments', comments.unchanged.length);
  yield outcome('folder', folders.unchanged.length);
}

/** Tells that a whole mirror is as the wiki has it. */
export async function* announceUnchanged({ options }: Run, records: Records): AsyncGenerator<Step> {
  const counts = countsOf(records.sizes);
  for (const kind of KINDS) yield { type: 'listed', kind, count: counts[kind] };
  const pages = counts.page + counts.blogpost;
  yield eventStep({
    type: 'inventory.done',
    pages,
    folders: counts.folder,
    attachments: counts.attachment,
    comments: counts.comments,
    toFetch: { pages: 0, attachments: 0, comments: 0 },
    toSkip: pages + counts.attachment + counts.comments,
    toMove: 0,
    toDelete: 0,
    bytes: 0,
    requests: 0,
  });
  if (pages === 0) yield NOTHING_IN_SCOPE;
  for (const kind of KINDS)
    if ((kind === 'page' || kind === 'blogpost') && options.tellUnchanged)
      for await (const { id, files } of records.all(kind)) yield skipped(kind, id, files[0]?.path ?? '');
    else yield outcome(kind, counts[kind]);
}

/** Tells what would become of each item. */
export function* announceItems(
  { options: { full, format } }: Run,
  plan: PullPlan,
  leaving: readonly Departure[],
  prior: Prior,
): Generator<Step> {
  for (const item of plannedItems(plan, leaving, { ...prior, full }, format))
    yield eventStep({ type: 'item.planned', ...item });
}

export function* announceAttachments(
  attachments: Work<PlannedAttachment, Items<PlannedAttachment>>,
): Generator<Step> {
  yield { type: 'listed', kind: 'attachment', count: sizeOf(attachments) };
  yield outcome('attachment', attachments.unchanged.length);
}
