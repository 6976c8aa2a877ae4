import { type Observable, type OperatorFunction, from, map, throwError } from 'rxjs';
import { MOST_PAGES } from '../../core/comment-batches.js';
import type { CommentWithBody, ListedComment } from '../../core/content.js';
import { batchMap } from '../../operators/batch-map.js';
import { settle } from '../../operators/settle.js';
import { commentsInBulk$, completeComments$ } from '../lanes/comments-in-bulk.js';
import { type Fetched, type FetchConfig, type Fetching, isFatalFetch } from './fetching.js';

/** A page or blog post whose comments are wanted. */
export interface CommentedPage {
  readonly id: string;
  /** What a listing has told of them: those that the search then leaves out are asked for by their ids. @default none */
  readonly comments?: readonly ListedComment[];
}

/** The comments of a page. */
export interface PageComments<T> {
  readonly page: T;
  /** Footer and inline comments and their replies, with bodies in storage format. */
  readonly comments: readonly CommentWithBody[];
}

/** See `Fetchers`. */
export const fetchComments = <T extends CommentedPage>(
  { client: wiki, limit$ }: Fetching,
  config: FetchConfig,
): OperatorFunction<T, Fetched<T, PageComments<T>>> => {
  const complete$ = (page: T, found: readonly CommentWithBody[]): Observable<Fetched<T, PageComments<T>>> =>
    settle(
      (input: T) =>
        completeComments$({ wiki, limit$ }, input.comments ?? found, found).pipe(
          map((comments) => ({ page: input, comments })),
        ),
      { isFatal: isFatalFetch },
    )(page, 0);
  return batchMap(
    (batch) =>
      commentsInBulk$<T, Fetched<T, PageComments<T>>>(wiki, batch, {
        pageIdOf: ({ id }) => id,
        each$: complete$,
        failed$: (items, reason) =>
          isFatalFetch(reason)
            ? throwError(() => reason)
            : from(items.map((input) => ({ status: 'rejected' as const, reason, input }))),
      }),
    { ...config, limit$, size: () => MOST_PAGES },
  );
};
