import { filterItems } from '../../core/items.js';
import type { PlannedAttachment, PullPlan } from '../../core/pull-plan.js';
import { attachmentsIn } from '../../core/link-state.js';
import { recordKey } from '../../core/records.js';
import type { Records } from '../../store/record-table.js';
import type { MirrorLayout } from '../render/mirror-layout.js';

/** The ids of the attachments that the recorded bodies of the listed pages refer to. */
const referencedIds = ({ inventory, links }: MirrorLayout, records: Records): Set<string> => {
  const ids = new Set<string>();
  for (const { kind, id } of inventory.pages) {
    const references = records.get(recordKey(kind, id))?.references ?? [];
    for (const found of attachmentsIn(references, id, links)) ids.add(found);
  }
  return ids;
};

/**
 * What is foreseen of a plan before its bodies are read: the attachments that recorded bodies refer to, and those on pages
 * that are to be fetched, which may. What such a page refers to no more is not foreseen.
 */
export const foreseeReferenced = (plan: PullPlan, layout: MirrorLayout, records: Records): PullPlan => {
  const ids = referencedIds(layout, records);
  const unread = new Set(plan.pages.fetch.map(({ page }) => page.id));
  const isForeseen = ({ attachment: { id, pageId } }: PlannedAttachment): boolean =>
    ids.has(id) || unread.has(pageId);
  const { fetch, relocate, unchanged } = plan.attachments;
  const foreseen = filterItems(fetch, isForeseen);
  let bytes = 0;
  for (const { attachment } of foreseen) bytes += attachment.sizeBytes ?? 0;
  return {
    ...plan,
    attachments: {
      ...plan.attachments,
      fetch: foreseen,
      relocate: filterItems(relocate, isForeseen),
      unchanged: filterItems(unchanged, isForeseen),
      bytes,
    },
  };
};

/**
 * The plan with only those attachments that bodies refer to; the others leave the mirror. To be asked when the bodies
 * are written.
 */
export const keepReferenced = (
  plan: PullPlan,
  layout: MirrorLayout,
  records: Records,
): Pick<PullPlan, 'attachments' | 'deletions'> => {
  const ids = referencedIds(layout, records);
  const isReferenced = ({ attachment }: PlannedAttachment): boolean => ids.has(attachment.id);
  const { fetch, relocate, unchanged } = plan.attachments;
  const dropped: string[] = [];
  for (const items of [fetch, relocate, unchanged])
    for (const item of items) {
      const key = recordKey('attachment', item.attachment.id);
      if (!isReferenced(item) && records.has(key)) dropped.push(key);
    }
  return {
    attachments: {
      ...plan.attachments,
      fetch: filterItems(fetch, isReferenced),
      relocate: filterItems(relocate, isReferenced),
      unchanged: filterItems(unchanged, isReferenced),
    },
    deletions: [...plan.deletions, ...dropped],
  };
};
