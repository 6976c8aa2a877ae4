import type { FaultRule } from './parse-faults.js';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const withBody = (response: Response, body: string | Uint8Array<ArrayBuffer>): Response => {
  const headers = new Headers(response.headers);
  headers.set('Content-Length', String(typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength));
  return new Response(body, { status: response.status, headers });
};

const withNullResults = async (response: Response): Promise<Response | undefined> => {
  if (response.headers.get('content-type')?.includes('json') !== true) return undefined;
  const json: unknown = await response.clone().json();
  return isObject(json) && 'results' in json
    ? withBody(response, JSON.stringify({ ...json, results: null }))
    : undefined;
};

/** Spoils the content of a good answer: broken JSON, no results, or a file one byte short. Undefined for other faults. */
export const spoilResponse = async (
  response: Response,
  { kind }: FaultRule,
): Promise<Response | undefined> => {
  if (kind === 'malformed') {
    const text = await response.text();
    return withBody(response, text.slice(0, Math.floor(text.length / 2)));
  }
  if (kind === 'null-results') return withNullResults(response);
  if (kind !== 'wrong-size') return undefined;
  const bytes = new Uint8Array(await response.arrayBuffer());
  return withBody(response, bytes.slice(0, -1));
};

const idIn = (value: unknown): unknown => (isObject(value) ? Reflect.get(value, 'id') : undefined);

/** How many results an answer has. */
export const resultCount = (json: unknown): number => {
  const results: unknown = isObject(json) ? Reflect.get(json, 'results') : undefined;
  return Array.isArray(results) ? results.length : 0;
};

/** Whether an answer carries the item with this id, alone or in its results. */
export const carries = (json: unknown, id: string): boolean => {
  const results: unknown = isObject(json) ? Reflect.get(json, 'results') : undefined;
  return idIn(json) === id || (Array.isArray(results) && results.some((item) => idIn(item) === id));
};

/** An answer without the item with this id; undefined when the item is the whole answer. */
export const without = (json: unknown, id: string): object | undefined => {
  if (!isObject(json) || idIn(json) === id) return undefined;
  const results: unknown = Reflect.get(json, 'results');
  return Array.isArray(results) ? { ...json, results: results.filter((item) => idIn(item) !== id) } : json;
};
