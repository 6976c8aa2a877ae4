import { type Observable, concat, defer, map } from 'rxjs';
import type { Inventory, ListedPage } from '../core/content.js';
import { planPull, type PullPlan, recordedAccounts } from '../core/pull-plan.js';
import type { ItemRecord } from '../core/records.js';
import { confirmDeletions$ } from './confirm-deletions.js';
import { type MirrorView, mirrorView } from './mirror-view.js';
import type { PullRun } from './pull-run.js';

/** What a mirror holds when the run begins. */
export interface Prior {
  readonly records: ReadonlyMap<string, ItemRecord>;
  readonly sound: ReadonlySet<string>;
  /** Since when a quick delta has to look: time of the last complete pull, ISO 8601. Absent: the listing is whole. */
  readonly since?: string;
}

export interface Planned {
  readonly view: MirrorView;
  readonly plan: PullPlan;
}

const authorsOf = (pages: readonly ListedPage[]): string[] => pages.flatMap(({ authorId }) => authorId ?? []);

/** Compares the inventory with what the mirror holds. The names that the files show are learned first. */
export const plan$ = (
  run: PullRun,
  inventory: Inventory,
  { records, sound, since }: Prior,
): Observable<Planned> => {
  const isUnchanged = inventory.isUnchanged ?? false;
  const accounts = isUnchanged ? [] : [...authorsOf(inventory.pages), ...recordedAccounts(records.values())];
  const checkDeletions = since === undefined;
  return concat(
    run.people.learn$(accounts),
    defer(() => {
      const view = mirrorView(run, inventory);
      const plan = planPull({ ...view, records, sound, isUnchanged, checkDeletions, full: run.options.full });
      return confirmDeletions$(run, plan.deletions).pipe(
        map((deletions): Planned => ({ view, plan: { ...plan, deletions } })),
      );
    }),
  );
};
