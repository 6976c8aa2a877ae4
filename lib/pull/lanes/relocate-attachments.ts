import type { Observable } from 'rxjs';
import type { PlannedAttachment } from '../../core/pull-plan.js';
import { recordKey } from '../../core/records.js';
import type { MirrorRun } from '../render/mirror-run.js';
import type { Step } from '../run/step.js';
import { type Missed, relocate$ } from './relocate.js';

const relocateAttachment = async (
  { store }: MirrorRun,
  { attachment, path }: PlannedAttachment,
): Promise<Step | undefined> => {
  const key = recordKey('attachment', attachment.id);
  const record = store.records.get(key);
  const stamp = record?.files[0];
  const moved = stamp && (await store.moveFile(key, stamp, path));
  if (!record || !moved) return undefined;
  await store.put({ ...record, files: [moved], attachment });
  const { id, pageId } = attachment;
  const event = {
    type: 'attachment.moved',
    pageId,
    id,
    from: stamp.path,
    to: path,
    bytes: moved.bytes,
  } as const;
  return { type: 'outcome', kind: 'attachment', result: 'moved', event };
};

/** Moves attachments to where they belong now; ends with those that could not be moved. */
export const relocateAttachments$ = (
  run: MirrorRun,
  planned: Iterable<PlannedAttachment>,
): Observable<Step | Missed<PlannedAttachment>> =>
  relocate$(run, planned, {
    movesOf: ({ attachment, path }) => {
      const stamp = run.store.records.get(recordKey('attachment', attachment.id))?.files[0];
      return stamp ? [{ stamp, to: path }] : [];
    },
    subjectOf: ({ attachment: { id, title } }) => ({ kind: 'attachment', id, title }),
    relocate: (item) => relocateAttachment(run, item),
  });
