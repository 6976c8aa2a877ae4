import { type Observable, concat, defer, filter, map, mergeMap, of, tap } from 'rxjs';
import { pagesLackingFiles } from '../../core/link-state.js';
import { type PlannedAttachment, type PlannedPage, planPull, type Work } from '../../core/pull-plan.js';
import { recordKey } from '../../core/records.js';
import { uniqueById } from '../../core/unique.js';
import { attachmentsByPage$ } from '../inventory/locate-attachments.js';
import { pagesLane$ } from '../lanes/pages-lane.js';
import { relocateAttachments$ } from '../lanes/relocate-attachments.js';
import { type MirrorLayout, layoutOf } from '../render/mirror-layout.js';
import type { MirrorRun } from '../render/mirror-run.js';
import type { Step } from '../run/step.js';

/** Attachments that written pages refer to and that no listing has told of. */
export interface SecondLook {
  readonly layout: MirrorLayout;
  readonly attachments: readonly PlannedAttachment[];
  /** What stands in the way of their names. */
  readonly moved: Work<PlannedAttachment>['relocate'];
  /** The pages whose links lead to them now. */
  readonly pages: readonly PlannedPage[];
}

const nothing = ({ layout }: MirrorRun): SecondLook => ({ layout, attachments: [], moved: [], pages: [] });

/** Ids of the written pages that refer to files which no listing tells of, with the pages on which those should hang. */
const pagesLacking = (
  { layout: { inventory, links }, store: { records } }: MirrorRun,
  written: ReadonlySet<string>,
): ReadonlyMap<string, readonly string[]> => {
  const lacking = new Map<string, readonly string[]>();
  for (const { kind, id } of inventory.pages) {
    const key = recordKey(kind, id);
    if (!written.has(key)) continue;
    const owners = pagesLackingFiles(records.get(key)?.references ?? [], id, links);
    if (owners.length > 0) lacking.set(id, owners);
  }
  return lacking;
};

/**
 * Looks for the files that the pages written in this run refer to and that are not listed, on the pages where they should
 * hang: the index is a hint. A request for each such page.
 */
export const secondLook$ = (run: MirrorRun, written: ReadonlySet<string>): Observable<SecondLook> =>
  defer(() => {
    const { inventory } = run.layout;
    const isVain = inventory.gaps.some((gap) => gap.of === 'attachment');
    if (run.options.attachments === 'none' || isVain || run.stopReason() !== undefined)
      return of(nothing(run));
    const lacking = pagesLacking(run, written);
    const owners = new Set([...lacking.values()].flat());
    const asked = inventory.pages.filter(({ id }) => owners.has(id));
    if (asked.length === 0) return of(nothing(run));
    return attachmentsByPage$(run, asked).pipe(
      tap(({ gaps }) => gaps.forEach(run.noteGap)),
      map(({ items }) => {
        const known = new Set(inventory.attachments.map(({ id }) => id));
        const fresh = new Set(items.flatMap(({ id }) => (known.has(id) ? [] : id)));
        if (fresh.size === 0) return nothing(run);
        const whole = { ...inventory, attachments: uniqueById([...inventory.attachments, ...items]) };
        const wider = layoutOf(run, whole);
        const { records } = run.store;
        const sound = new Set(records.keys());
        const plan = planPull({ ...wider, records, sound, isUnchanged: false, leaving: [], full: false });
        return {
          layout: wider,
          attachments: plan.attachments.fetch.filter(({ attachment }) => fresh.has(attachment.id)),
          moved: plan.attachments.relocate.filter(({ attachment }) => owners.has(attachment.pageId)),
          pages: plan.pages.fetch.filter(({ page }) => lacking.has(page.id)),
        };
      }),
    );
  });

/** What is done once more to an item that is accounted for already: only a failure counts. */
const onceMore = (step: Step): readonly Step[] => {
  if (step.type !== 'outcome') return [step];
  if (step.result === 'failed') return [{ type: 'listed', kind: step.kind, count: 1 }, step];
  return step.event === undefined ? [] : [{ type: 'event', event: step.event }];
};

/** Writes the pages again whose links lead to the files that were found, and makes way for those. */
export const relink$ = (run: MirrorRun, { layout, pages, moved }: SecondLook): Observable<Step> =>
  concat(
    relocateAttachments$(run, moved).pipe(filter((step) => step.type !== 'missed')),
    pagesLane$({ ...run, layout }, pages),
  ).pipe(mergeMap(onceMore));
