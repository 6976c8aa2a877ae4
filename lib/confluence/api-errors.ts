import { isAxiosError, type AxiosError, type AxiosResponse } from 'axios';
import { z } from 'zod';
import { megabytes } from '../core/memory-shares.js';
import { consequenceOf } from '../errors/consequence.js';
import { CredentialsError } from '../errors/credentials-error.js';
import { HttpError, isHttpError } from '../errors/http-error.js';
import { LoginPageError } from '../errors/login-page-error.js';
import { MalformedResponseError } from '../errors/malformed-response-error.js';
import { RxsyncError } from '../errors/rxsync-error.js';
import { isCloudHost } from './address.js';
import { answerWords } from './answer-words.js';
import { type Redact, redactAll } from './redact.js';
import { UnreachableError } from '../errors/unreachable-error.js';

/** Codes that our transport gives to answers which are no JSON; beside those of axios and Node. */
export const NOT_JSON = 'RXSYNC_NOT_JSON';
export const HTML_ANSWER = 'RXSYNC_HTML_ANSWER';
/** The connection broke in the middle of a good answer. */
export const BROKEN_OFF = 'RXSYNC_BROKEN_OFF';
/** The answer is larger than the transport accepts. */
export const TOO_LARGE = 'RXSYNC_TOO_LARGE';
/** The answer came and came, and never to its end. */
export const TOO_SLOW = 'RXSYNC_TOO_SLOW';
/** The answer is that of a proxy which did not connect us. */
export const PROXY_REFUSED = 'RXSYNC_PROXY_REFUSED';

const NETWORK_HINT =
  'An IP allowlist, a firewall or a VPN may refuse this network: pull from one that is let in.';

const CREDENTIALS_HINT =
  'Check `credentials`: the token may have expired or been revoked. Scoped and OAuth tokens need the gateway address https://api.atlassian.com/ex/confluence/<cloudId>.';

const targetOf = ({ status, headers }: AxiosResponse): URL | undefined => {
  const location: unknown = headers.location;
  if (status < 300 || status >= 400 || typeof location !== 'string') return undefined;
  return URL.canParse(location, 'http://wiki.invalid') ? new URL(location, 'http://wiki.invalid') : undefined;
};

/** True when an answer redirects to a login page: the wiki does not know who asks. */
export const isLoginRedirect = (response: AxiosResponse): boolean => {
  const target = targetOf(response);
  return (
    target !== undefined &&
    (target.hostname === 'id.atlassian.com' || /\/login(?:\.\w+)?$/.test(target.pathname))
  );
};

/** What ends a run, too: every request of an account that was known is answered so. */
export const networkRefused = (what: string, answer: string): CredentialsError =>
  new CredentialsError(`The wiki does not answer this account any more (${answer} for ${what}).`, {
    hint: `${NETWORK_HINT} ${CREDENTIALS_HINT}`,
  });

/** What ends a run: repeated tries with bad credentials lock the account. */
export const credentialsRefused = (what: string, answer: string): CredentialsError =>
  new CredentialsError(`The wiki does not accept the credentials (${answer} for ${what}).`, {
    hint: CREDENTIALS_HINT,
  });

/** An answer that is a redirect to a login page. */
export const loginRedirect = ({ status }: AxiosResponse, request: string): CredentialsError =>
  credentialsRefused(request, `${status} to a login page`);

const WIKI_FAULT_HINT = 'The wiki has a fault. Run again later: it continues where it stopped.';

const MEMORY_HINT =
  'Make it smaller in the wiki, or give Node.js a larger heap (max-old-space-size in NODE_OPTIONS), up to 2 GB: an answer gets a share of it.';

const BEFORE_HINT =
  "Something before the wiki may answer in its stead: check that the address (`url`) is the wiki's own, and what a proxy or firewall does to requests.";

