import { type Observable, catchError, concat, first, map, of } from 'rxjs';
import { z } from 'zod';
import type { ContainerType, ListedAttachment, PageKind } from '../core/content.js';
import type { Lane } from '../core/lane.js';
import { isNotVisible } from '../errors/http-error.js';
import { collect } from './collect.js';
import { folderPath, MAX_BATCH } from './listings.js';
import { checked, type Send } from './request.js';
import { walk$ } from './walk.js';
import { attachmentOf } from './wire/attachment.js';
import { listedPage } from './wire/page.js';

/** What the database says where the search index says nothing: absence from an index proves nothing. Cold. */
export interface Presence {
  /** Those of at most 250 pages (or blog posts) that are current. */
  readonly currentPages$: (kind: PageKind, ids: readonly string[]) => Observable<ReadonlySet<string>>;
  /** All current attachments of a page or blog post; none when that is gone or hidden. */
  readonly attachmentsOf$: (kind: PageKind, pageId: string) => Observable<readonly ListedAttachment[]>;
  /** Whether there is a current comment of this id. */
  readonly hasComment$: (id: string) => Observable<boolean>;
  /** Whether there is a current folder (whiteboard, database, embed) of this id. */
  readonly hasFolder$: (type: ContainerType, id: string) => Observable<boolean>;
}

const PATHS: Readonly<Record<PageKind, string>> = { page: '/api/v2/pages', blogpost: '/api/v2/blogposts' };
const Item = z.object({ status: z.string().nullish() });

/** 404 and 403 mean that the thing is not there, as far as this account can tell. */
const orAbsent = <T>(absent: T) =>
  catchError<T, Observable<T>>((error: unknown) => {
    if (!isNotVisible(error)) throw error;
    return of(absent);
  });

const isCurrent$ = (send: Send, lane: Lane, path: string): Observable<boolean> =>
  send({ lane, path }).pipe(
    map((response) => (checked(Item, response, path).status ?? 'current') === 'current'),
    orAbsent(false),
  );

export const createPresence = (send: Send): Presence => ({
  currentPages$: (kind, ids) => {
    const params = { id: ids.join(','), limit: MAX_BATCH, status: 'current' };
    return collect(walk$(send, { lane: 'pages', path: PATHS[kind], params }, listedPage(kind))).pipe(
      map((pages) => new Set(pages.map(({ id }) => id))),
    );
  },
  attachmentsOf$: (kind, pageId) => {
    const path = `${PATHS[kind]}/${pageId}/attachments`;
    const params = { limit: MAX_BATCH, status: 'current' };
    return collect(walk$(send, { lane: 'attachments', path, params }, attachmentOf(pageId))).pipe(
      orAbsent<readonly ListedAttachment[]>([]),
    );
  },
  hasComment$: (id) =>
    concat(
      isCurrent$(send, 'comments', `/api/v2/footer-comments/${id}`),
      isCurrent$(send, 'comments', `/api/v2/inline-comments/${id}`),
    ).pipe(first(Boolean, false)),
  hasFolder$: (type, id) => isCurrent$(send, 'folders', folderPath(type, id)),
});
