import { commentBatches } from '../../core/comment-batches.js';
import { listedIn, type PullPlan, type Work } from '../../core/pull-plan.js';
import { bodyPath } from '../../core/page-paths.js';
import type { InventoryDone } from '../../events/events.js';
import type { Kind } from '../../core/kinds.js';
import { MAX_BATCH } from '../../confluence/listings.js';
import type { Run } from '../run/run.js';
import type { Step } from '../run/step.js';

const sizeOf = <T>(work: Work<T>): number => listedIn(work).length;

const inventoryDone = ({ pages, attachments, comments, folders, deletions }: PullPlan): InventoryDone => ({
  type: 'inventory.done',
  pages: sizeOf(pages),
  folders: sizeOf(folders),
  attachments: sizeOf(attachments),
  comments: sizeOf(comments),
  toFetch: {
    pages: pages.fetch.length,
    attachments: attachments.fetch.length,
    comments: comments.fetch.length,
  },
  toSkip: pages.unchanged.length + attachments.unchanged.length + comments.unchanged.length,
  toMove: pages.relocate.length + attachments.relocate.length + comments.relocate.length,
  toDelete: deletions.length,
  bytes: attachments.fetch.reduce((sum, { attachment }) => sum + (attachment.sizeBytes ?? 0), 0),
  requests:
    Math.ceil(pages.fetch.length / MAX_BATCH) +
    attachments.fetch.length +
    commentBatches(comments.fetch).length,
});

const outcome = (kind: Kind, count: number): Step => ({ type: 'outcome', kind, result: 'unchanged', count });

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
  for (const { page, base } of pages.unchanged) {
    const event = {
      type: 'page.skipped',
      id: page.id,
      path: bodyPath(base, options.format),
      reason: 'unchanged',
    } as const;
    yield { type: 'outcome', kind: page.kind, result: 'unchanged', event };
  }
  yield outcome('comments', comments.unchanged.length);
  yield outcome('folder', folders.unchanged.length);
}

export function* announceAttachments(attachments: PullPlan['attachments']): Generator<Step> {
  yield { type: 'listed', kind: 'attachment', count: sizeOf(attachments) };
  yield outcome('attachment', attachments.unchanged.length);
}