/** What to do when one of these ends the run. */
const STATUS_HINTS: Readonly<Record<number, string>> = {
  403: `${NETWORK_HINT} Else the account needs access to Confluence and to the space; after failed logins it must log in with a browser first.`,
  404: "Check that the address (`url`) is the wiki's own.",
  405: BEFORE_HINT,
  410: 'The wiki has taken this operation away. Look for a newer rxsync.',
  418: BEFORE_HINT,
  511: 'The network wants a login first: open any page in a browser, log in there, and pull again.',
};

const hintFor = (status: number, target: URL | undefined): string | undefined => {
  if (target !== undefined)
    return isCloudHost(target.hostname)
      ? `The site has moved to ${target.origin}: set \`url\` to that.`
      : `The site seems to have moved to ${target.origin}. Only if you know that to be its own new address, set \`url\` to it: the credentials go there then.`;
  if (status >= 300 && status < 400) return BEFORE_HINT;
  return STATUS_HINTS[status] ?? (status >= 500 ? WIKI_FAULT_HINT : undefined);
};

/** The title of a 404 that names nothing: v2 says no more to a stranger. */
const NAMES_NOTHING = 'Not Found';

/** The error that a status stands for; `body` may say more of it. */
export const fromStatus = (status: number, body: unknown, request: string, target?: URL): HttpError => {
  const { words, isOfApi } = answerWords(body);
  const hint = hintFor(status, target);
  return new HttpError(status, `${request} answered ${status}${words === '' ? '' : `: ${words}`}.`, {
    request,
    words,
    isBare: status === 404 && (!isOfApi || words === NAMES_NOTHING),
    ...(hint !== undefined && { hint }),
  });
};

/** Where an answer leads on another host, to which nothing is sent. */
const elsewhere = (response: AxiosResponse, origin: string): URL | undefined => {
  const target = targetOf(response);
  return target?.hostname === 'wiki.invalid' || target?.origin === origin ? undefined : target;
};

const fromResponse = (response: AxiosResponse, request: string, origin: string): RxsyncError =>
  isLoginRedirect(response)
    ? loginRedirect(response, request)
    : fromStatus(response.status, response.data, request, elsewhere(response, origin));

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
  [TOO_SLOW]: 'the answer did not come to its end in time',
};

/** What Node says of a certificate that no authority known to it has signed. */
const CERTIFICATE = /^(?:CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(?:GET_ISSUER|VERIFY))/;

/** What is asked for weighs more than an answer may. */
export const tooLarge = (what: string, mostBytes: number): MalformedResponseError =>
  new MalformedResponseError(
    `${what} answered with more than rxsync accepts in one answer (${megabytes(mostBytes)}).`,
    { hint: MEMORY_HINT, isOversized: true },
  );

const fromProxy = ({ response }: AxiosError, origin: string): RxsyncError => {
  const status = response?.status ?? 0;
  return new UnreachableError('proxy', `The proxy answered ${status} instead of connecting to ${origin}.`, {
    hint:
      status === 407
        ? 'It asks for credentials: HTTPS_PROXY=http://user:password@proxy.example:3128.'
        : 'Check HTTPS_PROXY, and ask whoever runs the proxy to let this host through, or name it in NO_PROXY.',
  });
};

const titleIn = ({ response }: AxiosError): string => {
  const { words } = answerWords(response?.data);
  return words === '' ? '' : ` ("${words}")`;
};

/** Failures that have an error of their own, by the code of axios, Node or our transport. */
const FROM_CODE: Readonly<Record<string, (error: AxiosError, what: string, origin: string) => RxsyncError>> =
  {
    [NOT_JSON]: (_error, what, origin) =>
      new MalformedResponseError(`${what} answered with something that is not complete JSON.`, {
        hint: `Check that ${origin} is the wiki's own address and what a proxy does to its answers, then run again.`,
        isGarbled: true,
      }),
    [HTML_ANSWER]: (error, what, origin) =>
      new LoginPageError(
        `${what} answered with an HTML page${titleIn(error)}, probably a login page, instead of JSON.`,
        {
          hint: `Check that ${origin} is the wiki's own address and that no proxy or single sign-on stands before it. ${CREDENTIALS_HINT}`,
        },
      ),
    [TOO_LARGE]: ({ config }, what) => tooLarge(what, config?.maxContentLength ?? 0),
    [PROXY_REFUSED]: (error, _what, origin) => fromProxy(error, origin),
  };

