import { isHttpError } from './http-error.js';
import { MalformedResponseError } from './malformed-response-error.js';
import { UnreachableError } from './unreachable-error.js';

const CONTENT_STATUS: ReadonlySet<number> = new Set([413, 414, 500, 502, 504]);

/**
 * True when a request for several items may have failed because of one of them, or of their number: fewer may fare
 * better. Never true for refusals (401, 403, 410, 429), which each part would meet again.
 */
export const dependsOnContent = (error: unknown): boolean =>
  (isHttpError(error) && CONTENT_STATUS.has(error.status)) ||
  error instanceof MalformedResponseError ||
  error instanceof UnreachableError;
