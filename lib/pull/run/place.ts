import { type Observable, catchError, forkJoin, map, mergeMap, of, throwError } from 'rxjs';
import { type Address, isCloudHost, parseAddress } from '../../confluence/address.js';
import type { Identity } from '../../confluence/identity.js';
import type { Space } from '../../core/content.js';
import { CredentialsError } from '../../errors/credentials-error.js';
import { DataCenterError } from '../../errors/data-center-error.js';
import { isHttpError } from '../../errors/http-error.js';
import type { ReadState } from '../../store/state-file.js';
import type { Run } from './run.js';

/** Where the run is, and as whom. */
export interface Place {
  readonly space: Space;
  /** Id of our account; null when the wiki does not tell. */
  readonly account: string | null;
}

type Found = { readonly space: Space } | { readonly error: unknown };

/** A wiki that is open to strangers answers them as well, with less: that must not pass for the wiki. */
export const checkIdentity = ({ kind }: Identity): void => {
  if (kind === 'stranger' || kind === 'refused')
    throw new CredentialsError('The wiki does not accept the credentials: it takes us for a stranger.', {
      hint: 'Nothing was changed. Check `credentials`: the token may have expired or been revoked.',
    });
};

/** What is not visible stays for an account that nobody knows: the user should know why. */
const tellUnknown = ({ notify }: Run, identity: Identity): void => {
  if (identity.kind !== 'unknown') return;
  const why = identity.error instanceof Error ? identity.error.message : 'It names no account.';
  notify({
    type: 'warning',
    code: 'unknown-account',
    message: `The wiki does not tell who we are, so that what is not visible stays in the mirror. ${why}`,
  });
};

/** A page that is no homepage any more because an answer lacks it would move the whole mirror. */
const withHomepage = (space: Space, read: ReadState): Space =>
  space.homepageId === undefined && read.kind === 'read' && read.state.homepageId !== null
    ? { ...space, homepageId: read.state.homepageId }
    : space;

/** Whether an address may be the site's own: only of a gateway, or of a wiki on this machine, it may be any other. */
const mayBeSite = (base: string, { isGateway, isLoopback, origin }: Address): boolean => {
  const { hostname } = new URL(base);
  return isGateway || isLoopback || hostname === new URL(origin).hostname || isCloudHost(hostname);
};

/** An answer that does not tell the site's own address leaves it as it was, or as it is given. */
const withSite = (space: Space, read: ReadState, { url }: Run['options']): Space => {
  const address = parseAddress(url, { allowHttp: true });
  if (space.baseUrl !== '' && mayBeSite(space.baseUrl, address)) return space;
  const site = read.kind === 'read' ? read.state.scope.site : '';
  return { ...space, baseUrl: site === '' ? address.apiBase : site };
};

/** Nobody knows us, and nothing is where the Cloud has it: perhaps it is no Cloud site. */
const explain$ = ({ wiki, options }: Run, error: unknown): Observable<never> =>
  isHttpError(error) && error.status === 404
    ? wiki.isDataCenter$().pipe(
        map((isDataCenter): never => {
          throw isDataCenter ? new DataCenterError(options.url) : error;
        }),
      )
    : throwError(() => error);

/**
 * Looks up the space and asks who we are, side by side. `key`: of the space as the mirror knows it, else as it is asked for.
 * `asked`: how the user names it, if at all. A mirror keeps to its space, whoever has its key by now; a key that the user
 * names is for whoever has it, and for the mirror's space where nobody does.
 *
 * Errors: `CredentialsError` when the wiki takes us for a stranger, before any other; `SpaceNotFoundError`;
 * `DataCenterError`.
 */
export const place$ = (run: Run, read: ReadState, key: string, asked?: string): Observable<Place> => {
  const { wiki } = run;
  const id = read.kind === 'read' && read.state.scope.space === key ? read.state.spaceId : undefined;
  const isOther = asked !== undefined && asked.toLowerCase() !== key.toLowerCase();
  const named = asked === undefined ? 'id' : 'key';
  const space$ = wiki.space$(isOther ? asked : key, id, named).pipe(
    map((space): Found => ({ space })),
    catchError((error: unknown) => of<Found>({ error })),
  );
  return forkJoin([wiki.identity$(), space$]).pipe(
    mergeMap(([identity, found]) => {
      if ('error' in found && found.error instanceof CredentialsError) throw found.error;
      checkIdentity(identity);
      if ('error' in found) return explain$(run, found.error);
      tellUnknown(run, identity);
      return of({
        space: withSite(withHomepage(found.space, read), read, run.options),
        account: identity.kind === 'known' ? identity.accountId : null,
      });
    }),
  );
};
