import type { AxiosResponse } from 'axios';
import { catchError, defer, map, type Observable, of, retry, throwError } from 'rxjs';
import { z } from 'zod';
import { type CursorPage, expandCursor$, type ExpandCursorConfig } from '../operators/expand-cursor.js';
import { CursorLoopError } from '../errors/cursor-loop-error.js';
import { CursorRejectedError } from '../errors/cursor-rejected-error.js';
import { isHttpError } from '../errors/http-error.js';
import { MalformedResponseError } from '../errors/malformed-response-error.js';
import { type ApiRequest, checked, type Send } from './request.js';

const listOf = <T>(item: z.ZodType<T>) =>
  z.object({ results: z.array(item), _links: z.object({ next: z.string().nullish() }).nullish() });

/**
 * The cursor in a `next` link. Only this value is used and our own request is sent again with it: `next` is relative
 * to different bases in v1 and v2, and an absolute one could name another host.
 */
export const cursorOf = (next: string): string | undefined =>
  URL.canParse(next, 'http://wiki.invalid')
    ? (new URL(next, 'http://wiki.invalid').searchParams.get('cursor') ?? undefined)
    : undefined;

const NEXT_IN_HEADER = /<([^>]*)>\s*;[^,]*\brel="?next"?/i;

const nextInHeader = (response: AxiosResponse): string | undefined => {
  const link: unknown = response.headers.link;
  return typeof link === 'string' ? NEXT_IN_HEADER.exec(link)?.[1] : undefined;
};

const isCursorFault = (error: unknown): boolean =>
  error instanceof CursorLoopError || error instanceof CursorRejectedError;

/** No listing is asked for in smaller pages. */
const MIN_LIMIT = 25;

const isTooLarge = (error: unknown): boolean => isHttpError(error) && error.status === 504;

export interface WalkConfig extends ExpandCursorConfig {
  /** Ask for half as many items, from the same place on, where an answer takes the wiki too long (504). @default false */
  readonly shrinks?: boolean;
}

/**
 * Walks a listing of v1 or v2: emits its pages, sends each further request on demand only. A listing whose cursor is
 * refused, or comes a second time, begins anew once: its items may then come again.
 */
export const walk$ = <T>(
  send: Send,
  request: ApiRequest,
  item: z.ZodType<T>,
  { shrinks = false, ...config }: WalkConfig = {},
): Observable<CursorPage<T>> => {
  const schema = listOf(item);
  const toPage = (response: AxiosResponse<unknown>): CursorPage<T> => {
    const { results, _links } = checked(schema, response, request.path);
    const link = _links?.next ?? nextInHeader(response);
    if (link === undefined) return { items: results };
    const next = cursorOf(link);
    // To take this for the end would pass a part of a listing for all of it.
    if (next === undefined)
      throw new MalformedResponseError(`${request.path} answered with a next link that holds no cursor.`);
    return { items: results, next };
  };
  return defer(() => {
    let limit = Number(request.params?.limit);
    const page$ = (cursor: string | undefined): Observable<CursorPage<T>> =>
      send({ ...request, params: { ...request.params, limit, cursor } }).pipe(
        map(toPage),
        catchError((error: unknown) => {
          if (shrinks && isTooLarge(error) && limit > MIN_LIMIT) {
            limit = Math.max(MIN_LIMIT, Math.ceil(limit / 2));
            return page$(cursor);
          }
          const isRejected = cursor !== undefined && isHttpError(error) && error.status === 400;
          throw isRejected ? new CursorRejectedError(request.path) : error;
        }),
      );
    return expandCursor$(page$, config).pipe(
      retry({
        count: 1,
        delay: (error: unknown) => (isCursorFault(error) ? of(true) : throwError(() => error)),
      }),
    );
  });
};
