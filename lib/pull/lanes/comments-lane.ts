import { type Observable, catchError, concat, concatAll, concatMap, from, map, of } from 'rxjs';
import { accountIds, renderComments } from '../../convert/index.js';
import { commentBatches } from '../../core/comment-batches.js';
import { commentThreads } from '../../core/comment-threads.js';
import type { CommentWithBody, ListedPage } from '../../core/content.js';
import { commentsPath } from '../../core/page-paths.js';
import type { PlannedComments } from '../../core/pull-plan.js';
import { recordKey } from '../../core/records.js';
import { dependsOnContent } from '../../errors/depends-on-content.js';
import { isNotVisible } from '../../errors/http-error.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import type { MirrorStore } from '../../store/mirror-store.js';
import { attemptsOf, failed$, failedStep, isFatal, type Subject } from '../failure.js';
import type { MirrorView } from '../mirror-view.js';
import type { PullRun } from '../pull-run.js';
import { convertContext } from '../render/convert-context.js';
import { converting } from '../render/render-page.js';
import type { Step } from '../step.js';
import { withNames$ } from './with-names.js';

type Batch = readonly PlannedComments[];

/**
 * The planned comments that have come. Those that were listed and did not come, as they were deleted meanwhile or the
 * search left them out, go unrecorded: while they are listed, the next pull asks for them again.
 */
const received = (
  { notify }: PullRun,
  planned: PlannedComments,
  found: readonly CommentWithBody[],
): PlannedComments => {
  const ids = new Set(found.map(({ id }) => id));
  const comments = planned.comments.filter(({ id }) => ids.has(id));
  const missing = planned.comments.length - comments.length;
  if (missing > 0)
    notify({
      type: 'warning',
      code: 'comments-missing',
      message: `${missing} of ${planned.comments.length} listed comments of page ${planned.page.id} were not sent; the next pull asks for them again.`,
    });
  return { ...planned, comments };
};

const notVisibleStep = ({ id, title }: ListedPage): Step => ({
  type: 'outcome',
  kind: 'comments',
  result: 'notVisible',
  event: {
    type: 'warning',
    code: 'not-visible',
    message: `The comments of page ${id} "${title}" are listed and not visible any more.`,
  },
});

const writeComments = async (
  run: PullRun,
  store: MirrorStore,
  view: MirrorView,
  planned: PlannedComments,
  found: readonly CommentWithBody[],
): Promise<Step> => {
  const { page, base } = planned;
  if (found.length === 0) return notVisibleStep(page);
  const { context, references, noteAccount, weave } = convertContext(view, run.people, page.id);
  const threads = commentThreads(found, (accountId) => {
    if (accountId !== undefined) noteAccount(accountId);
    return view.authorOf(accountId);
  });
  const rendered = converting(`A comment of page ${page.id}`, () => renderComments(threads, context));
  const { text, spans } = weave(rendered);
  const path = commentsPath(base);
  const stored = received(run, planned, found);
  const stamp = await store.writeText(recordKey('comments', page.id), path, text);
  await store.put({
    kind: 'comments',
    id: page.id,
    version: 0,
    fingerprint: view.commentsFingerprint(stored, references()),
    files: [stamp],
    references: references(),
    shape: view.commentsShape(stored, references()),
    spans,
    comments: stored.comments,
  });
  const event = { type: 'comments.written', pageId: page.id, path, count: found.length } as const;
  return { type: 'outcome', kind: 'comments', result: 'written', bytes: stamp.bytes, event };
};

const subjectOf = ({ page: { id, title } }: PlannedComments): Subject => ({ kind: 'comments', id, title });

const writeOrFail = async (...args: Parameters<typeof writeComments>): Promise<Step> => {
  try {
    return await writeComments(...args);
  } catch (error) {
    if (isFatal(error)) throw error;
    return failedStep(subjectOf(args[3]), error);
  }
};

const accountsOf = ({ authorId, body }: CommentWithBody): string[] => [
  ...(authorId === undefined ? [] : [authorId]),
  ...accountIds(body),
];

const fetch$ = (
  run: PullRun,
  store: MirrorStore,
  view: MirrorView,
  batch: Batch,
  before: number,
): Observable<Step> => {
  const writeBatch$ = (found: readonly CommentWithBody[]): Observable<Step> => {
    const write = (planned: PlannedComments): Promise<Step> =>
      writeOrFail(
        run,
        store,
        view,
        planned,
        found.filter(({ pageId }) => pageId === planned.page.id),
      );
    const accounts = found.flatMap(accountsOf);
    return withNames$(run, accounts, batch.map(subjectOf), from(batch).pipe(concatMap(write)));
  };
  const again$ = (error: unknown): Observable<Step> => {
    const tried = before + attemptsOf(error);
    if (isFatal(error) || batch.length === 1 || !(dependsOnContent(error) || isNotVisible(error)))
      return failed$(run, batch.map(subjectOf), error, tried);
    const middle = Math.ceil(batch.length / 2);
    const half$ = (half: Batch) => fetch$(run, store, view, half, tried);
    return concat(half$(batch.slice(0, middle)), half$(batch.slice(middle)));
  };
  return run.wiki.fetchComments$(batch.map(({ page }) => page.id)).pipe(
    map(writeBatch$),
    catchError((error: unknown) => of(again$(error))),
    concatAll(),
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
    adaptiveMergeMap((batch) => fetch$(run, store, view, batch, 0), {
      limit$: run.limit$,
      drain$: run.stop$,
    }),
  );
