import {
  type Observable,
  EMPTY,
  catchError,
  concat,
  defaultIfEmpty,
  first,
  map,
  mergeMap,
  of,
  tap,
} from 'rxjs';
import { z } from 'zod';
import type {
  CommentWithBody,
  ContainerType,
  FoundPage,
  ListedAttachment,
  PageKind,
} from '../core/content.js';
import { isHttpError } from '../errors/http-error.js';
import { MalformedResponseError } from '../errors/malformed-response-error.js';
import { collectWhole } from './collect.js';
import { folderPath, MAX_BATCH } from './listings.js';
import { type ApiRequest, parseAnswer, type Send } from './request.js';
import { walk$ } from './walk.js';
import { attachmentById, attachmentId, attachmentOf } from './wire/attachment.js';
import { commentById, commentOrigin } from './wire/comment.js';
import { Id, optional, Status } from './wire/common.js';
import { foundPage } from './wire/page.js';

/**
 * What the database says of things by their ids, where a listing says nothing of them: absence from a listing proves
 * nothing. Cold. Whoever is not to be seen is `undefined`: gone or hidden, the wiki does not say which.
 */
export interface Presence {
  /** Those of at most 250 pages (or blog posts) that are to be seen, in any status and space, by id. */
  readonly pagesById$: (kind: PageKind, ids: readonly string[]) => Observable<ReadonlyMap<string, FoundPage>>;
  /** One page (or blog post) by itself. */
  readonly page$: (kind: PageKind, id: string) => Observable<FoundPage | undefined>;
  /** Ids of all that stands above a page. */
  readonly ancestorsOf$: (pageId: string) => Observable<ReadonlySet<string>>;
  /** Whether a page or folder stands directly below a page or folder. */
  readonly hasChildren$: (type: 'page' | 'folder', id: string) => Observable<boolean>;
  /** All current attachments of a page or blog post. */
  readonly attachmentsOf$: (kind: PageKind, pageId: string) => Observable<readonly ListedAttachment[]>;
  readonly attachment$: (id: string) => Observable<FoundAttachment | undefined>;
  readonly comment$: (id: string) => Observable<FoundComment | undefined>;
  /** A folder (whiteboard, database, embed). */
  readonly findFolder$: (type: ContainerType, id: string) => Observable<FoundFolder | undefined>;
}

/** Where a folder is that was asked for by its id. */
export interface FoundFolder {
  readonly status: string;
  /** Absent where the wiki does not tell it. */
  readonly spaceId?: string | undefined;
}

/** Where an attachment is that was asked for by its id. */
export interface FoundAttachment {
  readonly attachment: ListedAttachment;
  readonly status: string;
}

/** Where a comment is that was asked for by its id. */
export interface FoundComment {
  readonly comment: CommentWithBody;
  readonly status: string;
}

const PATHS: Readonly<Record<PageKind, string>> = { page: '/api/v2/pages', blogpost: '/api/v2/blogposts' };
const STATUSES: Readonly<Record<PageKind, string>> = {
  page: 'current,archived,trashed,deleted',
  blogpost: 'current,trashed,deleted',
};
const COMMENT_PARAMS = { 'body-format': 'storage' } as const;
const FolderRow: z.ZodType<FoundFolder> = z.object({ status: Status, spaceId: optional(Id) });
const Ancestor = z.object({ id: Id });

const Identified = z.object({ id: optional(Id) });

/** What is answered by the id with which the path ends; nothing for a 404 that names it. */
const byId$ = <T>(send: Send, request: ApiRequest, schema: z.ZodType<T>): Observable<T> =>
  send(request).pipe(
    tap((response) => {
      const { id } = parseAnswer(Identified, response, request.path);
      if (id !== undefined && attachmentId(id) !== attachmentId(request.path.split('/').at(-1) ?? ''))
        throw new MalformedResponseError(`${request.path} answered with something else: ${id}.`);
    }),
    map((response) => parseAnswer(schema, response, request.path)),
    catchError((error: unknown) => {
      if (isHttpError(error) && error.status === 404 && !error.isBare) return EMPTY;
      throw error;
    }),
  );

/** The comment as its author wrote it first: the answer for the latest version tells who edited it. */
const withOrigin$ = (send: Send, path: string, found: FoundComment): Observable<FoundComment> => {
  if (found.comment.version <= 1) return of(found);
  return byId$(send, { lane: 'comments', path, params: { version: 1 } }, commentOrigin).pipe(
    map((origin) => ({ ...found, comment: { ...found.comment, ...origin } })),
    defaultIfEmpty(found),
  );
};

const comment$ = (send: Send, id: string): Observable<FoundComment> =>
  concat(
    ...(['footer', 'inline'] as const).map((location) => {
      const path = `/api/v2/${location}-comments/${id}`;
      return byId$(send, { lane: 'comments', path, params: COMMENT_PARAMS }, commentById(location)).pipe(
        mergeMap((found) => withOrigin$(send, path, found)),
      );
    }),
  );

/** By id; of rows that contradict each other the one that says that the page is there. */
const presentFirst = (
  rows: readonly (FoundPage & { readonly id: string })[],
): ReadonlyMap<string, FoundPage> => {
  const byId = new Map<string, FoundPage>();
  for (const { id, ...found } of rows) if (found.status === 'current' || !byId.has(id)) byId.set(id, found);
  return byId;
};

export const createPresence = (send: Send): Presence => ({
  pagesById$: (kind, ids) => {
    const params = { id: ids.join(','), limit: MAX_BATCH, status: STATUSES[kind] };
    return collectWhole(walk$(send, { lane: 'pages', path: PATHS[kind], params }, foundPage(kind))).pipe(
      map(presentFirst),
    );
  },
  page$: (kind, id) =>
    byId$(send, { lane: 'pages', path: `${PATHS[kind]}/${id}` }, foundPage(kind)).pipe(
      map(({ page, status, spaceId }) => ({ page, status, spaceId })),
      defaultIfEmpty(undefined),
    ),
  ancestorsOf$: (pageId) => {
    const path = `/api/v2/pages/${pageId}/ancestors`;
    return collectWhole(walk$(send, { lane: 'folders', path, params: { limit: MAX_BATCH } }, Ancestor)).pipe(
      map((ancestors) => new Set(ancestors.map(({ id }) => id))),
    );
  },
  hasChildren$: (type, id) => {
    const path = `/api/v2/${type}s/${id}/direct-children`;
    return walk$(send, { lane: 'folders', path, params: { limit: MAX_BATCH } }, Ancestor).pipe(
      first(({ items }) => items.length > 0, undefined),
      map((page) => page !== undefined),
    );
  },
  attachmentsOf$: (kind, pageId) => {
    const path = `${PATHS[kind]}/${pageId}/attachments`;
    const params = { limit: MAX_BATCH, status: 'current' };
    return collectWhole(walk$(send, { lane: 'attachments', path, params }, attachmentOf(pageId)));
  },
  attachment$: (id) =>
    byId$(send, { lane: 'attachments', path: `/api/v2/attachments/${id}` }, attachmentById).pipe(
      defaultIfEmpty(undefined),
    ),
  comment$: (id) => comment$(send, id).pipe(first(undefined, undefined)),
  findFolder$: (type, id) =>
    byId$(send, { lane: 'folders', path: folderPath(type, id) }, FolderRow).pipe(defaultIfEmpty(undefined)),
});
