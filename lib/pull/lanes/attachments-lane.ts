import { type Observable, catchError, defer, map, mergeMap, of } from 'rxjs';
import type { MediaAnswer } from '../../confluence/media.js';
import type { ListedAttachment } from '../../core/content.js';
import { isUnspecific } from '../../core/media-type.js';
import type { PlannedAttachment } from '../../core/pull-plan.js';
import { type FileStamp, recordKey } from '../../core/records.js';
import { isRefusedItem } from '../../errors/http-error.js';
import { MediaError } from '../../errors/media-error.js';
import { mergeOnDemand$ } from '../../operators/merge-on-demand.js';
import { failed$, isFatal } from '../run/failure.js';
import type { MirrorRun } from '../render/mirror-run.js';
import type { Run } from '../run/run.js';
import type { Step } from '../run/step.js';

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

/** Whether an answer may be of the type that the wiki states. */
const isOfType = ({ contentType }: MediaAnswer, { mediaType }: ListedAttachment): boolean =>
  isUnspecific(contentType) || isUnspecific(mediaType) || mediaType?.startsWith(contentType ?? '') === true;

/**
 * How long the file must be. The stated size may be wrong: what comes whole by its own length, which is the same a second
 * time, is taken for right if its type is. An empty answer for a file that is not known to be empty is none.
 */
const lengthJudge = (run: Run, attachment: ListedAttachment) => {
  const { id, title, sizeBytes } = attachment;
  let before: number | undefined;
  return (answer: MediaAnswer): number | undefined => {
    const { lengthBytes } = answer;
    if (sizeBytes === undefined && lengthBytes === 0)
      throw new MediaError('media-length', 'The media host sends nothing.');
    if (sizeBytes === undefined || lengthBytes === undefined || lengthBytes === sizeBytes)
      return lengthBytes ?? sizeBytes;
    if (before === lengthBytes && lengthBytes > 0 && isOfType(answer, attachment)) {
      run.notify({
        type: 'warning',
        code: 'wrong-size',
        message: `The wiki states ${sizeBytes} bytes for attachment ${id} "${title}", and sends ${lengthBytes}, which is stored.`,
      });
      return lengthBytes;
    }
    before = lengthBytes;
    throw new MediaError(
      'media-length',
      `The media host sends ${lengthBytes} bytes, where the wiki states ${sizeBytes}.`,
    );
  };
};

/** With size and type by its id where the listing tells neither: without both any answer would pass for the file. */
const describe$ = ({ wiki }: Run, attachment: ListedAttachment): Observable<ListedAttachment> => {
  if (attachment.sizeBytes !== undefined || attachment.mediaType !== undefined) return of(attachment);
  return wiki.attachment$(attachment.id).pipe(
    map((found) => ({
      ...attachment,
      sizeBytes: found?.attachment.sizeBytes,
      mediaType: found?.attachment.mediaType,
    })),
    catchError((error: unknown) => {
      if (isFatal(error)) throw error;
      return of(attachment);
    }),
  );
};

const storeAttachment$ = (run: MirrorRun, { attachment, path }: PlannedAttachment): Observable<Step> =>
  defer(() => {
    const { id, pageId, title, version } = attachment;
    const key = recordKey('attachment', id);
    const change = run.store.records.has(key) ? 'edited' : 'new';
    const storeAs$ = (described: ListedAttachment): Observable<FileStamp> => {
      const expectedBytes = lengthJudge(run, described);
      return run.wiki.download$(described, async (answer) => {
        const stamp = await run.store.writeStream(key, path, answer.stream, expectedBytes(answer));
        await run.store.put({ kind: 'attachment', id, version, fingerprint: '', files: [stamp], attachment });
        return stamp;
      });
    };
    return describe$(run, attachment).pipe(
      mergeMap(storeAs$),
      map(({ bytes }): Step => {
        const event = { type: 'attachment.written', pageId, id, path, bytes, change } as const;
        return { type: 'outcome', kind: 'attachment', result: 'written', bytes, event };
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
