import { listedIn, type PullPlan } from '../../core/pull-plan.js';
import { attachmentsIn } from '../../core/link-state.js';
import { type ItemRecord, recordKey } from '../../core/records.js';
import type { MirrorLayout } from '../render/mirror-layout.js';

/** The ids of the attachments that the recorded bodies of the listed pages refer to. */
const referencedIds = (
  { inventory, links }: MirrorLayout,
  records: ReadonlyMap<string, ItemRecord>,
): Set<string> => {
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
  records: ReadonlyMap<string, ItemRecord>,
): Pick<PullPlan, 'attachments' | 'deletions'> => {
  const ids = referencedIds(layout, records);
  const isReferenced = ({ attachment }: { readonly attachment: { readonly id: string } }): boolean =>
    ids.has(attachment.id);
  const { fetch, relocate, unchanged } = plan.attachments;
  const dropped = listedIn(plan.attachments).flatMap((planned) =>
    isReferenced(planned) ? [] : (records.get(recordKey('attachment', planned.attachment.id)) ?? []),
  );
  return {
    attachments: {
      fetch: fetch.filter(isReferenced),
      relocate: relocate.filter(isReferenced),
      unchanged: unchanged.filter(isReferenced),
    },
    deletions: [...plan.deletions, ...dropped],
  };
};
