import { type Observable, catchError, defer, tap } from 'rxjs';
import type { z } from 'zod';
import { inStableOrder } from '../core/cql.js';
import type { RequestLane } from '../core/request-lane.js';
import { isHttpError } from '../errors/http-error.js';
import type { ExpandCursorConfig } from '../operators/expand-cursor.js';
import type { Send } from './request.js';
import { type ListingPage, walk$ } from './walk.js';

/** What to ask of CQL search: the service cuts it to its own cap, which is 200 today. */
const SEARCH_LIMIT = 250;
/** With bodies it answers at most this many items, whatever is asked. */
const SEARCH_LIMIT_WITH_BODIES = 50;

const isRefusedQuery = (error: unknown): boolean => isHttpError(error) && error.status === 400;

/** Walks what a CQL expression finds. */
export type Search<T> = (cql: string, config?: ExpandCursorConfig) => Observable<ListingPage<T>>;

export interface SearchConfig {
  /** Whether `expand` asks for bodies: fewer items then come from asking for fewer, not in smaller pages. @default false */
  readonly hasBodies?: boolean;
}

/** Makes a search with the `expand` that fills the fields of its items. */
export type MakeSearch = <T>(
  lane: RequestLane,
  expand: string,
  item: z.ZodType<T>,
  config?: SearchConfig,
) => Search<T>;

/**
 * Returns a function that makes searches. They ask for an order that stays while they are walked; a service that refuses
 * it with 400 is asked without one from then on, and one that fails for large pages in smaller ones.
 */
export const createSearch = (send: Send): MakeSearch => {
  const service = { takesOrder: true, limit: SEARCH_LIMIT };
  return (lane, expand, item, { hasBodies = false } = {}) =>
    (cql, config) => {
      const find$ = (query: string) =>
        defer(() => {
          const limit = hasBodies ? SEARCH_LIMIT_WITH_BODIES : service.limit;
          const params = { cql: query, expand, limit };
          return walk$(send, { lane, path: '/rest/api/content/search', params, hasBodies }, item, {
            ...config,
            shrinks: !hasBodies,
            onShrunk: (shrunk) => (service.limit = shrunk),
          });
        });
      const withoutOrder$ = find$(cql).pipe(tap(() => (service.takesOrder = false)));
      return defer(() =>
        service.takesOrder
          ? find$(inStableOrder(cql)).pipe(
              catchError((error: unknown) => {
                if (!isRefusedQuery(error)) throw error;
                return withoutOrder$;
              }),
            )
          : find$(cql),
      );
    };
};
