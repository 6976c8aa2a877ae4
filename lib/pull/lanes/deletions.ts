import { EMPTY, type Observable, from, mergeMap, of } from 'rxjs';
import type { ItemRecord } from '../../core/records.js';
import type { EventBody } from '../../events/events.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import type { MirrorRun } from '../render/mirror-run.js';
import { orFailed, type Subject } from '../run/failure.js';
import type { Step } from '../run/step.js';
import { pageDeleted } from './file-steps.js';

/** What tells that an item has left the mirror; nothing of one that had no file. */
const deletedEvents = ({ kind, id, files, directory, attachment }: ItemRecord): readonly EventBody[] => {
  if (kind === 'page' || kind === 'blogpost') return pageDeleted(id, files);
  const path = files[0]?.path ?? directory;
  if (path === undefined) return [];
  switch (kind) {
    case 'attachment':
      return [{ type: 'attachment.deleted', pageId: attachment?.pageId ?? '', id, path }];
    case 'comments':
      return [{ type: 'comments.deleted', pageId: id, path }];
    case 'folder':
      return [{ type: 'folder.deleted', id, path }];
  }
};

const deleteItem = async ({ store }: MirrorRun, record: ItemRecord): Promise<Step> => {
  await store.remove(record);
  const [event, ...beside] = deletedEvents(record);
  return {
    type: 'outcome',
    kind: record.kind,
    result: 'deleted',
    ...(event && { event }),
    ...(beside.length > 0 && { beside }),
  };
};

const subjectOf = ({ kind, id, page, attachment, folder, files }: ItemRecord): Subject => ({
  kind,
  id,
  title: (page ?? attachment ?? folder)?.title ?? files[0]?.path ?? '',
});

/** Removes an item. It was not listed: one that cannot be removed counts as listed, as it is there and has failed. */
const remove$ = (run: MirrorRun, record: ItemRecord): Observable<Step> =>
  from(orFailed(subjectOf(record), () => deleteItem(run, record))).pipe(
    mergeMap((step): Step[] =>
      step.type === 'outcome' && step.result === 'failed'
        ? [{ type: 'listed', kind: step.kind, count: 1 }, step]
        : [step],
    ),
  );

/**
 * Removes what leaves the mirror, by the keys of the records; the last part of a run, and only of one that was not stopped.
 */
export const deletions$ = (run: MirrorRun, deletions: readonly string[]): Observable<Step> =>
  from(deletions).pipe(
    adaptiveMergeMap(
      (key) => {
        const record = run.store.records.get(key);
        return record === undefined ? EMPTY : remove$(run, record);
      },
      { limit$: of(1), drain$: run.stop$ },
    ),
  );