/** What the request knows of the proxy that it goes through. */
const Proxied = z.object({
  agent: z.object({ proxy: z.object({ host: z.string(), port: z.number().nullish() }) }),
});

/** Host and port of the proxy by which a request went. */
const proxyOf = ({ request }: AxiosError): string | undefined => {
  const { data } = Proxied.safeParse(request);
  if (data === undefined) return undefined;
  const { host, port } = data.agent.proxy;
  return typeof port === 'number' ? `${host}:${port}` : host;
};

/** A proxy that cannot be reached, or loses the connection. */
const byProxy = (code: string, proxy: string, origin: string, why: string): UnreachableError =>
  new UnreachableError(
    OFFLINE_CODES.has(code) ? 'offline' : 'unreachable',
    OFFLINE_CODES.has(code)
      ? `The proxy ${proxy}, by which ${origin} is asked, cannot be reached (${why}).`
      : `${origin} cannot be reached by the proxy ${proxy} (${why}).`,
    {
      hint: 'Check HTTPS_PROXY and that the proxy is one for HTTP, as SOCKS is not supported; or name the host of the wiki in NO_PROXY.',
    },
  );

const fromConnection = (error: AxiosError, what: string, origin: string): RxsyncError => {
  const code = error.code ?? '';
  const known = FROM_CODE[code];
  if (known) return known(error, what, origin);
  if (CERTIFICATE.test(code))
    return new UnreachableError('certificate', `The certificate of ${origin} is not trusted (${code}).`, {
      hint: 'If a private authority has signed it, or a proxy that looks into TLS stands between, name its certificate with `ca`.',
    });
  const reason = REASONS[code] ?? error.code ?? error.message;
  const why = `${reason}, for ${what}`;
  const proxy = proxyOf(error);
  if (proxy !== undefined) return byProxy(code, proxy, origin, why);
  return new UnreachableError(
    OFFLINE_CODES.has(code) ? 'offline' : 'unreachable',
    `${origin} cannot be reached (${why}).`,
    { hint: 'Check the address (`url`), the network and any proxy.' },
  );
};

/** Makes one of rxsync's errors of what axios threw; the status and the code decide, never a message. */
export const fromAxiosError = (error: AxiosError, request: string, origin: string): RxsyncError => {
  const { code = '', response } = error;
  if (response?.status === 407) return fromProxy(error, origin);
  return response === undefined || code in FROM_CODE
    ? fromConnection(error, request, origin)
    : fromResponse(response, request, origin);
};

/** Whether an answer says that the wiki can not do it, perhaps as it is too much; 503 says that it can not just now. */
export const blamesRequest = (error: RxsyncError): boolean =>
  isHttpError(error) && consequenceOf(error).inParts;

/**
 * The failure of a request that was tried more than once. The last one decides, but where it may be an accident and an
 * earlier one blames the request: asked for in parts it may fare better.
 */
const failureOf = (last: AxiosError): AxiosError => {
  const { blamed } = last.config ?? {};
  if (blamed === undefined) return last;
  const known = fromAxiosError(last, '', '');
  const { again, costs } = consequenceOf(known);
  return again === 'often' && costs === 'item' && !blamesRequest(known) ? blamed : last;
};

/**
 * {@link fromAxiosError} for whatever the transport threw. The axios error itself goes no further: it carries the request
 * with its credentials.
 */
export const toRxsyncError = (error: unknown, request: string, origin: string, redact: Redact): unknown => {
  if (!isAxiosError(error)) return error;
  const failure = failureOf(error);
  if (failure.response) failure.response.data = redactAll(redact, failure.response.data);
  const known = fromAxiosError(failure, request, origin);
  known.attempts += error.config?.['axios-retry']?.retryCount ?? 0;
  return known;
};
