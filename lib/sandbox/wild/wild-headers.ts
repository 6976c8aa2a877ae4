import type { MiddlewareHandler } from 'hono';

import type { Api, ApiEnv } from '../http/api.js';
import { wildRequest } from './wild-request.js';

/** Writes the headers of the behaviours over those of any answer. */
export const wildHeaders =
  (api: Api): MiddlewareHandler<ApiEnv> =>
  async (c, next) => {
    await next();
    const { active } = api.wild;
    if (active.length === 0) return;
    const request = wildRequest(api, c);
    for (const { behaviour, value } of active)
      for (const [name, text] of behaviour.headers?.(request, value) ?? []) c.header(name, text);
  };
