import { type Observable, concatMap, from, map, mergeMap, of, toArray } from 'rxjs';
import type { FoundComment } from '../../confluence/presence.js';
import type { WikiClient } from '../../confluence/wiki-client.js';
import type { CommentWithBody, ListedComment } from '../../core/content.js';
import { consequenceOf } from '../../errors/consequence.js';
import { isNotVisible } from '../../errors/http-error.js';
import { MalformedResponseError } from '../../errors/malformed-response-error.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import { isFatal } from '../run/failure.js';
import { inParts$, type InPartsConfig } from '../run/in-parts.js';

export interface CommentsInBulkConfig<T, R> extends Pick<InPartsConfig<T, R>, 'failed$'> {
  readonly pageIdOf: (item: T) => string;
  /** What becomes of a page by what the search has found on it. */
  readonly each$: (item: T, found: readonly CommentWithBody[]) => Observable<R>;
}

/** Asks for the comments of several pages at once; a request that fails is sent for half as many. */
export const commentsInBulk$ = <T, R>(
  wiki: Pick<WikiClient, 'fetchComments$'>,
  batch: readonly T[],
  { pageIdOf, each$, failed$ }: CommentsInBulkConfig<T, R>,
): Observable<R> =>
  inParts$(batch, {
    ask$: (some) =>
      wiki.fetchComments$(some.map(pageIdOf)).pipe(
        mergeMap((found) =>
          from(some).pipe(
            concatMap((item) =>
              each$(
                item,
                found.filter(({ pageId }) => pageId === pageIdOf(item)),
              ),
            ),
          ),
        ),
      ),
    failed$,
    mayHelp: (error) => isNotVisible(error) || (!isFatal(error) && consequenceOf(error).inParts),
  });

/** Whether an answer has the comment in an older version than is listed: the search index lags behind. */
const isOlder = (listed: Pick<ListedComment, 'version'>, { version }: CommentWithBody): boolean =>
  version !== 0 && version < listed.version;

const notOlder = (
  listed: Pick<ListedComment, 'id' | 'version'>,
  found: FoundComment | undefined,
): FoundComment | undefined => {
  if (found === undefined || !isOlder(listed, found.comment)) return found;
  throw new MalformedResponseError(
    `Comment ${listed.id} comes in version ${found.comment.version}, where ${listed.version} is listed.`,
  );
};

/**
 * What was found of a page with those that were listed and that the search left out, or has without a version or in an older
 * one: by their ids. One that is not there either has gone since; one that cannot be had fails them all, as half of them would
 * pass for all.
 */
export const completeComments$ = (
  { wiki, limit$ }: { readonly wiki: Pick<WikiClient, 'comment$'>; readonly limit$: Observable<number> },
  listed: readonly Pick<ListedComment, 'id' | 'version'>[],
  found: readonly CommentWithBody[],
): Observable<readonly CommentWithBody[]> => {
  const came = new Map(found.map((comment) => [comment.id, comment]));
  const missing = listed.filter((each) => {
    const comment = came.get(each.id);
    return comment === undefined || comment.version === 0 || isOlder(each, comment);
  });
  if (missing.length === 0) return of(found);
  const asked = new Set(missing.map(({ id }) => id));
  return from(missing).pipe(
    adaptiveMergeMap((each) => wiki.comment$(each.id).pipe(map((late) => notOlder(each, late))), { limit$ }),
    toArray(),
    map((late) => [
      ...found.filter(({ id }) => !asked.has(id)),
      ...late.flatMap((each) => (each?.status === 'current' ? each.comment : [])),
    ]),
  );
};
