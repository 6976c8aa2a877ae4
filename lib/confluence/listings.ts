import type { SearchedChange, SearchedFolder, SearchedLabels, SearchedPage } from '../core/searched.js';
import {
  type Observable,
  catchError,
  concat,
  map,
  mergeMap,
  of,
  take,
  takeLast,
  takeWhile,
  throwIfEmpty,
} from 'rxjs';
import { changesCql, containerCql, containersCql, typeCql } from '../core/cql.js';
import type {
  ContainerType,
  FoundPage,
  ListedAttachment,
  ListedComment,
  ListedFolder,
  ListedPage,
  PageKind,
  Space,
} from '../core/content.js';
import { consequenceOf } from '../errors/consequence.js';
import { isHttpError } from '../errors/http-error.js';
import { SpaceNotFoundError } from '../errors/space-not-found-error.js';
import type { ExpandCursorConfig } from '../operators/expand-cursor.js';
import { collectWhole } from './collect.js';
import { type ApiRequest, parseAnswer, type Send } from './request.js';
import type { MakeSearch } from './search.js';
import { siteOf } from './site-of.js';
import { type ListingPage, walk$ } from './walk.js';
import { folderById } from './wire/folder.js';
import { foundPage } from './wire/page.js';
import {
  ATTACHMENT_EXPAND,
  CHANGE_EXPAND,
  COMMENT_EXPAND,
  FOLDER_EXPAND,
  Label,
  LABELS_EXPAND,
  PAGE_EXPAND,
  searchedAttachment,
  searchedChange,
  searchedComment,
  searchedFolder,
  searchedLabels,
  searchedPage,
  Total,
} from './wire/search.js';
import { spaceRow } from './wire/space.js';

/** Largest page size and id batch of v2. */
export const MAX_BATCH = 250;

/** Where to look: a whole space, or some pages by id. */
export type Within = Space | readonly string[];

/** How the pages of a space are listed. */
export interface PageListingConfig extends ExpandCursorConfig {
  /** Begin with the largest id. @default false */
  readonly isDescending?: boolean;
}

/** The cheap walks over a space: small records, no bodies. Cold; each further request is sent on demand only. */
export interface Listings {
  /**
   * The space of a key, whatever the case of its letters; of the id where the key finds none, as keys can change, or, when the id
   * `wins` over a key that another space has taken, where it finds another.
   * @throws SpaceNotFoundError
   */
  readonly space$: (key: string, id?: string, wins?: 'key' | 'id') => Observable<Space>;
  /** All current spaces that the account sees, of any type, 250 a request. */
  readonly listSpaces$: () => Observable<ListingPage<Space>>;
  /** All current pages (or blog posts) of a space in the order of their ids, 250 a request. */
  readonly listPages$: (
    space: Space,
    kind: PageKind,
    config?: PageListingConfig,
  ) => Observable<ListingPage<ListedPage>>;
  /** All current pages of a space, the latest version first: reading on is worth it only while pages are new. */
  readonly listPagesByChange$: (space: Space) => Observable<ListingPage<ListedPage>>;
  /** What changed in the last minutes, of these types, by the search index. */
  readonly searchChanges$: (
    space: Space,
    types: readonly SearchedChange['type'][],
    minutes: number,
  ) => Observable<ListingPage<SearchedChange>>;
  /** The pages and blog posts that a CQL expression finds, with their ancestors. */
  readonly searchPages$: (cql: string, config?: ExpandCursorConfig) => Observable<ListingPage<SearchedPage>>;
  /** All folders, whiteboards, databases and embeds of a space. */
  readonly listFolders$: (
    space: Space,
    config?: ExpandCursorConfig,
  ) => Observable<ListingPage<SearchedFolder>>;
  /** One folder, whiteboard, database or embed, with the type of its own parent. */
  readonly folder$: (type: ContainerType, id: string) => Observable<FolderById>;
  readonly listAttachments$: (
    within: Within,
    config?: ExpandCursorConfig,
  ) => Observable<ListingPage<ListedAttachment>>;
  /** Footer and inline comments and their replies. */
  readonly listComments$: (
    within: Within,
    config?: ExpandCursorConfig,
  ) => Observable<ListingPage<ListedComment>>;
  /** The labels of the pages and blog posts that a CQL expression finds. */
  readonly listLabels$: (cql: string) => Observable<ListingPage<SearchedLabels>>;
  /** How much a CQL expression finds, by the search index. */
  readonly count$: (cql: string) => Observable<number>;
  /** All labels of one page or blog post, in one emission. */
  readonly labelsOf$: (kind: PageKind, id: string) => Observable<readonly string[]>;
}

/** A folder with the space that it is in. */
export type FolderById = ListedFolder & { readonly parentType: string | undefined };

const LISTS: Readonly<Record<PageKind, string>> = { page: 'pages', blogpost: 'blogposts' };
const CONTAINERS: Partial<Readonly<Record<ContainerType, string>>> = {
  whiteboard: 'whiteboards',
  database: 'databases',
  embed: 'embeds',
};

/** Where one folder (whiteboard, database, embed) is read by its id. */
export const folderPath = (type: ContainerType, id: string): string =>
  `/api/v2/${CONTAINERS[type] ?? 'folders'}/${id}`;

