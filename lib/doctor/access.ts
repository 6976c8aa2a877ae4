import type { Address } from '../confluence/address.js';
import type { Credentials } from '../confluence/authorization.js';
import { type Identity, speaksOfNoStranger } from '../confluence/identity.js';
import { EXIT } from '../errors/rxsync-error.js';
import { fatalFailure, type Finding, ok, warning } from './finding.js';

/** Whom we say to be, and what the wiki says to that. */
export interface Access {
  readonly credentials: Credentials;
  readonly address: Address;
  readonly identity: Identity;
  /** The id by which the gateway knows the site, as far as it tells. */
  readonly cloudId: string | undefined;
}

export const isGateway = ({ apiBase }: Pick<Address, 'apiBase'>): boolean =>
  /\/ex\/confluence\/[^/]+\/wiki$/.test(apiBase);

/** Where the wiki is said to be. */
export const addressFinding = (address: Address, proxy: string | undefined): Finding => {
  const kind = isGateway(address) ? 'the gateway to a site' : 'a site';
  const way = proxy === undefined || address.isLoopback ? '' : `, by the proxy ${proxy}`;
  return ok('address', `${address.apiBase} is the address of ${kind}${way}.`);
};

const GATEWAY = 'https://api.atlassian.com/ex/confluence';

const gatewayCure = (cloudId = '<cloudId>'): string =>
  `Set \`url\` to the gateway address: ${GATEWAY}/${cloudId}${cloudId === '<cloudId>' ? ' (the id stands in https://<site>.atlassian.net/_edge/tenant_info)' : ''}.`;

const isBearer = ({ credentials }: Access): boolean => 'bearerToken' in credentials;

/** What the credentials are, by where they are accepted. */
const kindOf = (access: Access): string => {
  if (isBearer(access)) return 'an OAuth 2.0 access token';
  return isGateway(access.address) ? 'an API token with scopes' : 'an API token without scopes';
};

const NEW_TOKEN = 'https://id.atlassian.com/manage-profile/security/api-tokens';

/** Why the wiki takes us for nobody, as far as its answer tells. */
const refusal = (access: Access): Pick<Finding, 'message' | 'cure'> => {
  const { identity, address, cloudId } = access;
  const onSite = !isGateway(address);
  if (isBearer(access))
    return onSite
      ? {
          message: 'The site takes no OAuth tokens: it answers this one as it answers strangers.',
          cure: gatewayCure(cloudId),
        }
      : {
          message: 'The gateway does not accept the OAuth token.',
          cure: 'Get a new one: it lives for about an hour. It must be granted for this site.',
        };
  if (onSite && identity.kind === 'refused' && identity.status === 401)
    return {
      message: 'The site answers 401, as it does to a token with scopes: those work at the gateway only.',
      cure: gatewayCure(cloudId),
    };
  return {
    message: onSite
      ? 'The wiki takes us for a stranger: email and token do not belong together, or the token has expired or was revoked.'
      : 'The gateway does not accept email and token: they do not belong together, the token has expired, or it is one without scopes.',
    cure: `Check \`credentials\`; make a new token at ${NEW_TOKEN}.${onSite ? '' : ' A token without scopes works at the address of the site only.'}`,
  };
};

/** Whether the wiki knows us, and what the credentials are. */
export const credentialsFinding = (access: Access): Finding => {
  const { identity } = access;
  if (identity.kind === 'known')
    return ok('credentials', `${kindOf(access)}, of the account ${identity.accountId}.`);
  if (identity.kind === 'unknown')
    return warning(
      'credentials',
      `The wiki does not say who we are. ${identity.error instanceof Error ? identity.error.message : 'It names no account.'}`,
      'A pull works; what this account may not see stays in the mirror. A token that may read the current user mends it.',
    );
  return {
    check: 'credentials',
    health: 'failed',
    code: 'credentials',
    exitCode: EXIT.credentials,
    ...refusal(access),
  };
};

/** What has kept the first request from being answered at all, if anything has. */
export const reachFinding = (identity: Identity, latencyMs: number | undefined): Finding => {
  const isUnanswered = identity.kind === 'unknown' && identity.error !== undefined;
  if (isUnanswered && !isAboutScope(identity.error) && !speaksOfNoStranger(identity.error))
    return fatalFailure('reach', identity.error);
  return ok('reach', `The wiki answers${latencyMs === undefined ? '' : ` in ${Math.round(latencyMs)} ms`}.`);
};

const isAboutScope = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'missing-scope';
