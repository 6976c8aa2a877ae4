import type { MiddlewareHandler } from 'hono';

import { type ApiContext, type ApiEnv, paramsOf, replaceResponse, sitePath } from '../http/api.js';
import { errorAnswer } from '../http/error-answers.js';
import { sendBroken } from './broken-wire.js';
import { faultAnswer } from './fault-answers.js';
import type { FaultPlan } from './fault-plan.js';
import { lanesOf } from './lane-of.js';
import type { FaultLane, FaultRule } from './parse-faults.js';
import { carries, resultCount, spoilResponse, without } from './spoil-response.js';

const PAGING = { 'repeat-cursor': 'repeat', duplicate: 'duplicate', 'empty-next': 'empty' } as const;
const isPagingKind = (kind: string): kind is keyof typeof PAGING => kind in PAGING;

/** For the first place in an app: chooses the fault of each request, and breaks the wire where it says so. */
export const chooseFault =
  (plan: FaultPlan, host?: FaultLane): MiddlewareHandler<ApiEnv> =>
  async (c, next) => {
    const params = paramsOf(c);
    const lanes = host === undefined ? lanesOf(sitePath(c.req.path), params) : [host];
    const fault = plan.next(lanes, params.has('cursor'));
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

const refuse = (c: ApiContext, status: 404 | 500 | 504, kind: string): void => {
  c.res = undefined;
  c.res = errorAnswer(c, status, `Injected fault: ${kind}`);
};

const leaveOut = (c: ApiContext, json: unknown, id: string): void => {
  const rest = without(json, id);
  if (rest === undefined) {
    refuse(c, 404, 'gone');
    return;
  }
  c.res = undefined;
  c.res = c.json(rest);
};

/** Applies a rule that stands for one id, or for the size of answers. */
const applyStanding = async (c: ApiContext, { kind, value }: FaultRule): Promise<void> => {
  if (c.res.status !== 200 || c.res.headers.get('content-type')?.includes('json') !== true) return;
  const isConcerned = kind === 'too-large' || (kind === 'poison' ? hasBodies(c) : isById(c));
  if (!isConcerned) return;
  const json: unknown = await c.res.clone().json();
  if (kind === 'too-large') {
    if (resultCount(json) > Number(value)) refuse(c, 504, kind);
  } else if (carries(json, value)) {
    if (kind === 'poison') refuse(c, 500, kind);
    else leaveOut(c, json, value);
  }
};

/** For the place before the routes: answers in their stead, or spoils what they answer. */
export const commitFault =
  (plan: FaultPlan, now: () => number): MiddlewareHandler<ApiEnv> =>
  async (c, next) => {
    const fault = c.var.fault;
    if (fault !== undefined && isPagingKind(fault.kind)) c.set('paging', [PAGING[fault.kind]]);
    const answer = fault === undefined ? undefined : await faultAnswer(c, fault, now());
    if (answer !== undefined) return answer;
    await next();
    const spoiled = fault === undefined ? undefined : await spoilResponse(c.res, fault);
    if (spoiled !== undefined) replaceResponse(c, spoiled);
    for (const rule of plan.standing) await applyStanding(c, rule);
    return undefined;
  };
