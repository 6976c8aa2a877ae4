import { isAxiosError, type AxiosError, type AxiosResponse } from 'axios';
import { z } from 'zod';
import { CredentialsError } from '../errors/credentials-error.js';
import { HttpError } from '../errors/http-error.js';
import { MalformedResponseError } from '../errors/malformed-response-error.js';
import { RxsyncError } from '../errors/rxsync-error.js';
import { UnreachableError } from '../errors/unreachable-error.js';

/** Codes that our transport gives to answers which are no JSON; beside those of axios and Node. */
export const NOT_JSON = 'RXSYNC_NOT_JSON';
export const HTML_ANSWER = 'RXSYNC_HTML_ANSWER';
/** The connection broke in the middle of a good answer. */
export const BROKEN_OFF = 'RXSYNC_BROKEN_OFF';
/** The answer is larger than the transport accepts. */
export const TOO_LARGE = 'RXSYNC_TOO_LARGE';

/** The three forms of error body: v2, v1 and gateway. Any of them may be missing. */
const ErrorBody = z.object({
  errors: z.array(z.object({ title: z.string().nullish(), detail: z.string().nullish() })).nullish(),
  message: z.string().nullish(),
});

const saysOf = (data: unknown): string => {
  const body = ErrorBody.safeParse(data);
  const text = body.success
    ? (body.data.errors?.map((e) => [e.title, e.detail].filter(Boolean).join(' ')).join('; ') ??
      body.data.message)
    : undefined;
  return text ? `: ${text.slice(0, 300)}` : '';
};

const CREDENTIALS_HINT =
  'Check CONFLUENCE_EMAIL and CONFLUENCE_API_TOKEN (or CONFLUENCE_BEARER_TOKEN): the token may have expired or lack a scope. Scoped and OAuth tokens need the gateway address https://api.atlassian.com/ex/confluence/<cloudId>.';

/** True when an answer redirects to a login page: the wiki does not know who asks. */
export const isLoginRedirect = ({ status, headers }: AxiosResponse): boolean => {
  const location: unknown = headers.location;
  if (status < 300 || status >= 400 || typeof location !== 'string') return false;
  if (!URL.canParse(location, 'http://wiki.invalid')) return false;
  const { hostname, pathname } = new URL(location, 'http://wiki.invalid');
  return hostname === 'id.atlassian.com' || /\/login(?:\.\w+)?$/.test(pathname);
};

/** What ends a run: repeated tries with bad credentials lock the account. */
export const credentialsRefused = (what: string, answer: string): CredentialsError =>
  new CredentialsError(`The wiki does not accept the credentials (${answer} for ${what}).`, {
    hint: CREDENTIALS_HINT,
  });

const WIKI_FAULT_HINT = 'The wiki has a fault. Run again later: it continues where it stopped.';

/** What to do when one of these ends the run. */
const STATUS_HINTS: Readonly<Record<number, string>> = {
  403: 'The account needs access to Confluence and to the space; after failed logins it must log in with a browser first.',
  404: "Check that the address (CONFLUENCE_URL or --url) is the wiki's own.",
  500: WIKI_FAULT_HINT,
  502: WIKI_FAULT_HINT,
  503: WIKI_FAULT_HINT,
  504: WIKI_FAULT_HINT,
};

/** The error that a status stands for; `body` may say more of it. */
export const fromStatus = (status: number, body: unknown, what: string): RxsyncError => {
  const says = saysOf(body);
  if (status === 401) return credentialsRefused(what, `401${says}`);
  const hint = STATUS_HINTS[status];
  return new HttpError(status, `${what} answered ${status}${says}.`, hint === undefined ? {} : { hint });
};

const fromResponse = (response: AxiosResponse, what: string): RxsyncError =>
  isLoginRedirect(response)
    ? credentialsRefused(what, `${response.status} to a login page`)
    : fromStatus(response.status, response.data, what);

/** No connection could be made: neither this nor any other request was answered. */
const OFFLINE_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** Codes in words that need no manual. */
const REASONS: Readonly<Record<string, string>> = {
  ECONNABORTED: 'no answer in time',
  ETIMEDOUT: 'no answer in time',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the host name cannot be looked up',
  EPROTO: 'no TLS there',
  [BROKEN_OFF]: 'the answer broke off',
};

const fromConnection = (error: AxiosError, what: string, origin: string): RxsyncError => {
  if (error.code === NOT_JSON)
    return new MalformedResponseError(`${what} answered with something that is not complete JSON.`, {
      hint: `Check that ${origin} is the wiki's own address and what a proxy does to its answers, then run again.`,
      isTransient: true,
    });
  if (error.code === HTML_ANSWER)
    return new CredentialsError(
      `${what} answered with an HTML page, probably a login page, instead of JSON.`,
      {
        hint: `Check that ${origin} is the wiki's own address and that no proxy or single sign-on stands before it. ${CREDENTIALS_HINT}`,
      },
    );
  if (error.code === TOO_LARGE)
    return new MalformedResponseError(`${what} answered with more than rxsync accepts in one answer.`);
  const isOffline = OFFLINE_CODES.has(error.code ?? '');
  const reason = REASONS[error.code ?? ''] ?? error.code ?? error.message;
  return new UnreachableError(`${origin} cannot be reached (${reason}, for ${what}).`, {
    hint: 'Check the address (CONFLUENCE_URL or --url), the network and any proxy.',
    isOffline,
  });
};

const classify = (error: AxiosError, what: string, origin: string): RxsyncError => {
  const { response } = error;
  if (response === undefined || error.code === NOT_JSON || error.code === HTML_ANSWER)
    return fromConnection(error, what, origin);
  return fromResponse(response, what);
};

/**
 * Makes one of rxsync's errors of whatever the transport threw; the status decides, never a message. The axios error
 * itself goes no further: it carries the request with its credentials.
 */
export const toRxsyncError = (error: unknown, what: string, origin: string): unknown => {
  if (!isAxiosError(error)) return error;
  const known = classify(error, what, origin);
  known.attempts += error.config?.['axios-retry']?.retryCount ?? 0;
  return known;
};
