import { type Observable, concatMap, from } from 'rxjs';
import type { PlannedFolder } from '../../core/pull-plan.js';
import type { MirrorRun } from '../render/mirror-run.js';
import { failedStep } from '../run/failure.js';
import type { Step } from '../run/step.js';

/** Makes the directories of folders, so that an empty one is there, too; tells of those that could not be read. */
export const foldersLane$ = ({ store }: MirrorRun, planned: readonly PlannedFolder[]): Observable<Step> =>
  from(planned).pipe(
    concatMap(async ({ folder, directory }): Promise<Step> => {
      const { id, title, failure } = folder;
      if (failure !== undefined) return failedStep({ kind: 'folder', id, title }, failure);
      await store.makeDirectory(directory);
      await store.put({
        kind: 'folder',
        id,
        version: 0,
        fingerprint: '',
        files: [],
        directory,
        folder,
      });
      return { type: 'outcome', kind: 'folder', result: 'written' };
    }),
  );
