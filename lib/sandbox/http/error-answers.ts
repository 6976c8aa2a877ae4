import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { HTTPException } from 'hono/http-exception';

import { OptionsError } from '../../errors/options-error.js';
import { SandboxError } from '../../errors/sandbox-error.js';
import { type ApiContext, sitePath } from './api.js';

const NAMES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  407: 'Proxy Authentication Required',
  408: 'Request Timeout',
  410: 'Gone',
  413: 'Payload Too Large',
  414: 'URI Too Long',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

const CODES: Readonly<Record<number, string>> = { 400: 'INVALID_REQUEST_PARAMETER', 404: 'NOT_FOUND' };

const nameOf = (status: number): string => NAMES[status] ?? 'Error';

const v2Body = (status: number, message: string) => ({
  errors: [
    {
      status,
      code: CODES[status] ?? nameOf(status).toUpperCase().replaceAll(' ', '_'),
      title: message,
      detail: null,
    },
  ],
});

const v1Body = (status: number, message: string) => ({
  statusCode: status,
  data: { authorized: true, valid: false, allowedInReadOnlyMode: true, errors: [], successful: false },
  message,
  reason: nameOf(status),
});

/** Any status above 200 carries a body here; 520 to 524 are those of a proxy in front of the wiki. */
const isContentful = (status: number): status is ContentfulStatusCode => status >= 200 && status <= 599;

/** An error in the shape of the API that the path belongs to. */
export const errorAnswer = (c: ApiContext, status: number, message: string): Response => {
  const isV2 = sitePath(c.req.path).startsWith('/wiki/api/v2');
  return c.json(
    isV2 ? v2Body(status, message) : v1Body(status, message),
    isContentful(status) ? status : 500,
  );
};

/** Turns what a route throws into an answer. */
export const answerThrown = (error: Error, c: ApiContext): Response => {
  if (error instanceof HTTPException) return errorAnswer(c, error.status, error.message);
  if (error instanceof SandboxError || error instanceof OptionsError)
    return errorAnswer(c, 400, error.message);
  return errorAnswer(c, 500, `The sandbox itself failed: ${error.stack ?? error.message}`);
};
