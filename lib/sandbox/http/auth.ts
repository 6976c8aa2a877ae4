import type { MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';

import { BEARER_TOKEN, CREDENTIALS } from '../credentials.js';
import { type Api, type ApiContext, type ApiEnv, CLOUD_ID, isGateway, sitePath } from './api.js';
import { errorAnswer } from './error-answers.js';

const basic = `Basic ${Buffer.from(`${CREDENTIALS.email}:${CREDENTIALS.apiToken}`).toString('base64')}`;
const bearer = `Bearer ${BEARER_TOKEN}`;

/** A 401 in the gateway's words. */
export const unauthorized = (c: ApiContext, message = 'Unauthorized'): Response => {
  c.header('WWW-Authenticate', 'Basic realm="protected-area"');
  return c.json({ code: 401, message }, 401);
};

/** What the site says to a stranger: in v2 that there is nothing, in v1 one of two sentences. */
const refuseStranger = (c: ApiContext): Response => {
  const path = sitePath(c.req.path);
  if (path.startsWith('/wiki/api/v2')) return errorAnswer(c, 404, 'Not Found');
  const isSearch = path.endsWith('/search');
  return errorAnswer(
    c,
    403,
    isSearch ? 'Current user not permitted to use Confluence' : 'caller cannot access Confluence',
  );
};

/** Whether the request carries credentials that are good where it was sent. */
export const isAccepted = (c: ApiContext): boolean => {
  const accepted = isGateway(c) ? [basic, bearer] : [basic];
  return accepted.includes(c.req.header('authorization') ?? '');
};

/**
 * Lets Basic credentials in everywhere, bearer tokens by the gateway only. The gateway answers others 401, the site treats
 * them as the strangers they are.
 */
export const auth =
  ({ wild }: Api): MiddlewareHandler<ApiEnv> =>
  async (c, next) => {
    if (isGateway(c) && !c.req.path.startsWith(`/ex/confluence/${CLOUD_ID}/`))
      throw new HTTPException(404, { message: 'No such site' });
    wild.count();
    const isRevoked = wild.requests >= Number(wild.valueOf('revoke') ?? Infinity);
    if (isAccepted(c) && !isRevoked) return next();
    if (isGateway(c)) return unauthorized(c);
    if (wild.valueOf('open-site') === undefined) return refuseStranger(c);
    c.set('isStranger', true);
    return next();
  };
