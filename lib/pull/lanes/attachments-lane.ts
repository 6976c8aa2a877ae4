import { type Observable, catchError, from, map, of } from 'rxjs';
import type { ListedAttachment } from '../../core/content.js';
import type { PlannedAttachment } from '../../core/pull-plan.js';
import { recordKey } from '../../core/records.js';
import { isNotVisible } from '../../errors/http-error.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import type { MirrorStore } from '../../store/mirror-store.js';
import { failed$ } from '../failure.js';
import type { PullRun } from '../pull-run.js';
import type { Step } from '../step.js';

const notVisibleStep = ({ id, title, pageId }: ListedAttachment): Step => ({
  type: 'outcome',
  kind: 'attachment',
  result: 'notVisible',
  event: {
    type: 'warning',
    code: 'not-visible',
    message: `Attachment ${id} "${title}" of page ${pageId} is listed and not visible any more.`,
  },
});

const download$ = (
  run: PullRun,
  store: MirrorStore,
  { attachment, path }: PlannedAttachment,
): Observable<Step> => {
  const { id, pageId, title, version, sizeBytes } = attachment;
  const key = recordKey('attachment', id);
  const store$ = run.wiki.download$(attachment, async ({ stream, lengthBytes }) => {
    const stamp = await store.writeStream(key, path, stream, sizeBytes ?? lengthBytes);
    await store.put({ kind: 'attachment', id, version, fingerprint: '', files: [stamp], attachment });
    return stamp;
  });
  return store$.pipe(
    map(({ bytes }): Step => {
      const event = { type: 'attachment.written', pageId, id, path, bytes } as const;
      return { type: 'outcome', kind: 'attachment', result: 'written', bytes, event };
    }),
    catchError((error: unknown) => {
      if (isNotVisible(error)) return of(notVisibleStep(attachment));
      return failed$(run, [{ kind: 'attachment', id, title }], error);
    }),
  );
};

/** Downloads the planned attachments, each in one subscription from the request to the renamed file. */
export const attachmentsLane$ = (
  run: PullRun,
  store: MirrorStore,
  planned: readonly PlannedAttachment[],
): Observable<Step> =>
  from(planned).pipe(
    adaptiveMergeMap((item) => download$(run, store, item), {
      limit$: run.attachmentLimit$,
      drain$: run.stop$,
    }),
  );
