import { type Observable, from, of } from 'rxjs';
import type { ItemRecord } from '../../core/records.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import type { MirrorRun } from '../render/mirror-run.js';
import type { Step } from '../run/step.js';

const deleteItem = async ({ store }: MirrorRun, record: ItemRecord): Promise<Step> => {
  await store.remove(record);
  const { kind, id, files } = record;
  const path = files[0]?.path;
  const isPage = kind === 'page' || kind === 'blogpost';
  return {
    type: 'outcome',
    kind,
    result: 'deleted',
    ...(isPage && path !== undefined && { event: { type: 'page.deleted', id, path } }),
  };
};

/** Removes what leaves the mirror; the last part of a run, and only of one that was not stopped. */
export const deletions$ = (run: MirrorRun, deletions: readonly ItemRecord[]): Observable<Step> =>
  from(deletions).pipe(
    adaptiveMergeMap((record) => deleteItem(run, record), { limit$: of(1), drain$: run.stop$ }),
  );
