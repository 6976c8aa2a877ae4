import { type Observable, concat, defer, mergeMap, of } from 'rxjs';
import type { PlannedAttachment } from '../../core/pull-plan.js';
import { recordKey } from '../../core/records.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import type { MirrorStore } from '../../store/mirror-store.js';
import type { Run } from '../run/run.js';
import type { Step } from '../run/step.js';
import { type Move, stage } from './stage.js';

const moveOf = (store: MirrorStore, { attachment, path }: PlannedAttachment): Move[] => {
  const stamp = store.records.get(recordKey('attachment', attachment.id))?.files[0];
  return stamp ? [{ stamp, to: path }] : [];
};

/** Moves one attachment; undefined when that cannot be. */
const relocate = async (
  store: MirrorStore,
  { attachment, path }: PlannedAttachment,
): Promise<Step | undefined> => {
  const key = recordKey('attachment', attachment.id);
  const record = store.records.get(key);
  const stamp = record?.files[0];
  const moved = stamp && (await store.moveFile(key, stamp, path));
  if (!record || !moved) return undefined;
  await store.put({ ...record, files: [moved], attachment });
  return { type: 'outcome', kind: 'attachment', result: 'moved' };
};

/** Moves attachments to where they belong now, then goes on with `rest$`, which is told of those that could not be. */
export const relocateAttachments$ = (
  run: Run,
  store: MirrorStore,
  planned: readonly PlannedAttachment[],
  rest$: (missed: readonly PlannedAttachment[]) => Observable<Step>,
): Observable<Step> =>
  defer(() => {
    const missed: PlannedAttachment[] = [];
    const moveOrMiss = async (item: PlannedAttachment): Promise<Step[]> => {
      const step = await relocate(store, item);
      if (step === undefined) missed.push(item);
      return step === undefined ? [] : [step];
    };
    const moved$ = defer(() =>
      stage(
        store,
        planned.flatMap((item) => moveOf(store, item)),
      ),
    ).pipe(
      mergeMap(() => planned),
      adaptiveMergeMap(moveOrMiss, { limit$: of(1), drain$: run.stop$ }),
      mergeMap((steps) => steps),
    );
    return concat(
      moved$,
      defer(() => rest$(missed)),
    );
  });
