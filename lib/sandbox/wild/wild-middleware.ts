import type { MiddlewareHandler } from 'hono';

import { type Api, type ApiContext, type ApiEnv, replaceResponse } from '../http/api.js';
import { type Json, isJson, mapRows } from './json-rows.js';
import { type ActiveBehaviour } from './wild.js';
import { type WildRequest, wildRequest } from './wild-request.js';
import { wildView } from './wild-view.js';

const mark = (c: ApiContext, name: string): void => c.set('wild', [...(c.var.wild ?? []), name]);

/** The first answer that a behaviour gives in the stead of the wiki. */
const firstAnswer = (
  { wild }: Api,
  request: WildRequest,
  hook: 'intercepts' | 'refuses',
): Response | undefined => {
  for (const { name, behaviour, value } of wild.active) {
    const answer = behaviour[hook]?.(request, value);
    if (answer === undefined) continue;
    mark(request.c, name);
    return answer;
  }
  return undefined;
};

const rewrite = (json: Json, request: WildRequest, { behaviour, value }: ActiveBehaviour): Json => {
  const rows =
    behaviour.row === undefined ? json : mapRows(json, (row) => behaviour.row?.(row, request, value) ?? row);
  return behaviour.answer?.(rows, request, value) ?? rows;
};

/** Lets the behaviours write over a good answer, in the order of their table. */
const rewriteAnswer = async ({ wild }: Api, request: WildRequest): Promise<void> => {
  const { c } = request;
  const { status, headers } = c.res;
  if (status !== 200 || headers.get('content-type')?.includes('json') !== true) return;
  const given: unknown = await c.res.clone().json();
  if (!isJson(given)) return;
  let json = given;
  for (const active of wild.active) {
    const next = rewrite(json, request, active);
    if (next !== json) mark(c, active.name);
    json = next;
  }
  if (json !== given) replaceResponse(c, new Response(JSON.stringify(json), { status, headers }));
};

/** For the place before the credentials are looked at: answers in the stead of everything else. */
export const wildGate =
  (api: Api): MiddlewareHandler<ApiEnv> =>
  async (c, next) => {
    if (api.wild.active.length === 0) return next();
    return firstAnswer(api, wildRequest(api, c), 'intercepts') ?? next();
  };

/** For the place next to the routes: what they are asked, what they see and what they answer. */
export const wildAnswers =
  (api: Api): MiddlewareHandler<ApiEnv> =>
  async (c, next) => {
    const { active } = api.wild;
    if (active.length === 0) return next();
    const request = wildRequest(api, c);
    const refused = firstAnswer(api, request, 'refuses');
    if (refused !== undefined) return refused;
    const styles = active.flatMap(({ behaviour, value }) => behaviour.pages?.(request, value) ?? []);
    const caps = active.flatMap(({ behaviour, value }) => behaviour.caps?.(request, value) ?? []);
    c.set('paging', [...(c.var.paging ?? []), ...styles]);
    c.set('cap', Math.min(...caps));
    const view = wildView(active, request);
    await (view === undefined ? next() : api.state.store.view.run(view, next));
    await rewriteAnswer(api, request);
    return undefined;
  };
