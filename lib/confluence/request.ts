import type { AxiosInstance, AxiosRequestConfig, AxiosResponse } from 'axios';
import { Observable } from 'rxjs';
import { z } from 'zod';
import type { RequestLane } from '../core/request-lane.js';
import { MalformedResponseError } from '../errors/malformed-response-error.js';
import type { RxsyncError } from '../errors/rxsync-error.js';
import { fromStatus, isLoginRedirect, loginRedirect, toRxsyncError } from './api-errors.js';
import { type Redact, redactAll } from './redact.js';

export interface ApiRequest {
  readonly lane: RequestLane;
  /** Below the API base: `/api/v2/pages`. */
  readonly path: string;
  readonly params?: Readonly<Record<string, string | number | undefined>>;
  /** Sent as JSON by POST; for the few reads that are POSTs. */
  readonly body?: unknown;
  /** Whether it asks for the bodies of items. @default false */
  readonly hasBodies?: boolean;
  /** @default any 2xx */
  readonly acceptStatus?: (status: number) => boolean;
}

/** Sends one request and emits its answer; cold, and aborted by unsubscribing. */
export type Send = (request: ApiRequest) => Observable<AxiosResponse<unknown>>;

const toAxios = ({ lane, path, params, body, hasBodies, acceptStatus }: ApiRequest): AxiosRequestConfig => ({
  lane,
  url: path,
  method: body === undefined ? 'GET' : 'POST',
  ...(hasBodies === true && { hasBodies }),
  ...(params && { params }),
  ...(body !== undefined && { data: body }),
  ...(acceptStatus && { validateStatus: acceptStatus }),
});

/** What a request is called in errors: `GET /api/v2/pages`. */
export const nameOf = ({ body, path }: ApiRequest): string =>
  `${body === undefined ? 'GET' : 'POST'} ${path}`;

/** What a proxy or session before the wiki may put into an answer of status 200. */
const ErrorStatus = z.number().int().min(400).max(599);
const ErrorEnvelope = z.union([
  z.object({ statusCode: ErrorStatus }).transform(({ statusCode }) => statusCode),
  z
    .object({ errors: z.tuple([z.object({ status: ErrorStatus })], z.unknown()) })
    .transform(({ errors: [{ status }] }) => status),
]);

/** The error that stands in a good answer's stead, if one does; a redirect may lead to a login page. */
const errorIn = (
  response: AxiosResponse<unknown>,
  request: ApiRequest,
  redact: Redact,
): RxsyncError | undefined => {
  if (isLoginRedirect(response)) return loginRedirect(response, nameOf(request));
  const { data } = response;
  const envelope = ErrorEnvelope.safeParse(data);
  return envelope.success ? fromStatus(envelope.data, redactAll(redact, data), nameOf(request)) : undefined;
};

/** The way of all API requests: through `transport`, with rxsync's own errors, in which the wiki repeats no secret. */
export const createSend =
  (transport: AxiosInstance, origin: string, redact: Redact): Send =>
  (request) =>
    new Observable<AxiosResponse<unknown>>((subscriber) => {
      const abort = new AbortController();
      transport.request<unknown>({ ...toAxios(request), signal: abort.signal }).then(
        (response) => {
          const error = errorIn(response, request, redact);
          if (error) {
            subscriber.error(error);
            return;
          }
          subscriber.next(response);
          subscriber.complete();
        },
        (error: unknown) => subscriber.error(toRxsyncError(error, nameOf(request), origin, redact)),
      );
      return () => abort.abort();
    });

/** What to do about an answer that is not what the API documents. */
export const ODD_ANSWER_HINT =
  'Pull again. If it stays, look at what stands between you and the wiki, and report it with this message.';

/**
 * Checks an answer against the shape that rxsync relies on; returns what of it is used.
 * @throws MalformedResponseError naming the path of the first difference
 */
export const parseAnswer = <T>(schema: z.ZodType<T>, response: AxiosResponse<unknown>, what: string): T => {
  const parsed = schema.safeParse(response.data);
  if (parsed.success) return parsed.data;
  throw new MalformedResponseError(
    `${what} answered with another shape than documented: ${firstIssue(parsed.error)}.`,
    { hint: ODD_ANSWER_HINT },
  );
};

/** Where data differs from a shape first, in words. */
export const firstIssue = ({ issues: [issue] }: z.ZodError): string => {
  const { path = [], message = 'unknown' } = issue ?? {};
  return path.length === 0 ? message : `at "${path.map(String).join('.')}": ${message}`;
};
