import { type Observable, concatMap, from } from 'rxjs';
import type { PlannedFolder } from '../../core/pull-plan.js';
import { recordKey } from '../../core/records.js';
import type { MirrorRun } from '../render/mirror-run.js';
import { failedStep, orFailed } from '../run/failure.js';
import type { Step } from '../run/step.js';

const folderStep = (id: string, from: string | undefined, path: string): Step =>
  from === undefined || from === path
    ? { type: 'outcome', kind: 'folder', result: 'written', event: { type: 'folder.written', id, path } }
    : {
        type: 'outcome',
        kind: 'folder',
        result: 'moved',
        event: { type: 'folder.moved', id, from, to: path },
      };

/** Makes the directories of folders, so that an empty one is there, too; tells of those that could not be read. */
export const foldersLane$ = ({ store }: MirrorRun, planned: readonly PlannedFolder[]): Observable<Step> =>
  from(planned).pipe(
    concatMap(async ({ folder, directory }): Promise<Step> => {
      const { id, title, failure } = folder;
      if (failure !== undefined) return failedStep({ kind: 'folder', id, title }, failure);
      return orFailed({ kind: 'folder', id, title }, async (): Promise<Step> => {
        const key = recordKey('folder', id);
        const from = store.records.get(key)?.directory;
        await store.makeDirectory(key, directory);
        await store.put({
          kind: 'folder',
          id,
          version: 0,
          fingerprint: '',
          files: [],
          directory,
          folder,
        });
        return folderStep(id, from, directory);
      });
    }),
  );
