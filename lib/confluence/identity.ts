import { type Observable, catchError, defer, finalize, map, of, share, tap } from 'rxjs';
import { type HttpError, isHttpError } from '../errors/http-error.js';
import { CredentialsError } from '../errors/credentials-error.js';
import { MissingScopeError } from '../errors/missing-scope-error.js';
import type { Send } from './request.js';
import { scopesFor } from './oauth-scopes.js';
import { CurrentUser } from './wire/user.js';

/** Whom the wiki takes us for. */
export type Identity =
  | { readonly kind: 'known'; readonly accountId: string }
  /** Nobody in particular: it shows what everybody may see. */
  | { readonly kind: 'stranger' }
  /** It does not let us ask at all; `status` is that of its answer, if it had one of its own. */
  | { readonly kind: 'refused'; readonly status?: number }
  /** It does not say: the token lacks the scope, the answer is odd, or this one question is not let through. */
  | { readonly kind: 'unknown'; readonly error?: unknown };

const PATH = '/rest/api/user/current';

const ofUser = (data: unknown): Identity => {
  const user = CurrentUser.safeParse(data);
  if (!user.success) return { kind: 'unknown' };
  const { type, accountId } = user.data;
  if (type === 'anonymous') return { kind: 'stranger' };
  return accountId === undefined || accountId === '' ? { kind: 'unknown' } : { kind: 'known', accountId };
};

/** The gateway's word for good credentials that lack a scope; there is no other sign of it. */
export const speaksOfScope = (error: unknown): boolean =>
  isHttpError(error) && error.status === 401 && /\bscope\b/i.test(error.words);

/** What v1 answers strangers with 403. */
const TO_STRANGERS = /caller cannot access Confluence|Current user not permitted to use Confluence/i;

/** Whether a 403 is none of the wiki's words to strangers: perhaps something before it does not let the request through. */
export const speaksOfNoStranger = (error: unknown): error is HttpError =>
  isHttpError(error) && error.status === 403 && !TO_STRANGERS.test(error.words);

const ofFailure = (error: unknown, wasKnown: boolean): Identity => {
  if (error instanceof CredentialsError) return { kind: 'refused' };
  if (speaksOfScope(error))
    return { kind: 'unknown', error: new MissingScopeError(`GET ${PATH}`, scopesFor(PATH) ?? 'for it') };
  if (speaksOfNoStranger(error) && !wasKnown) return { kind: 'unknown', error };
  return isHttpError(error) && (error.status === 401 || error.status === 403)
    ? { kind: 'refused', status: error.status }
    : { kind: 'unknown', error };
};

/**
 * Returns a function whose Observable asks the wiki who we are and emits it once. Those who ask while an answer is on its
 * way share it. A 403 that is not the wiki's word to strangers is a refusal where it has known us before.
 */
export const createIdentity = (send: Send): (() => Observable<Identity>) => {
  let asking: Observable<Identity> | undefined;
  let wasKnown = false;
  return () =>
    defer(() => {
      asking ??= send({ lane: 'identity', path: PATH }).pipe(
        map((response) => ofUser(response.data)),
        tap(({ kind }) => (wasKnown ||= kind === 'known')),
        catchError((error: unknown) => {
          if (error instanceof Error && error.name === 'AbortError') throw error;
          return of(ofFailure(error, wasKnown));
        }),
        finalize(() => (asking = undefined)),
        share(),
      );
      return asking;
    });
};
