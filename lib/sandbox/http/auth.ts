import type { MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';

import { type ApiContext, type ApiEnv, CLOUD_ID, isGateway } from './api.js';

/** What opens the wiki. */
export interface Credentials {
  readonly email: string;
  readonly token: string;
  readonly bearer: string;
}

export const CREDENTIALS: Credentials = {
  email: 'sandbox@example.com',
  token: 'sandbox-api-token',
  bearer: 'sandbox-bearer-token',
};

const basic = `Basic ${Buffer.from(`${CREDENTIALS.email}:${CREDENTIALS.token}`).toString('base64')}`;
const bearer = `Bearer ${CREDENTIALS.bearer}`;

/** A 401 in the gateway's words. */
export const unauthorized = (c: ApiContext, message = 'Unauthorized'): Response => {
  c.header('WWW-Authenticate', 'Basic realm="protected-area"');
  return c.json({ code: 401, message }, 401);
};

/** Lets Basic credentials in everywhere, bearer tokens by the gateway only. */
export const auth: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const given = c.req.header('authorization');
  if (isGateway(c) && !c.req.path.startsWith(`/ex/confluence/${CLOUD_ID}/`))
    throw new HTTPException(404, { message: 'No such site' });
  const accepted = isGateway(c) ? [basic, bearer] : [basic];
  if (given === undefined || !accepted.includes(given)) return unauthorized(c);
  return next();
};
