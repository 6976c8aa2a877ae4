import { type Observable, defer, from, of } from 'rxjs';
import type { ItemRecord } from '../../core/records.js';
import { DeletionRefusedError } from '../../errors/deletion-refused-error.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import type { MirrorStore } from '../../store/mirror-store.js';
import type { DeletionLimit } from '../pull-options.js';
import type { PullRun } from '../pull-run.js';
import type { Step } from '../step.js';

const mostDeletions = ({ atLeast, share }: DeletionLimit, recorded: number): number =>
  Math.max(atLeast, Math.floor(share * recorded));

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

/**
 * Removes what the wiki lists no more; the last part of a run, and only of one that was not stopped.
 * @throws DeletionRefusedError before the first deletion when there are more than allowed
 */
export const deletions$ = (
  run: PullRun,
  store: MirrorStore,
  deletions: readonly ItemRecord[],
): Observable<Step> =>
  defer(() => {
    const most = mostDeletions(run.options.deletionLimit, store.records.size);
    if (deletions.length > most && !run.options.force)
      throw new DeletionRefusedError(
        `${deletions.length} of ${store.records.size} mirrored items are not in the wiki any more; at most ${most} are deleted in one run.`,
        { hint: 'Nothing was deleted. If this is right, pull again with --force or a higher --max-delete.' },
      );
    return from(deletions).pipe(
      adaptiveMergeMap((record) => deleteItem(store, record), { limit$: of(1), drain$: run.stop$ }),
    );
  });
