import { NOTHING_SETTLED } from '../../core/settled.js';
import { type Observable, concat, defer, filter, map, mergeMap, of, tap } from 'rxjs';
import type { ListedAttachment } from '../../core/content.js';
import { filterItems, type Items } from '../../core/items.js';
import { pagesLackingFiles } from '../../core/link-state.js';
import { type PlannedAttachment, type PlannedPage, planPull } from '../../core/pull-plan.js';
import { recordKey } from '../../core/records.js';
import { gatherByPage$ } from '../inventory/locate-attachments.js';
import { pagesLane$ } from '../lanes/pages-lane.js';
import { relocateAttachments$ } from '../lanes/relocate-attachments.js';
import { type MirrorLayout, layoutOf } from '../render/mirror-layout.js';
import type { MirrorRun } from '../render/mirror-run.js';
import { eventsOf, eventStep, type Step } from '../run/step.js';

/** Attachments that written pages refer to and that no listing has told of. */
export interface SecondLook {
  readonly layout: MirrorLayout;
  readonly attachments: Items<PlannedAttachment>;
  /** What stands in the way of their names. */
  readonly moved: Items<PlannedAttachment>;
  /** The pages whose links lead to them now. */
  readonly pages: readonly PlannedPage[];
}

const nothing = ({ layout }: MirrorRun): SecondLook => ({ layout, attachments: [], moved: [], pages: [] });

/** Ids of the pages that refer to files which no listing tells of, with the pages on which those should hang. */
const pagesLacking = (
  { layout: { inventory, links }, store: { records } }: MirrorRun,
  naming: ReadonlySet<string>,
): ReadonlyMap<string, readonly string[]> => {
  const lacking = new Map<string, readonly string[]>();
  for (const { kind, id } of inventory.pages) {
    if (!naming.has(id)) continue;
    const owners = pagesLackingFiles(records.get(recordKey(kind, id))?.references ?? [], id, links);
    if (owners.length > 0) lacking.set(id, owners);
  }
  return lacking;
};

/**
 * Looks for the files that the pages written in this run refer to and that are not listed, on the pages where they should
 * hang: the index is a hint. A request for each such page. `naming`: the ids of the pages that were written and may name files.
 */
export const secondLook$ = (run: MirrorRun, naming: ReadonlySet<string>): Observable<SecondLook> =>
  defer(() => {
    const { inventory } = run.layout;
    const isVain = inventory.gaps.some((gap) => gap.of === 'attachment');
    if (run.options.attachments === 'none' || isVain || run.stopReason() !== undefined)
      return of(nothing(run));
    const lacking = pagesLacking(run, naming);
    const owners = new Set([...lacking.values()].flat());
    const asked = inventory.pages.filter(({ id }) => owners.has(id));
    if (asked.length === 0) return of(nothing(run));
    const fresh = new Set<string>();
    const take = async (items: readonly ListedAttachment[]): Promise<number> => {
      for (const { id } of await inventory.attachments.add(items)) fresh.add(id);
      return fresh.size;
    };
    return gatherByPage$(run, asked, take).pipe(
      tap(({ gaps }) => gaps.forEach(run.noteGap)),
      map(() => {
        if (fresh.size === 0) return nothing(run);
        const wider = layoutOf(run, inventory, run.layout.late);
        const { records } = run.store;
        const plan = planPull({
          ...wider,
          records,
          unsound: new Set(),
          isLaidOutAlike: false,
          settled: NOTHING_SETTLED,
          leaving: [],
          full: false,
        });
        return {
          layout: wider,
          attachments: filterItems(plan.attachments.fetch, ({ attachment }) => fresh.has(attachment.id)),
          moved: filterItems(plan.attachments.relocate, ({ attachment }) => owners.has(attachment.pageId)),
          pages: plan.pages.fetch.filter(({ page }) => lacking.has(page.id)),
        };
      }),
    );
  });

/** What is done once more to an item that is accounted for already: only a failure counts. */
const onceMore = (step: Step): readonly Step[] => {
  if (step.type !== 'outcome') return [step];
  if (step.result === 'failed') return [{ type: 'listed', kind: step.kind, count: 1 }, step];
  return eventsOf(step).map(eventStep);
};

/** Writes the pages again whose links lead to the files that were found, and makes way for those. */
export const relink$ = (run: MirrorRun, { layout, pages, moved }: SecondLook): Observable<Step> =>
  concat(
    relocateAttachments$(run, moved).pipe(filter((step) => step.type !== 'missed')),
    pagesLane$({ ...run, layout }, pages),
  ).pipe(mergeMap(onceMore));
