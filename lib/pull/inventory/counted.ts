import { type Observable, defer, map, tap, toArray } from 'rxjs';
import { uniqueById } from '../../core/unique.js';
import type { CursorPage } from '../../operators/expand-cursor.js';
import type { Listed, PullRun } from '../pull-run.js';

/** All items of one walk in one emission, each once; tells the progress of the inventory on the way. */
export const counted$ = <T extends { readonly id: string; readonly version?: number }>(
  run: PullRun,
  what: Listed,
  pages$: Observable<CursorPage<T>>,
): Observable<readonly T[]> =>
  defer(() => {
    const seen = new Set<string>();
    return pages$.pipe(
      tap(({ items }) => {
        const before = seen.size;
        for (const { id } of items) seen.add(id);
        run.countListed(what, seen.size - before);
      }),
      toArray(),
      map((pages) => uniqueById(pages.flatMap(({ items }) => items))),
    );
  });
