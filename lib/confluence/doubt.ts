import { type Observable, catchError, finalize, switchMap, tap, throwError } from 'rxjs';
import { CredentialsError } from '../errors/credentials-error.js';
import { type HttpError, isHttpError } from '../errors/http-error.js';
import { LoginPageError } from '../errors/login-page-error.js';
import { MalformedResponseError } from '../errors/malformed-response-error.js';
import { MissingScopeError } from '../errors/missing-scope-error.js';
import { credentialsRefused, networkRefused } from './api-errors.js';
import type { Gate } from './gate.js';
import { type Identity, speaksOfNoStranger, speaksOfScope } from './identity.js';
import { type ApiRequest, nameOf, type Send } from './request.js';
import { scopesFor } from './oauth-scopes.js';

type Doubtful = HttpError | CredentialsError;

/**
 * What refused credentials may look like, and other things, too: 401, a 403 of v1, a 404 of v2 that does not say what it
 * has not found, a page where JSON should be, and a redirect to a login page.
 */
const isDoubtful = (error: unknown, { path }: ApiRequest): error is Doubtful =>
  error instanceof CredentialsError ||
  (isHttpError(error) &&
    (error.status === 401 || error.isBare || (error.status === 403 && path.startsWith('/rest/'))));

const answerOf = ({ status, words }: HttpError): string =>
  words === '' ? String(status) : `${status}: ${words}`;

/** Requests for the same operation are alike but for the ids in their path. */
const operationOf = (request: ApiRequest): string =>
  nameOf(request).replace(/\/(?:att)?\d+(?=\/|$)/g, '/{id}');

const IN_ITS_STEAD =
  'The wiki knows this account, so something before it answers in its stead: ask whoever runs a proxy, firewall or single sign-on there to let this address through, and pull again.';

const pageInstead = (error: CredentialsError, request: ApiRequest): string =>
  error instanceof LoginPageError
    ? error.message
    : `${nameOf(request)} answered with a redirect to a login page.`;

/** v2 does not know us, and v1 does not let us ask. */
const isShutOut = (error: HttpError, identity: Identity): boolean =>
  error.isBare && identity.kind === 'unknown' && speaksOfNoStranger(identity.error);

/** What the answer means, now that we know whom the wiki takes us for. */
const judge = (error: Doubtful, request: ApiRequest, identity: Identity, wasOpen: boolean): Error => {
  if (error instanceof CredentialsError)
    return identity.kind === 'known'
      ? new MalformedResponseError(pageInstead(error, request), { isGarbled: true, hint: IN_ITS_STEAD })
      : error;
  const isUnauthorized = error.status === 401;
  if (identity.kind === 'refused' && speaksOfNoStranger(error))
    return networkRefused(nameOf(request), answerOf(error));
  if (identity.kind === 'stranger' || identity.kind === 'refused' || isShutOut(error, identity))
    return credentialsRefused(nameOf(request), answerOf(error));
  if (!isUnauthorized) return error;
  return identity.kind === 'known' || speaksOfScope(error)
    ? new MissingScopeError(
        operationOf(request),
        scopesFor(request.path) ?? 'for it',
        wasOpen && !speaksOfScope(error),
      )
    : credentialsRefused(nameOf(request), answerOf(error));
};

/**
 * Sends as `send` does. An answer that may mean that the credentials are refused is looked into: the wiki is asked who we
 * are. An operation for which the token lacks the scope is not asked for again.
 *
 * Errors: `CredentialsError`, `MissingScopeError`, and those of `send`.
 */
export const doubting = (send: Send, whoAmI$: () => Observable<Identity>, gate: Gate): Send => {
  const forbidden = new Map<string, MissingScopeError>();
  const open = new Set<string>();
  return (request) => {
    const operation = operationOf(request);
    const known = forbidden.get(operation);
    if (known) return throwError(() => known);
    return send(request).pipe(
      tap({
        next: () => open.add(operation),
        // Whoever goes away between an answer and its meaning leaves nobody in doubt.
        unsubscribe: () => gate.verdict(undefined),
      }),
      catchError((error: unknown) => {
        if (!isDoubtful(error, request)) throw error;
        return whoAmI$().pipe(
          // Whoever gives up asking leaves nobody in doubt.
          finalize(() => gate.verdict(undefined)),
          switchMap((identity) => {
            const judged = judge(error, request, identity, open.has(operation));
            if (judged instanceof MissingScopeError) forbidden.set(operation, judged);
            gate.verdict(judged instanceof CredentialsError ? judged : undefined);
            return throwError(() => judged);
          }),
        );
      }),
    );
  };
};
