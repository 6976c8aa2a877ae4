import { type Observable, catchError, concat, concatMap, from, map, mergeMap, of } from 'rxjs';
import { accountIds, renderComments } from '../../convert/index.js';
import { commentBatches } from '../../core/comment-batches.js';
import { commentThreads } from '../../core/comment-threads.js';
import type { CommentWithBody } from '../../core/content.js';
import { commentsPath } from '../../core/page-paths.js';
import type { PlannedComments } from '../../core/pull-plan.js';
import { recordKey } from '../../core/records.js';
import { dependsOnContent } from '../../errors/depends-on-content.js';
import { isNotVisible } from '../../errors/http-error.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import type { MirrorStore } from '../../store/mirror-store.js';
import { failedStep, isFatal } from '../failure.js';
import type { MirrorView } from '../mirror-view.js';
import type { PullRun } from '../pull-run.js';
import { convertContext } from '../render/convert-context.js';
import { converting } from '../render/render-page.js';
import type { Step } from '../step.js';

type Batch = readonly PlannedComments[];

const writeComments = async (
  { people }: PullRun,
  store: MirrorStore,
  view: MirrorView,
  listed: PlannedComments,
  found: readonly CommentWithBody[],
): Promise<Step> => {
  const { page, base } = listed;
  if (found.length === 0) return { type: 'outcome', kind: 'comments', result: 'notVisible' };
  // One that was listed and did not come is not recorded: the next pull looks again.
  const ids = new Set(found.map(({ id }) => id));
  const planned = { ...listed, comments: listed.comments.filter(({ id }) => ids.has(id)) };
  const { context, references, noteAccount, weave } = convertContext(view, people, page.id);
  const threads = commentThreads(found, (accountId) => {
    if (accountId !== undefined) noteAccount(accountId);
    return view.authorOf(accountId);
  });
  const rendered = converting(`A comment of page ${page.id}`, () => renderComments(threads, context));
  const { text, spans } = weave(rendered);
  const path = commentsPath(base);
  const stamp = await store.writeText(recordKey('comments', page.id), path, text);
  await store.put({
    kind: 'comments',
    id: page.id,
    version: 0,
    fingerprint: view.commentsFingerprint(planned, references()),
    files: [stamp],
    references: references(),
    shape: view.commentsShape(planned, references()),
    spans,
    comments: planned.comments,
  });
  const event = { type: 'comments.written', pageId: page.id, path, count: found.length } as const;
  return { type: 'outcome', kind: 'comments', result: 'written', bytes: stamp.bytes, event };
};

const failed = ({ page }: PlannedComments, error: unknown): Step =>
  failedStep({ kind: 'comments', id: page.id, title: page.title }, error);

const writeOrFail = async (...args: Parameters<typeof writeComments>): Promise<Step> => {
  try {
    return await writeComments(...args);
  } catch (error) {
    if (isFatal(error)) throw error;
    return failed(args[3], error);
  }
};

const accountsOf = ({ authorId, body }: CommentWithBody): string[] => [
  ...(authorId === undefined ? [] : [authorId]),
  ...accountIds(body),
];

const fetch$ = (run: PullRun, store: MirrorStore, view: MirrorView, batch: Batch): Observable<Step> => {
  const writeBatch$ = (found: readonly CommentWithBody[]): Observable<Step> => {
    const write = (planned: PlannedComments): Promise<Step> =>
      writeOrFail(
        run,
        store,
        view,
        planned,
        found.filter(({ pageId }) => pageId === planned.page.id),
      );
    return concat(run.people.learn$(found.flatMap(accountsOf)), from(batch).pipe(concatMap(write)));
  };
  const again$ = (error: unknown): Observable<Step> => {
    if (batch.length === 1 || !(dependsOnContent(error) || isNotVisible(error)))
      return from(batch.map((planned) => failed(planned, error)));
    const middle = Math.ceil(batch.length / 2);
    return concat(
      fetch$(run, store, view, batch.slice(0, middle)),
      fetch$(run, store, view, batch.slice(middle)),
    );
  };
  return run.wiki.fetchComments$(batch.map(({ page }) => page.id)).pipe(
    map((found) => () => writeBatch$(found)),
    catchError((error: unknown) => {
      if (isFatal(error)) throw error;
      return of(() => again$(error));
    }),
    mergeMap((next) => next()),
  );
};

/** Fetches the comments of the planned pages, several pages a request, and writes one file a page. */
export const commentsLane$ = (
  run: PullRun,
  store: MirrorStore,
  view: MirrorView,
  planned: Batch,
): Observable<Step> =>
  from(commentBatches(planned)).pipe(
    adaptiveMergeMap((batch) => fetch$(run, store, view, batch), { limit$: run.limit$, drain$: run.stop$ }),
  );
