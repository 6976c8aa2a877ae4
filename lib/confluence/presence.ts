import { type Observable, catchError, concat, first, map, of } from 'rxjs';
import { z } from 'zod';
import type { PageKind } from '../core/content.js';
import { isNotVisible } from '../errors/http-error.js';
import { checked, type Send } from './request.js';

/** What the database says where the search index says nothing: absence from an index proves nothing. Cold. */
export interface Presence {
  /** Whether there is a current attachment of this id. */
  readonly hasAttachment$: (id: string) => Observable<boolean>;
  /** Whether a page or blog post has any comment. */
  readonly hasComments$: (kind: PageKind, pageId: string) => Observable<boolean>;
}

const PATHS: Readonly<Record<PageKind, string>> = { page: '/api/v2/pages', blogpost: '/api/v2/blogposts' };
const Item = z.object({ status: z.string().nullish() });
const List = z.object({
  results: z.array(z.unknown()),
  _links: z.object({ next: z.string().nullish() }).nullish(),
});

/** 404 and 403 mean that the thing is not there, as far as this account can tell. */
const orAbsent = catchError<boolean, Observable<boolean>>((error: unknown) => {
  if (!isNotVisible(error)) throw error;
  return of(false);
});

const isCurrent$ = (send: Send, path: string): Observable<boolean> =>
  send({ lane: 'attachments', path }).pipe(
    map((response) => (checked(Item, response, path).status ?? 'current') === 'current'),
    orAbsent,
  );

const hasAny$ = (send: Send, path: string): Observable<boolean> =>
  send({ lane: 'comments', path, params: { limit: 1 } }).pipe(
    map((response) => {
      const { results, _links } = checked(List, response, path);
      return results.length > 0 || typeof _links?.next === 'string';
    }),
    orAbsent,
  );

export const createPresence = (send: Send): Presence => ({
  hasAttachment$: (id) => isCurrent$(send, `/api/v2/attachments/${id}`),
  hasComments$: (kind, pageId) =>
    concat(
      hasAny$(send, `${PATHS[kind]}/${pageId}/footer-comments`),
      hasAny$(send, `${PATHS[kind]}/${pageId}/inline-comments`),
    ).pipe(first(Boolean, false)),
});
