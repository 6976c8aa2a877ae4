import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { HTTPException } from 'hono/http-exception';

import { type ApiContext, movedTo } from '../http/api.js';
import { unauthorized } from '../http/auth.js';
import { errorAnswer } from '../http/error-answers.js';
import { tooManyRequests } from '../limits/limiters.js';
import type { FaultKind, FaultRule } from './parse-faults.js';

type Answer = (c: ApiContext, rule: FaultRule, now: number) => Response | Promise<Response>;

const failure =
  (status: number): Answer =>
  (c, { value }) => {
    if (value !== '') c.header('Retry-After', value);
    return errorAnswer(c, status, `Injected fault: ${status}`);
  };

const tooMany =
  (reason: string, hasRetryAfter = true): Answer =>
  (c, { value }, now) => {
    const seconds = Number(value === '' ? '1' : value);
    return tooManyRequests(c, {
      reason,
      resetAt: now + seconds * 1000,
      ...(hasRetryAfter ? { retryAfterSeconds: seconds } : {}),
    });
  };

const LOGIN_PAGE =
  '<!DOCTYPE html><html><head><title>Log in</title></head><body><form action="/login">Log in</form></body></html>';

const hangUp: Answer = (c) => {
  c.env.incoming.socket.resetAndDestroy();
  return RESPONSE_ALREADY_SENT;
};

const neverAnswer: Answer = async (c) => {
  await once(c.env.outgoing, 'close');
  return RESPONSE_ALREADY_SENT;
};

const ANSWERS: Readonly<Partial<Record<FaultKind, Answer>>> = {
  '429': tooMany('confluence-burst-based'),
  '429-quota': tooMany('confluence-quota-tenant-based'),
  '429-no-retry-after': tooMany('confluence-cost-based', false),
  '401': (c) => unauthorized(c),
  scope: (c) => unauthorized(c, 'Unauthorized; scope does not match'),
  '301': (c, { value }) => movedTo(c, value),
  'attachment-403': failure(403),
  'attachment-404': failure(404),
  'expired-url': failure(403),
  empty: (c) => c.body(''),
  html: (c) => c.html(LOGIN_PAGE),
  reset: hangUp,
  silent: neverAnswer,
  'expired-cursor': () => {
    throw new HTTPException(400, {
      message: "Provided value for 'cursor' is not the correct type or has expired",
    });
  },
};

/** Whether the kind is a status, to be answered with `Retry-After` when it has a value. */
const isStatus = (kind: FaultKind): boolean => /^\d{3}$/.test(kind);

/** The answer that a fault gives instead of the wiki's own; undefined for faults that spoil the wiki's own answer. */
export const faultAnswer = async (
  c: ApiContext,
  rule: FaultRule,
  now: number,
): Promise<Response | undefined> => {
  if (rule.kind === 'slow') await sleep(Number(rule.value));
  const answer = ANSWERS[rule.kind] ?? (isStatus(rule.kind) ? failure(Number(rule.kind)) : undefined);
  return answer?.(c, rule, now);
};
