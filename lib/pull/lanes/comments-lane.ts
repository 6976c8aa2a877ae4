import { type Observable, catchError, defer, from, map, mergeMap, of } from 'rxjs';
import { accountIds, renderComments } from '../../convert/index.js';
import { commentBatches } from '../../core/comment-batches.js';
import { commentThreads } from '../../core/comment-threads.js';
import type { CommentWithBody } from '../../core/content.js';
import { commentsPath } from '../../core/page-paths.js';
import type { PlannedComments } from '../../core/pull-plan.js';
import { commentsMatter } from '../../core/comments-matter.js';
import { renderFrontMatter } from '../../core/front-matter.js';
import { recordKey } from '../../core/records.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import { failed$, orFailed, type Subject } from '../run/failure.js';
import type { MirrorRun } from '../render/mirror-run.js';
import type { Run } from '../run/run.js';
import { convertContext } from '../../rendering/convert-context.js';
import { converting } from '../render/converting.js';
import { bodySettings, surroundingsOf } from '../render/page-context.js';
import type { Step } from '../run/step.js';
import { commentsInBulk$, completeComments$ } from './comments-in-bulk.js';
import { withNames$ } from './with-names.js';

type Batch = readonly PlannedComments[];

/** Comments of one page as they came. */
interface Received {
  readonly planned: PlannedComments;
  readonly found: readonly CommentWithBody[];
}

const subjectOf = ({ page: { id, title } }: PlannedComments): Subject => ({ kind: 'comments', id, title });

const goneStep = ({ page: { id, title }, base }: PlannedComments): Step => ({
  type: 'outcome',
  kind: 'comments',
  result: 'notVisible',
  event: {
    type: 'warning',
    code: 'not-visible',
    message: `The comments of page ${id} "${title}" (${commentsPath(base)}) have gone since they were listed.`,
  },
});

/** With what the search has left out; a comment that has gone since it was listed is not planned any more. */
const complete$ = (run: Run, { planned, found }: Received): Observable<Received> =>
  completeComments$(run, planned.comments, found).pipe(
    map((all) => {
      const ids = new Set(all.map(({ id }) => id));
      return {
        planned: { ...planned, comments: planned.comments.filter(({ id }) => ids.has(id)) },
        found: all,
      };
    }),
  );

const accountsOf = ({ authorId, body }: CommentWithBody): string[] => [
  ...(authorId === undefined ? [] : [authorId]),
  ...accountIds(body),
];

/** Renders and writes the comments of one page. */
const writeComments = async (run: MirrorRun, { planned, found }: Received): Promise<Step> => {
  const { store, layout } = run;
  const { page, base, comments } = planned;
  const { context, references, noteAccount, weave } = convertContext(
    bodySettings(run),
    surroundingsOf(run, page.id),
  );
  const threads = commentThreads(found, (accountId) => {
    if (accountId !== undefined) noteAccount(accountId);
    return layout.authorOf(accountId);
  });
  const bodies = found.map(({ body }) => body);
  const rendered = converting(run, `The comments of page ${page.id}`, bodies, () =>
    renderComments(threads, context),
  );
  const { text, spans } = weave(rendered);
  const matter = commentsMatter(page, layout.inventory.space, found.length);
  const path = commentsPath(base);
  const key = recordKey('comments', page.id);
  const before = store.records.get(key);
  const change = before === undefined ? 'new' : 'edited';
  const stamp = await store.writeText(key, path, renderFrontMatter(matter) + text);
  await store.put({
    kind: 'comments',
    id: page.id,
    version: 0,
    fingerprint: layout.commentsFingerprint(planned, references()),
    files: [stamp],
    references: references(),
    shape: layout.commentsShape(planned, references()),
    spans,
    comments,
  });
  const { bytes } = stamp;
  const from = before?.files[0]?.path ?? path;
  const pageId = page.id;
  const first = { type: 'comments.moved', pageId, from, to: path, bytes } as const;
  const written = { pageId, path, bytes, count: found.length, change } as const;
  const event = { type: 'comments.written', ...written } as const;
  return {
    type: 'outcome',
    kind: 'comments',
    result: 'written',
    bytes,
    ...(from !== path && { first }),
    event,
  };
};

/** Fetches the comments of the planned pages, several pages a request, and writes one file a page. */
export const commentsLane$ = (run: MirrorRun, planned: Batch): Observable<Step> => {
  const write$ = (received: Received): Observable<Step> =>
    complete$(run, received).pipe(
      mergeMap((all) =>
        all.found.length === 0
          ? of(goneStep(all.planned))
          : withNames$(
              run,
              all.found.flatMap(accountsOf),
              [subjectOf(all.planned)],
              defer(() => orFailed(subjectOf(all.planned), () => writeComments(run, all))),
            ),
      ),
      catchError((error: unknown) => failed$(run, [subjectOf(received.planned)], error)),
    );

  const fetch$ = (batch: Batch): Observable<Step> =>
    commentsInBulk$(run.wiki, batch, {
      pageIdOf: ({ page }) => page.id,
      each$: (each, found) => write$({ planned: each, found }),
      failed$: (some, error, tried) => failed$(run, some.map(subjectOf), error, tried),
    });

  return from(commentBatches(planned)).pipe(
    adaptiveMergeMap(fetch$, { limit$: run.limit$, drain$: run.stop$ }),
  );
};
