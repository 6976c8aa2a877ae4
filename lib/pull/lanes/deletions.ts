import { type Observable, from, of } from 'rxjs';
import type { ItemRecord } from '../../core/records.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import type { MirrorStore } from '../../store/mirror-store.js';
import type { Run } from '../run/run.js';
import type { Step } from '../run/step.js';

const deleteItem = async (store: MirrorStore, record: ItemRecord): Promise<Step> => {
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
export const deletions$ = (
  run: Run,
  store: MirrorStore,
  deletions: readonly ItemRecord[],
): Observable<Step> =>
  from(deletions).pipe(
    adaptiveMergeMap((record) => deleteItem(store, record), { limit$: of(1), drain$: run.stop$ }),
  );
