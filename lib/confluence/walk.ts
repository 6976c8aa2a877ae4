import type { AxiosResponse } from 'axios';
import { catchError, defer, map, type Observable } from 'rxjs';
import { z } from 'zod';
import { consequenceOf } from '../errors/consequence.js';
import { CursorLoopError } from '../errors/cursor-loop-error.js';
import { CursorRejectedError } from '../errors/cursor-rejected-error.js';
import { EndlessListingError } from '../errors/endless-listing-error.js';
import { isHttpError } from '../errors/http-error.js';
import { MalformedResponseError } from '../errors/malformed-response-error.js';
import { UnreachableError } from '../errors/unreachable-error.js';
import {
  type CursorPage,
  expandCursor$,
  type ExpandCursorConfig,
  RepeatedCursorError,
} from '../operators/expand-cursor.js';
import { type ApiRequest, firstIssue, nameOf, ODD_ANSWER_HINT, parseAnswer, type Send } from './request.js';
import { restartListing } from './retry.js';

/** A row of a listing that is not what the API documents. */
export interface UnreadableRow {
  readonly id: string | undefined;
  /** What it lacks, in words. */
  readonly reason: string;
}

/** One page of a listing: its rows, decoded one by one. */
export interface ListingPage<T> extends CursorPage<T> {
  readonly unreadable?: readonly UnreadableRow[];
  /** `_links.base`: the site's own address. */
  readonly base?: string;
  /** The wiki's clock at the time of the answer, ISO 8601. */
  readonly serverTime?: string;
}

const Listing = z.object({
  results: z.array(z.unknown()),
  _links: z
    .object({
      next: z
        .string()
        .nullish()
        .transform((next) => next ?? ''),
      base: z.string().nullish(),
    })
    .nullish(),
});

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

const serverTime = (date: unknown): string | undefined => {
  const atMs = typeof date === 'string' ? Date.parse(date) : NaN;
  return Number.isNaN(atMs) ? undefined : new Date(atMs).toISOString();
};

/** The site's own address, if it is one: it becomes the links of the mirror. */
const siteBase = (base: string | null | undefined): string | undefined =>
  typeof base === 'string' && /^https?:\/\/\S+$/.test(base) && URL.canParse(base) ? base : undefined;

const idIn = (row: unknown): string | undefined => {
  if (typeof row !== 'object' || row === null || !('id' in row)) return undefined;
  return typeof row.id === 'string' || typeof row.id === 'number' ? String(row.id) : undefined;
};

const decode = <T>(rows: readonly unknown[], item: z.ZodType<T>) => {
  const items: T[] = [];
  const unreadable: UnreadableRow[] = [];
  for (const row of rows) {
    const parsed = item.safeParse(row);
    if (parsed.success) items.push(parsed.data);
    else unreadable.push({ id: idIn(row), reason: firstIssue(parsed.error) });
  }
  return { items, ...(unreadable.length > 0 && { unreadable }) };
};

const toPage = <T>(
  response: AxiosResponse<unknown>,
  item: z.ZodType<T>,
  path: string,
  watch: (rows: readonly unknown[]) => void,
): ListingPage<T> => {
  const { results, _links } = parseAnswer(Listing, response, path);
  watch(results);
  const { next: inBody = '' } = _links ?? {};
  const link = inBody === '' ? nextInHeader(response) : inBody;
  const next = link === undefined ? undefined : cursorOf(link);
  // To take this for the end would pass a part of a listing for all of it.
  if (link !== undefined && next === undefined)
    throw new MalformedResponseError(`${path} answered with a next link that holds no cursor.`, {
      hint: ODD_ANSWER_HINT,
    });
  const time = serverTime(response.headers.date);
  const base = siteBase(_links?.base);
  return {
    ...decode(results, item),
    ...(next !== undefined && { next }),
    ...(base !== undefined && { base }),
    ...(time !== undefined && { serverTime: time }),
  };
};

/** No listing is asked for in smaller pages. */
const MIN_LIMIT = 25;
/** So many pages in a row without anything new are no listing any more. */
const MAX_BARREN_PAGES = 20;

/** Throws once a listing only goes on without telling anything new. */
const watchForEnd = (what: string): ((rows: readonly unknown[]) => void) => {
  const seen = new Set<string>();
  let barren = 0;
  return (rows) => {
    const before = seen.size;
    for (const row of rows) seen.add(idIn(row) ?? JSON.stringify(row));
    barren = seen.size > before ? 0 : barren + 1;
    if (barren >= MAX_BARREN_PAGES) throw new EndlessListingError(what, barren);
  };
};

/** What one item spoils is spoilt in a smaller page, too, and what is out of reach comes no sooner in one. */
const isTooMuch = (error: unknown): boolean =>
  consequenceOf(error).inParts &&
  !(error instanceof UnreachableError) &&
  !(error instanceof MalformedResponseError && error.code === 'malformed-response');

export interface WalkConfig extends ExpandCursorConfig {
  /** Ask for half as many items, from the same place on, where an answer is too much for the wiki. @default false */
  readonly shrinks?: boolean;
  /** Told how many items a page may have, once it has shrunk to that. */
  readonly onShrunk?: (limit: number) => void;
}

/**
 * Walks a listing of v1 or v2: emits its pages, sends each further request on demand only. A listing whose cursor is
 * refused, or comes a second time with items, begins anew once: its items may then come again.
 */
export const walk$ = <T>(
  send: Send,
  request: ApiRequest,
  item: z.ZodType<T>,
  { shrinks = false, onShrunk, ...config }: WalkConfig = {},
): Observable<ListingPage<T>> =>
  defer(() => {
    let limit = Number(request.params?.limit);
    const watch = watchForEnd(nameOf(request));
    const page$ = (cursor: string | undefined): Observable<ListingPage<T>> =>
      send({ ...request, params: { ...request.params, limit, cursor } }).pipe(
        map((response) => toPage(response, item, request.path, watch)),
        catchError((error: unknown) => {
          if (shrinks && limit > MIN_LIMIT && isTooMuch(error)) {
            limit = Math.max(MIN_LIMIT, Math.ceil(limit / 2));
            onShrunk?.(limit);
            return page$(cursor);
          }
          const isRejected = cursor !== undefined && isHttpError(error) && error.status === 400;
          throw isRejected ? new CursorRejectedError(request.path) : error;
        }),
      );
    return expandCursor$(page$, config).pipe(
      catchError((error: unknown) => {
        throw error instanceof RepeatedCursorError ? new CursorLoopError(error.cursor) : error;
      }),
    );
  }).pipe(restartListing());
