import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { HTTPException } from 'hono/http-exception';

import { SandboxError } from '../../errors/sandbox-error.js';
import { type ApiContext, sitePath } from './api.js';

const NAMES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  410: 'Gone',
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

/** An error in the shape of the API that the path belongs to. */
export const errorAnswer = (c: ApiContext, status: ContentfulStatusCode, message: string): Response => {
  const isV2 = sitePath(c.req.path).startsWith('/wiki/api/v2');
  return c.json(isV2 ? v2Body(status, message) : v1Body(status, message), status);
};

/** Turns what a route throws into an answer. */
export const answerThrown = (error: Error, c: ApiContext): Response => {
  if (error instanceof HTTPException) return errorAnswer(c, error.status, error.message);
  if (error instanceof SandboxError) return errorAnswer(c, 400, error.message);
  return errorAnswer(c, 500, `The sandbox itself failed: ${error.stack ?? error.message}`);
};
