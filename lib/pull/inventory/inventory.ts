import { type Observable, forkJoin, map } from 'rxjs';
import type { Inventory, ListedPage, Space } from '../../core/content.js';
import { isNarrow } from '../../core/cql.js';
import type { Prior } from '../make-plan.js';
import type { PullRun } from '../pull-run.js';
import { quickInventory$ } from './quick-inventory.js';
import { narrowInventory$ } from './narrow-inventory.js';
import { wholeInventory$ } from './whole-inventory.js';
import { listLabels$ } from './list-labels.js';

const withLabels = (
  pages: readonly ListedPage[],
  labels: ReadonlyMap<string, readonly string[]>,
): ListedPage[] => pages.map((page) => ({ ...page, labels: labels.get(page.id) ?? [] }));

/**
 * Everything that the pull is about, in one emission: small records without bodies. Complete or an error: a part of a
 * listing is never emitted. A quick delta takes what did not change from the records.
 */
export const inventory$ = (run: PullRun, space: Space, { records, since }: Prior): Observable<Inventory> => {
  if (since !== undefined) return quickInventory$(run, space, records.values(), since);
  const listed$ = isNarrow(run.options) ? narrowInventory$(run, space) : wholeInventory$(run, space);
  if (!run.options.labels) return listed$;
  return forkJoin([listed$, listLabels$(run, space)]).pipe(
    map(([inventory, labels]) => ({ ...inventory, pages: withLabels(inventory.pages, labels) })),
  );
};
