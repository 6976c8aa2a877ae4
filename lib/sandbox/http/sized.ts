import type { MiddlewareHandler } from 'hono';

import { type ApiEnv, replaceResponse } from './api.js';

/** Gives JSON answers a `Content-Length`, so that small ones are sent as they are and large ones compressed. */
export const sized: MiddlewareHandler<ApiEnv> = async (c, next) => {
  await next();
  if (c.res.headers.get('content-type')?.includes('json') !== true) return;
  const { status, headers } = c.res;
  const bytes = await c.res.arrayBuffer();
  headers.set('content-length', String(bytes.byteLength));
  replaceResponse(c, new Response(bytes, { status, headers }));
};
