import { type Observable, type OperatorFunction, Subject, merge } from 'rxjs';
import type { FolderById } from '../../confluence/listings.js';
import type { ListedAttachment, PageWithBody } from '../../core/content.js';
import type { EventBody } from '../../events/events.js';
import { checkFunction } from '../../errors/check-argument.js';
import { checkNames } from '../run/check-options.js';
import { liveDeps } from '../run/live-deps.js';
import type { PullDeps } from '../run/pull-deps.js';
import { shareWiki, type SharedWiki } from '../run/shared-wiki.js';
import { resolveWikiOptions, WIKI_OPTIONS, type WikiOptions } from '../run/wiki-options.js';
import { createCursors, type Cursors } from './cursors.js';
import { type AttachmentSink, type Downloaded, downloadAttachments } from './download-attachments.js';
import { type CommentedPage, fetchComments, type PageComments } from './fetch-comments.js';
import { fetchFolders, type FolderRef } from './fetch-folders.js';
import { fetchPages, type FetchPagesConfig, type PageRef } from './fetch-pages.js';
import type { Fetched, FetchConfig } from './fetching.js';

/**
 * Pipeable operators that fetch what the items of a listing stand for, several at once, as many as the governor allows. Each
 * item comes to one end, `fulfilled` or `rejected`; none is left out. `demand` of the config tells `demand$` of a cursor when
 * there is room for more. Unsubscribing aborts what is in flight.
 *
 * Errors: `CredentialsError`, `RateLimitWaitError`, `UnreachableError`, after which no other item would fare better, and those of
 * the source.
 */
export interface Fetchers {
  /**
   * Pages and blog posts with their bodies, up to 250 a request, fewer where bodies are large. A request that fails for its
   * content is halved until the page that causes it stands alone; one that an answer leaves out is asked for by itself.
   */
  readonly fetchPages: <T extends PageRef>(
    config?: FetchPagesConfig,
  ) => OperatorFunction<T, Fetched<T, PageWithBody>>;
  /** Folders, whiteboards, databases and embeds with their titles and parents, one a request, as there is no bulk form. */
  readonly fetchFolders: <T extends FolderRef>(
    config?: FetchConfig,
  ) => OperatorFunction<T, Fetched<T, FolderById>>;
  /**
   * The comments of pages with their bodies, up to 100 pages a search, an answer of which has 50 comments; one emission a
   * page, also of one without any. A request that fails is halved as for pages.
   */
  readonly fetchComments: <T extends CommentedPage>(
    config?: FetchConfig,
  ) => OperatorFunction<T, Fetched<T, PageComments<T>>>;
  /** Opens attachments and hands each to `sink`. One whose transfer breaks off is begun anew. */
  readonly downloadAttachments: <R>(
    sink: AttachmentSink<R>,
    config?: FetchConfig,
  ) => OperatorFunction<ListedAttachment, Fetched<ListedAttachment, Downloaded<R>>>;
}

const FETCH_OPTIONS = ['demand'];

/** A wiki to ask by cursors and fetchers of one's own, and by pulls, with one governor for all of them. */
export interface Wiki extends SharedWiki, Cursors, Fetchers {
  /** What is told beside: rate changes, pauses and warnings of all, retries of the cursors and fetchers. Never ends. */
  readonly notices$: Observable<EventBody>;
}

/**
 * Returns a wiki; sends nothing yet. Whatever asks it shares one governor: cursors, fetchers, each `pull$({ wiki, … })`,
 * `visibleSpaces$({ wiki })`. It needs not be closed.
 *
 * After refused credentials it refuses everything: make another one.
 * @throws OptionsError naming option, value and rule
 *
 * @example
 * import { BehaviorSubject, filter, map, mergeMap } from 'rxjs';
 * import { createWiki } from 'rxsync';
 *
 * const { CONFLUENCE_URL: url, CONFLUENCE_EMAIL: email, CONFLUENCE_API_TOKEN: apiToken } = process.env;
 * const wiki = createWiki({ url, credentials: { email, apiToken } });
 * const demand = new BehaviorSubject(true);
 * let bytes = 0;
 * wiki
 *   .listPages$('LARGE', { demand$: demand })
 *   .pipe(
 *     mergeMap(({ items, gaps = [] }) => {
 *       for (const gap of gaps) console.error('The listing is not whole:', gap.message);
 *       return items;
 *     }),
 *     wiki.fetchPages({ demand }),
 *   )
 *   .subscribe({
 *     next: ({ status, value, reason, input }) => {
 *       if (status === 'fulfilled') bytes += value.body.length;
 *       else console.error(input.title, reason);
 *     },
 *     complete: () => console.log(bytes > 10_000),
 *   });
 * // prints true
 */
export const createWiki = (
  options: WikiOptions,
  deps: Partial<Pick<PullDeps, 'connect' | 'now' | 'random'>> = {},
): Wiki => {
  checkNames(options, WIKI_OPTIONS);
  const shared = shareWiki(resolveWikiOptions(options), { ...liveDeps, ...deps });
  const { client, notices$ } = shared.openSession();
  const warnings = new Subject<EventBody>();
  const { limit$, attachmentLimit$ } = shared;
  const fetching = { client, limit$, attachmentLimit$, notify: (event: EventBody) => warnings.next(event) };
  return {
    ...shared,
    ...createCursors(client),
    notices$: merge(notices$, warnings),
    fetchPages: (config = {}) => {
      checkNames(config, ['format', ...FETCH_OPTIONS]);
      return fetchPages(fetching, config);
    },
    fetchFolders: (config = {}) => {
      checkNames(config, FETCH_OPTIONS);
      return fetchFolders(fetching, config);
    },
    fetchComments: (config = {}) => {
      checkNames(config, FETCH_OPTIONS);
      return fetchComments(fetching, config);
    },
    downloadAttachments: (sink, config = {}) => {
      checkFunction('sink', sink);
      checkNames(config, FETCH_OPTIONS);
      return downloadAttachments(fetching, sink, config);
    },
  };
};
