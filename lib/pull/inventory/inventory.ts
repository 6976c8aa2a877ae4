import { type Observable, forkJoin, map, switchMap } from 'rxjs';
import type { Inventory, ListedPage, Space } from '../../core/content.js';
import { isNarrow } from '../../core/cql.js';
import { recordKey } from '../../core/records.js';
import type { Prior } from '../make-plan.js';
import type { PullRun } from '../pull-run.js';
import { quickInventory$ } from './quick-inventory.js';
import { narrowInventory$ } from './narrow-inventory.js';
import { wholeInventory$ } from './whole-inventory.js';
import { withUnindexed$ } from './with-unindexed.js';
import { listLabels$ } from './list-labels.js';

/** What the search does not know has the labels that it had. */
const withLabels = (
  pages: readonly ListedPage[],
  labels: ReadonlyMap<string, readonly string[]>,
  records: Prior['records'],
): ListedPage[] =>
  pages.map((page) => {
    const recorded = records.get(recordKey(page.kind, page.id))?.page?.labels ?? [];
    return { ...page, labels: labels.get(page.id) ?? recorded };
  });

/**
 * Everything that the pull is about, in one emission: small records without bodies. Complete or an error: a part of a
 * listing is never emitted. A quick delta takes what did not change from the records.
 */
export const inventory$ = (run: PullRun, space: Space, { records, since }: Prior): Observable<Inventory> => {
  if (since !== undefined) return quickInventory$(run, space, records.values(), since);
  const searched$ = isNarrow(run.options)
    ? narrowInventory$(run, space)
    : wholeInventory$(run, space, records.values());
  const listed$ = searched$.pipe(
    switchMap((inventory) => withUnindexed$(run, inventory, [...records.values()])),
  );
  if (!run.options.labels) return listed$;
  return forkJoin([listed$, listLabels$(run, space)]).pipe(
    map(([inventory, labels]) => ({ ...inventory, pages: withLabels(inventory.pages, labels, records) })),
  );
};