/** The current pages (or blog posts) of a space; what else a listing may hold is none of its business. */
const currentPages$ = (
  send: Send,
  space: Space,
  kind: PageKind,
  sort: string,
  config: ExpandCursorConfig = {},
): Observable<ListingPage<ListedPage>> => {
  const path = `/api/v2/spaces/${space.id}/${LISTS[kind]}`;
  const params = { limit: MAX_BATCH, sort, status: 'current' };
  const isMeant = ({ status, spaceId = space.id }: FoundPage): boolean =>
    status === 'current' && spaceId === space.id;
  return walk$(send, { lane: 'listing', path, params }, foundPage(kind), { ...config, shrinks: true }).pipe(
    map(({ items, ...rest }) => ({ ...rest, items: items.filter(isMeant).map(({ page }) => page) })),
  );
};

const isSpace = (within: Within): within is Space => 'key' in within;

const cqlFor = (type: string, within: Within): string =>
  isSpace(within) ? typeCql(within.key, type) : containerCql(type, within);

const spaces$ = (send: Send, params: NonNullable<ApiRequest['params']>): Observable<ListingPage<Space>> =>
  walk$(send, { lane: 'space', path: '/api/v2/spaces', params }, spaceRow).pipe(
    map(({ items, base = '', serverTime, ...rest }) => ({
      ...rest,
      items: items.map((found) => ({ ...found, baseUrl: siteOf(base), serverTime })),
    })),
  );

/** The space of a listing that is the one asked for, if it is there. */
const space$ = (
  send: Send,
  params: ApiRequest['params'],
  isMeant: (space: Pick<Space, 'id' | 'key'>) => boolean,
): Observable<Space> =>
  spaces$(send, { ...params, limit: 25 }).pipe(
    mergeMap(({ items }) => items.filter(isMeant)),
    take(1),
  );

/** The space with its homepage by its own address, where the listing does not tell it. */
const withHomepage$ = (send: Send, space: Space): Observable<Space> => {
  const path = `/api/v2/spaces/${space.id}`;
  if (space.homepageId !== undefined) return of(space);
  return send({ lane: 'space', path }).pipe(
    map((response) => ({ ...space, homepageId: parseAnswer(spaceRow, response, path).homepageId })),
    catchError((error: unknown) => {
      if (consequenceOf(error).costs !== 'item') throw error;
      return of(space);
    }),
  );
};

const findSpace$ = (
  send: Send,
  key: string,
  id: string | undefined,
  wins: 'key' | 'id',
): Observable<Space> => {
  const hasKey = (space: Pick<Space, 'key'>): boolean => space.key.toLowerCase() === key.toLowerCase();
  const hasId = (space: Pick<Space, 'id'>): boolean => space.id === id;
  const found$ = concat(
    space$(send, { keys: key }, hasKey),
    space$(send, { keys: key, status: 'archived' }, hasKey),
    ...(id === undefined ? [] : [space$(send, { ids: id }, hasId)]),
  );
  const meant$ =
    id !== undefined && wins === 'id'
      ? found$.pipe(
          takeWhile((space) => !hasId(space), true),
          takeLast(1),
        )
      : found$.pipe(take(1));
  return meant$.pipe(
    throwIfEmpty(() => new SpaceNotFoundError(key)),
    mergeMap((found) => withHomepage$(send, found)),
  );
};

export const createListings = (send: Send, search: MakeSearch): Listings => {
  const changes = search('listing', CHANGE_EXPAND, searchedChange);
  const folders = search('folders', FOLDER_EXPAND, searchedFolder);
  const attachments = search('attachments', ATTACHMENT_EXPAND, searchedAttachment);
  const comments = search('comments', COMMENT_EXPAND, searchedComment);

  return {
    space$: (key, id, wins = 'key') => findSpace$(send, key, id, wins),
    listSpaces$: () =>
      spaces$(send, { limit: MAX_BATCH, sort: 'id', status: 'current' }).pipe(
        map(({ items, ...rest }) => ({ ...rest, items: items.filter(({ isArchived }) => !isArchived) })),
      ),
    listPages$: (space, kind, { isDescending = false, ...config } = {}) =>
      currentPages$(send, space, kind, isDescending ? '-id' : 'id', config),
    listPagesByChange$: (space) => currentPages$(send, space, 'page', '-modified-date'),
    searchChanges$: (space, types, minutes) => changes(changesCql(space.key, types, minutes)),
    searchPages$: search('listing', PAGE_EXPAND, searchedPage),
    listFolders$: (space, config) =>
      folders(containersCql(space.key), config).pipe(
        catchError((error: unknown) => {
          // A service whose search does not know all these types refuses the query: parents are then asked one by one.
          if (!isHttpError(error) || error.status !== 400) throw error;
          return folders(typeCql(space.key, 'folder'), config);
        }),
      ),
    folder$: (type, id) => {
      const path = folderPath(type, id);
      return send({ lane: 'folders', path }).pipe(
        map((response) => parseAnswer(folderById(type), response, path)),
      );
    },
    listAttachments$: (within, config) => attachments(cqlFor('attachment', within), config),
    listComments$: (within, config) => comments(cqlFor('comment', within), config),
    listLabels$: search('listing', LABELS_EXPAND, searchedLabels),
    count$: (cql) => {
      const path = '/rest/api/search';
      return send({ lane: 'listing', path, params: { cql, limit: 1 } }).pipe(
        map((response) => parseAnswer(Total, response, path).totalSize),
      );
    },
    labelsOf$: (kind, id) => {
      const path = `/api/v2/${LISTS[kind]}/${id}/labels`;
      return collectWhole(walk$(send, { lane: 'listing', path, params: { limit: MAX_BATCH } }, Label)).pipe(
        map((labels) => [...new Set(labels.map(({ name }) => name))]),
      );
    },
  };
};
