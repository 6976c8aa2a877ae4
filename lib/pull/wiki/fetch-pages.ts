import {
  type Observable,
  type OperatorFunction,
  concat,
  defer,
  forkJoin,
  from,
  map,
  of,
  throwError,
} from 'rxjs';
import type { Format, PageKind, PageWithBody } from '../../core/content.js';
import { settle } from '../../operators/settle.js';
import { oneOf } from '../run/check-options.js';
import { LEAST_BATCHES } from '../../core/memory-shares.js';
import { inBulk } from '../lanes/in-bulk.js';
import { type Fetched, type FetchConfig, type Fetching, isFatalFetch } from './fetching.js';

/** A page or blog post by its id, such as a listing has it. */
export interface PageRef {
  readonly kind: PageKind;
  readonly id: string;
}

/** How pages are fetched. */
export interface FetchPagesConfig extends FetchConfig {
  /** In which the bodies come; Markdown is made of `storage` by `toMarkdown`. @default storage */
  readonly format?: Exclude<Format, 'markdown'>;
}

const KINDS = ['page', 'blogpost'] as const;
const BODY_FORMATS: readonly Exclude<Format, 'markdown'>[] = ['storage', 'adf'];

/** See `Fetchers`. */
export const fetchPages = <T extends PageRef>(
  { client, limit$ }: Fetching,
  { format = 'storage', ...config }: FetchPagesConfig,
): OperatorFunction<T, Fetched<T, PageWithBody>> => {
  oneOf('format', format, BODY_FORMATS);
  const alone$ = settle(({ kind, id }: T) => client.fetchPage$(kind, id, format), { isFatal: isFatalFetch });
  const kind$ = (items: readonly T[], kind: PageKind): Observable<readonly PageWithBody[]> => {
    const ids = items.flatMap((item) => (item.kind === kind ? item.id : []));
    return ids.length === 0 ? of([]) : client.fetchPages$(kind, ids, format);
  };
  return inBulk({
    ...config,
    batches: LEAST_BATCHES,
    limit$,
    fetch$: (items) => forkJoin(KINDS.map((kind) => kind$(items, kind))).pipe(map((found) => found.flat())),
    sort$: (items, found) => {
      const came = new Map(found.map((page) => [page.id, page]));
      const each$ = (item: T): Observable<Fetched<T, PageWithBody>> => {
        const value = came.get(item.id);
        return value?.body === undefined ? alone$(item, 0) : of({ status: 'fulfilled', value });
      };
      return concat(...items.map((item) => defer(() => each$(item))));
    },
    alone$: (item) => alone$(item, 0),
    failed$: (items, reason) =>
      isFatalFetch(reason)
        ? throwError(() => reason)
        : from(items.map((input) => ({ status: 'rejected' as const, reason, input }))),
  });
};
