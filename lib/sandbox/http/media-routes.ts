import type { Hono } from 'hono';

import type { Api, ApiContext, ApiEnv } from './api.js';
import { decodeGrant } from './media-token.js';

interface Range {
  readonly from: number;
  readonly to: number;
}

/** The one range of a `Range` header; undefined for none or one that is not understood, null when it lies outside. */
const parseRange = (header: string | undefined, size: number): Range | null | undefined => {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (match === null || match[0] === 'bytes=-') return undefined;
  const [, first = '', last = ''] = match;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return from > to ? null : { from, to };
};

/** A copy of the bytes in a buffer of their own. */
const copy = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

const sendBytes = (c: ApiContext, bytes: Uint8Array, mediaType: string): Response => {
  const range = parseRange(c.req.header('range'), bytes.length);
  c.header('Accept-Ranges', 'bytes');
  if (range === null) return c.body(null, 416, { 'Content-Range': `bytes */${bytes.length}` });
  const part = range === undefined ? bytes : bytes.subarray(range.from, range.to + 1);
  const headers = { 'Content-Type': mediaType, 'Content-Length': String(part.length) };
  if (range === undefined) return c.body(copy(part), 200, headers);
  return c.body(copy(part), 206, {
    ...headers,
    'Content-Range': `bytes ${range.from}-${range.to}/${bytes.length}`,
  });
};

const serve = (api: Api, c: ApiContext): Response => {
  if (c.req.header('authorization') !== undefined)
    return c.json({ error: 'Authorization header is not allowed here' }, 400);
  if (c.req.header('cookie') !== undefined) return c.json({ error: 'Cookies are not allowed here' }, 403);
  const grant = decodeGrant(c.req.query('token') ?? '');
  if (grant === undefined || grant.expiresAt <= api.options.timer())
    return c.json({ error: 'Token is invalid or expired' }, 403);
  const attachment = api.state.store.get(grant.attachmentId);
  if (attachment?.type !== 'attachment') return c.json({ error: 'Not found' }, 404);
  return sendBytes(c, api.state.files.read(attachment, grant.version), attachment.mediaType);
};

/** Routes of the media host: signed addresses only, no credentials. */
export const mediaRoutes = (app: Hono<ApiEnv>, api: Api): void => {
  app.get('/file/:fileId/binary', (c) => serve(api, c));
};
