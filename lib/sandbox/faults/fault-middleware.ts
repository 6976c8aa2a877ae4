import type { MiddlewareHandler } from 'hono';

import { type ApiContext, type ApiEnv, paramsOf, replaceResponse, sitePath } from '../http/api.js';
import { errorAnswer } from '../http/error-answers.js';
import { sendBroken } from './broken-wire.js';
import { faultAnswer } from './fault-answers.js';
import type { FaultPlan } from './fault-plan.js';
import { laneOf } from './lane-of.js';
import type { FaultLane, FaultRule } from './parse-faults.js';
import { carries, spoilResponse, without } from './spoil-response.js';

const PAGING = { 'repeat-cursor': 'repeat', duplicate: 'duplicate', 'empty-next': 'empty' } as const;
const isPagingKind = (kind: string): kind is keyof typeof PAGING => kind in PAGING;

/** For the first place in an app: chooses the fault of each request, and breaks the wire where it says so. */
export const chooseFault =
  (plan: FaultPlan, host?: FaultLane): MiddlewareHandler<ApiEnv> =>
  async (c, next) => {
    const params = paramsOf(c);
    const fault = plan.next(host ?? laneOf(sitePath(c.req.path), params), params.has('cursor'));
    if (fault !== undefined) c.set('fault', fault);
    await next();
    const broken = fault === undefined ? undefined : await sendBroken(c, fault.kind);
    if (broken !== undefined) replaceResponse(c, broken);
  };

const hasBodies = (c: ApiContext): boolean => {
  const params = paramsOf(c);
  return params.has('body-format') || (params.get('expand') ?? '').includes('body.');
};

const isById = (c: ApiContext): boolean => paramsOf(c).has('id') || /\/\d+$/.test(c.req.path);

/** Applies a rule that stands for one id. */
const applyStanding = async (c: ApiContext, { kind, value }: FaultRule): Promise<void> => {
  if (c.res.status !== 200 || !(kind === 'poison' ? hasBodies(c) : isById(c))) return;
  const json: unknown = await c.res.clone().json();
  if (!carries(json, value)) return;
  const rest = kind === 'poison' ? undefined : without(json, value);
  const status = kind === 'poison' ? 500 : 404;
  c.res = undefined;
  c.res = rest === undefined ? errorAnswer(c, status, `Injected fault: ${kind}`) : c.json(rest);
};

/** For the place before the routes: answers in their stead, or spoils what they answer. */
export const commitFault =
  (plan: FaultPlan, now: () => number): MiddlewareHandler<ApiEnv> =>
  async (c, next) => {
    const fault = c.var.fault;
    if (fault !== undefined && isPagingKind(fault.kind)) c.set('paging', PAGING[fault.kind]);
    const answer = fault === undefined ? undefined : await faultAnswer(c, fault, now());
    if (answer !== undefined) return answer;
    await next();
    const spoiled = fault === undefined ? undefined : await spoilResponse(c.res, fault);
    if (spoiled !== undefined) replaceResponse(c, spoiled);
    for (const rule of plan.standing) await applyStanding(c, rule);
    return undefined;
  };
