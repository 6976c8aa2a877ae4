import { PAGE_KINDS } from '../../core/kinds.js';
import { commentBatches } from '../../core/comment-batches.js';
import { type PullPlan, sizeOf } from '../../core/pull-plan.js';
import type { Departure } from '../../core/departures.js';
import { bodyPath, type PagePaths } from '../../core/page-paths.js';
import type { InventoryDone } from '../../events/events.js';
import type { ListedPage, PageKind } from '../../core/content.js';
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

const ofKind = (pages: readonly ListedPage[], kind: PageKind): number =>
  pages.reduce((count, page) => count + (page.kind === kind ? 1 : 0), 0);

const NOTHING_IN_SCOPE: Step = {
  type: 'event',
  event: {
    type: 'warning',
    code: 'empty-scope',
    message: 'The wiki lists no page.',
  },
};

/** Tells what is listed and what of it need not be fetched; attachments follow by themselves. */
export function* announcePlan({ options }: Run, plan: PullPlan, paths: PagePaths): Generator<Step> {
  const { pages, comments, folders } = plan;
  const changed = [...pages.fetch, ...pages.relocate].map(({ page }) => page);
  for (const kind of PAGE_KINDS) {
    const count = ofKind(changed, kind) + ofKind(pages.unchanged, kind);
    yield { type: 'listed', kind, count };
  }
  yield { type: 'listed', kind: 'comments', count: sizeOf(comments) };
  yield { type: 'listed', kind: 'folder', count: sizeOf(folders) };
  yield { type: 'event', event: inventoryDone(plan) };
  if (sizeOf(pages) === 0) yield NOTHING_IN_SCOPE;
  if (options.tellUnchanged)
    for (const { kind, id } of pages.unchanged)
      yield skipped(kind, id, bodyPath(paths.pages.get(id) ?? '', options.format));
  else for (const kind of PAGE_KINDS) yield outcome(kind, ofKind(pages.unchanged, kind));
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
  attachments: Pick<PullPlan['attachments'], 'fetch' | 'relocate' | 'unchanged'>,
): Generator<Step> {
  yield { type: 'listed', kind: 'attachment', count: sizeOf(attachments) };
  yield outcome('attachment', attachments.unchanged.length);
}
