import { type Observable, catchError, defer, map, mergeMap, of } from 'rxjs';
import type { ListedAttachment } from '../../core/content.js';
import type { PlannedAttachment } from '../../core/pull-plan.js';
import { asOutdated, type FileStamp, type ItemRecord, recordKey } from '../../core/records.js';
import { isRefusedItem } from '../../errors/http-error.js';
import { mergeOnDemand$ } from '../../operators/merge-on-demand.js';
import { failed$, isFatal } from '../run/failure.js';
import type { MirrorRun } from '../render/mirror-run.js';
import type { Run } from '../run/run.js';
import type { Step } from '../run/step.js';
import { describe$, lengthJudge } from './attachment-answer.js';

const goneStep = ({ attachment: { id, title }, path }: PlannedAttachment): Step => ({
  type: 'outcome',
  kind: 'attachment',
  result: 'notVisible',
  event: {
    type: 'warning',
    code: 'not-visible',
    message: `Attachment ${id} "${title}" (${path}) has gone since it was listed.`,
  },
});

/** Whether the database has the attachment in the trash: then it has gone since it was listed. */
const hasGone$ = ({ wiki }: Run, { id }: ListedAttachment): Observable<boolean> =>
  wiki.attachment$(id).pipe(
    map((found) => (found?.status ?? 'current') !== 'current'),
    catchError((error: unknown) => {
      if (isFatal(error)) throw error;
      return of(false);
    }),
  );

/**
 * Whether a file is to be asked for again by the next pull: it is not as long as the wiki states, and it is not the same that
 * came before. Who states a wrong size for good costs one download more, once.
 */
const isDoubtful = (
  { sizeBytes }: ListedAttachment,
  { bytes, hash }: FileStamp,
  before: ItemRecord | undefined,
): boolean => sizeBytes !== undefined && sizeBytes !== bytes && before?.files[0]?.hash !== hash;

const storeAttachment$ = (run: MirrorRun, { attachment, path }: PlannedAttachment): Observable<Step> =>
  defer(() => {
    const { id, pageId, title, version } = attachment;
    const key = recordKey('attachment', id);
    const before = run.store.records.get(key);
    const change = before === undefined ? 'new' : 'edited';
    const storeAs$ = (described: ListedAttachment): Observable<FileStamp> => {
      const expectedBytes = lengthJudge(run, described);
      return run.wiki.download$(described, async (answer) => {
        const stamp = await run.store.writeStream(key, path, answer.stream, expectedBytes(answer));
        const record: ItemRecord = {
          kind: 'attachment',
          id,
          version,
          fingerprint: '',
          files: [stamp],
          attachment,
        };
        await run.store.put(isDoubtful(described, stamp, before) ? asOutdated(record) : record);
        return stamp;
      });
    };
    return describe$(run, attachment).pipe(
      mergeMap(storeAs$),
      map(({ bytes }): Step => {
        const from = before?.files[0]?.path ?? path;
        const event = { type: 'attachment.written', pageId, id, path, bytes, change } as const;
        const first = { type: 'attachment.moved', pageId, id, from, to: path, bytes } as const;
        const told = { ...(from !== path && { first }), event };
        return { type: 'outcome', kind: 'attachment', result: 'written', bytes, ...told };
      }),
      catchError((error: unknown) =>
        (isRefusedItem(error) ? hasGone$(run, attachment) : of(false)).pipe(
          mergeMap((hasGone) =>
            hasGone
              ? of(goneStep({ attachment, path }))
              : failed$(run, [{ kind: 'attachment', id, title }], error),
          ),
        ),
      ),
    );
  });

/** Downloads the planned attachments, each in one subscription from the request to the renamed file. */
export const attachmentsLane$ = (run: MirrorRun, planned: Iterable<PlannedAttachment>): Observable<Step> =>
  mergeOnDemand$(planned, (item) => storeAttachment$(run, item), {
    limit$: run.attachmentLimit$,
    drain$: run.stop$,
  });
