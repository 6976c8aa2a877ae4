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
