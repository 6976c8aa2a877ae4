import { type MonoTypeOperatorFunction, type Observable, defer, map, tap } from 'rxjs';
import { containerCql } from '../core/cql.js';
import type { BodyFormat, CommentWithBody, PageKind, PageWithBody } from '../core/content.js';
import { uniqueById } from '../core/unique.js';
import { MalformedResponseError } from '../errors/malformed-response-error.js';
import { tooLarge } from './api-errors.js';
import { collect } from './collect.js';
import { MAX_BATCH } from './listings.js';
import { type ApiRequest, nameOf, parseAnswer, type Send } from './request.js';
import type { MakeSearch } from './search.js';
import { type ListingPage, walk$ } from './walk.js';
import { BODY_FORMAT, pageWithBody } from './wire/page.js';
import { COMMENT_BODY_EXPAND, commentWithBody } from './wire/search.js';
import { UserList } from './wire/user.js';

/** The reads that carry text: each call is one batch, emitted whole. Cold. */
export interface Bodies {
  /** At most 250 pages (or blog posts); ids that are gone or hidden are missing from the emission. */
  readonly fetchPages$: (
    kind: PageKind,
    ids: readonly string[],
    format: BodyFormat,
  ) => Observable<readonly PageWithBody[]>;
  /** One page alone: it answers 404 or 403 where a batch is silent. */
  readonly fetchPage$: (kind: PageKind, id: string, format: BodyFormat) => Observable<PageWithBody>;
  /** All comments of some pages. */
  readonly fetchComments$: (pageIds: readonly string[]) => Observable<readonly CommentWithBody[]>;
  /** Display names of at most 250 accounts; unknown and hidden ones are missing. */
  readonly users$: (accountIds: readonly string[]) => Observable<ReadonlyMap<string, string>>;
}

const PATHS: Readonly<Record<PageKind, string>> = { page: '/api/v2/pages', blogpost: '/api/v2/blogposts' };

/** Ends a listing whose bodies come to more than one answer may, though each of its answers is small enough. */
const withinBytes = <T extends { readonly body?: string | undefined }>(
  what: string,
  mostBytes: number,
): MonoTypeOperatorFunction<ListingPage<T>> => {
  return (pages$) =>
    defer(() => {
      let bytes = 0;
      return pages$.pipe(
        tap(({ items }) => {
          for (const { body = '' } of items) bytes += body.length;
          if (bytes > mostBytes) throw tooLarge(what, mostBytes);
        }),
      );
    });
};

/** @param maxBytes what the bodies of one call may come to */
export const createBodies = (send: Send, search: MakeSearch, maxBytes: number): Bodies => {
  const comments = search('comments', COMMENT_BODY_EXPAND, commentWithBody, { hasBodies: true });
  return {
    fetchPages$: (kind, ids, format) => {
      const params = {
        id: ids.join(','),
        limit: MAX_BATCH,
        status: 'current',
        'body-format': BODY_FORMAT[format],
      };
      const request: ApiRequest = { lane: 'pages', path: PATHS[kind], params, hasBodies: true };
      return collect(
        walk$(send, request, pageWithBody(kind, format)).pipe(withinBytes(nameOf(request), maxBytes)),
      );
    },
    fetchPage$: (kind, id, format) => {
      const path = `${PATHS[kind]}/${id}`;
      const params = { 'body-format': BODY_FORMAT[format] };
      return send({ lane: 'pages', path, params, hasBodies: true }).pipe(
        map((response) => parseAnswer(pageWithBody(kind, format), response, path)),
        map((page) => {
          if (page.id === id) return page;
          throw new MalformedResponseError(`${path} answered with another ${kind}: ${page.id}.`);
        }),
      );
    },
    fetchComments$: (pageIds) =>
      collect(
        comments(containerCql('comment', pageIds)).pipe(
          withinBytes('The search for the comments of a page', maxBytes),
        ),
      ).pipe(map(uniqueById)),
    users$: (accountIds) =>
      send({ lane: 'users', path: '/api/v2/users-bulk', body: { accountIds } }).pipe(
        map((response) => {
          const { results } = parseAnswer(UserList, response, '/api/v2/users-bulk');
          return new Map(
            results.flatMap((user): [string, string][] => {
              const name = user?.displayName ?? user?.publicName;
              return user?.accountId === undefined || name === undefined || name === ''
                ? []
                : [[user.accountId, name]];
            }),
          );
        }),
      ),
  };
};
