import { type Observable, concat, defer, from, map, mergeMap, of, tap } from 'rxjs';
import { pagesLackingFiles } from '../../core/link-state.js';
import { type PlannedAttachment, type PlannedPage, planPull, type Work } from '../../core/pull-plan.js';
import { recordKey } from '../../core/records.js';
import { uniqueById } from '../../core/unique.js';
import type { MirrorStore } from '../../store/mirror-store.js';
import { attachmentsByPage$ } from '../inventory/locate-attachments.js';
import { pagesLane$ } from '../lanes/pages-lane.js';
import { relocateAttachments$ } from '../lanes/relocate-attachments.js';
import type { Planned } from './plan-survey.js';
import { type MirrorView, mirrorView } from '../render/mirror-view.js';
import type { Run } from '../run/run.js';
import type { Step } from '../run/step.js';

/** Attachments that written pages refer to and that no listing has told of. */
export interface SecondLook {
  readonly view: MirrorView;
  readonly attachments: readonly PlannedAttachment[];
  /** What stands in the way of their names. */
  readonly moved: Work<PlannedAttachment>['relocate'];
  /** The pages whose links lead to them now. */
  readonly pages: readonly PlannedPage[];
}

const nothing = ({ view }: Planned): SecondLook => ({ view, attachments: [], moved: [], pages: [] });

/**
 * Looks for the files that the pages written in this run refer to and that are not listed, on the pages where they should
 * hang: the index is a hint. A request for each such page.
 */
export const secondLook$ = (
  run: Run,
  store: MirrorStore,
  planned: Planned,
  written: ReadonlySet<string>,
): Observable<SecondLook> =>
  defer(() => {
    const { view } = planned;
    const { inventory, links } = view;
    const isVain = inventory.gaps.some((gap) => gap.of === 'attachment');
    if (run.options.attachments === 'none' || isVain || run.stopReason() !== undefined)
      return of(nothing(planned));
    const lacking = new Map<string, readonly string[]>();
    for (const { kind, id } of inventory.pages) {
      const key = recordKey(kind, id);
      const owners = written.has(key)
        ? pagesLackingFiles(store.records.get(key)?.references ?? [], id, links)
        : [];
      if (owners.length > 0) lacking.set(id, owners);
    }
    const owners = new Set([...lacking.values()].flat());
    const asked = inventory.pages.filter(({ id }) => owners.has(id));
    if (asked.length === 0) return of(nothing(planned));
    return attachmentsByPage$(run, asked).pipe(
      tap(({ gaps }) => gaps.forEach(run.noteGap)),
      map(({ items }) => {
        const known = new Set(inventory.attachments.map(({ id }) => id));
        const fresh = new Set(items.flatMap(({ id }) => (known.has(id) ? [] : id)));
        if (fresh.size === 0) return nothing(planned);
        const whole = { ...inventory, attachments: uniqueById([...inventory.attachments, ...items]) };
        const wider = mirrorView(run, whole);
        const plan = planPull({
          ...wider,
          records: store.records,
          sound: new Set(store.records.keys()),
          isUnchanged: false,
          leaving: [],
          full: false,
        });
        return {
          view: wider,
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
export const relink$ = (run: Run, store: MirrorStore, { view, pages, moved }: SecondLook): Observable<Step> =>
  concat(
    relocateAttachments$(run, store, moved, () => from([])),
    pagesLane$(run, store, view, pages),
  ).pipe(mergeMap(onceMore));
