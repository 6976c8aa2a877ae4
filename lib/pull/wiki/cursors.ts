import { PAGE_KINDS } from '../../core/kinds.js';
import { type Observable, concat, defer, map, of, switchMap, tap } from 'rxjs';
import type { ListingPage } from '../../confluence/walk.js';
import type { WikiClient } from '../../confluence/wiki-client.js';
import type { ListedAttachment, ListedComment, ListedPage, PageKind, Space } from '../../core/content.js';
import type { ListingOf } from '../../core/kinds.js';
import type { SearchedFolder, SearchedPage } from '../../core/searched.js';
import { chunks } from '../../core/unique.js';
import { NotSearchableError } from '../../errors/not-searchable-error.js';
import { OptionsError } from '../../errors/options-error.js';
import type { ExpandCursorConfig } from '../../operators/expand-cursor.js';
import { checkNames, oneOf, text } from '../run/check-options.js';
import { incompleteListing } from '../run/failure.js';
import { checkIdentity } from '../run/place.js';
import { condition } from '../run/setting-options.js';
import { type ListingPart, listingParts$ } from './listing-part.js';

/** A page or blog post that a search has found. */
export interface FoundPageInTree extends ListedPage {
  /** All that it stands below, from the top. */
  readonly ancestors: SearchedPage['ancestors'];
}

/** Which pages are listed. */
export interface ListPagesConfig extends ExpandCursorConfig {
  /** @default page */
  readonly kind?: PageKind;
}

/** Where to list: in the space of a key, or on the pages of these ids. */
export type WithinWiki = string | readonly string[];

/**
 * The listings of a wiki: small records without bodies, in parts of some hundred, the last of which tells whether the listing
 * is whole (`gaps`). Cold: each subscription asks anew. A further request is sent only when `demand$` of the config is true
 * at that moment (it is what `demand` of the fetchers and of `adaptiveMergeMap` tells); without it, once the part before was
 * delivered. Unsubscribing aborts the request in flight.
 *
 * Errors: `OptionsError` for a space, a search or ids that cannot be; `SpaceNotFoundError`; `CredentialsError`,
 * `RateLimitWaitError` and `UnreachableError`, after which nothing else would fare better. What costs no more than the listing
 * ends it with a gap.
 */
export interface Cursors {
  /** The current pages, or blog posts, of a space, 250 a request. */
  readonly listPages$: (space: string, config?: ListPagesConfig) => Observable<ListingPart<ListedPage>>;
  /**
   * The current pages and blog posts that a CQL condition finds, in any space, 200 a request: `space = DOCS and label = "x"`.
   * The search index may lag some seconds behind.
   */
  readonly searchPages$: (
    cql: string,
    config?: ExpandCursorConfig,
  ) => Observable<ListingPart<FoundPageInTree>>;
  /** The folders, whiteboards, databases and embeds of a space, by search. */
  readonly listFolders$: (
    space: string,
    config?: ExpandCursorConfig,
  ) => Observable<ListingPart<SearchedFolder>>;
  /** The attachments in a space or on some pages, by search. */
  readonly listAttachments$: (
    within: WithinWiki,
    config?: ExpandCursorConfig,
  ) => Observable<ListingPart<ListedAttachment>>;
  /** The footer and inline comments and their replies, without bodies, in a space or on some pages, by search. */
  readonly listComments$: (
    within: WithinWiki,
    config?: ExpandCursorConfig,
  ) => Observable<ListingPart<ListedComment>>;
}

/** Ids in one search. */
const IDS = 100;

/** The options of a listing. */
const DEMAND = ['demand$'];

/** What is wrong with what was given is told before anything is asked. */
const configured$ = <C extends object, T>(
  config: C,
  known: readonly string[],
  list$: (config: C) => Observable<T>,
): Observable<T> =>
  defer(() => {
    checkNames(config, known);
    return list$(config);
  });

const WITHIN = 'be the key of a space, or a list of ids of pages';

const isId = (id: unknown): boolean => typeof id === 'string' && /^\d+$/.test(id);

const checkIds = (within: readonly string[]): void => {
  const given: readonly unknown[] = [within].flat();
  if (given.every(isId)) return;
  throw new OptionsError(
    'within',
    given.find((id) => !isId(id)),
    WITHIN,
  );
};

/** Search finds nothing in an archived space: that is no answer. */
const notSearchable = (of: ListingOf, { key }: Space) => ({
  items: [],
  gaps: [incompleteListing({ of, error: new NotSearchableError(key) })],
});

/** What a stranger sees must not pass for what the account sees; asked for once. */
const afterIdentity = (client: WikiClient) => {
  let isKnown = false;
  return <T>(work: () => Observable<T>): Observable<T> =>
    defer(() =>
      isKnown
        ? work()
        : client.identity$().pipe(
            tap(checkIdentity),
            tap(() => (isKnown = true)),
            switchMap(work),
          ),
    );
};

const withAncestors = ({ items, ...rest }: ListingPage<SearchedPage>): ListingPage<FoundPageInTree> => ({
  ...rest,
  items: items.map(({ page, ancestors }) => ({ ...page, ancestors })),
});

export const createCursors = (client: WikiClient): Cursors => {
  const asOurselves$ = afterIdentity(client);
  const inSpace$ = <T extends { readonly id: string }>(
    key: string,
    kind: ListingOf,
    walk$: (space: Space) => Observable<ListingPage<T>>,
  ): Observable<ListingPart<T>> => {
    text('space', key, 'be the key of a space');
    return asOurselves$(() =>
      client
        .space$(key)
        .pipe(
          switchMap((space) =>
            space.isArchived && kind !== 'page' && kind !== 'blogpost'
              ? of(notSearchable(kind, space))
              : listingParts$(kind, walk$(space)),
          ),
        ),
    );
  };
  const within$ = <T extends { readonly id: string }>(
    within: WithinWiki,
    kind: ListingOf,
    walk$: (within: Space | readonly string[]) => Observable<ListingPage<T>>,
  ): Observable<ListingPart<T>> => {
    if (typeof within === 'string') return inSpace$(within, kind, walk$);
    checkIds(within);
    return asOurselves$(() => listingParts$(kind, concat(...chunks(within, IDS).map(walk$))));
  };
  return {
    listPages$: (space, config = {}) =>
      configured$(config, ['kind', 'demand$'], ({ kind = 'page', ...rest }) => {
        oneOf('kind', kind, PAGE_KINDS);
        return inSpace$(space, kind, (found) => client.listPages$(found, kind, rest));
      }),
    searchPages$: (cql, config = {}) =>
      configured$(config, DEMAND, () => {
        const asked = `type in (page,blogpost) and (${condition(cql)})`;
        return asOurselves$(() =>
          listingParts$('page', client.searchPages$(asked, config).pipe(map(withAncestors))),
        );
      }),
    listFolders$: (space, config = {}) =>
      configured$(config, DEMAND, () =>
        inSpace$(space, 'folder', (found) => client.listFolders$(found, config)),
      ),
    listAttachments$: (within, config = {}) =>
      configured$(config, DEMAND, () =>
        within$(within, 'attachment', (found) => client.listAttachments$(found, config)),
      ),
    listComments$: (within, config = {}) =>
      configured$(config, DEMAND, () =>
        within$(within, 'comments', (found) => client.listComments$(found, config)),
      ),
  };
};
