import type { ValueShape } from './behaviour.js';
import { type Json, contentIn, idIn, isJson, mapRows, resultsOf } from './json-rows.js';
import type { WildRequest } from './wild-request.js';

/** `KIND` or `KIND:ID`. */
export const ODD_ROW_VALUE: ValueShape = {
  text: 'null|title|version|container|ancestors|id[:ID|#n]',
  pattern: /^(?:null|title|version|container|ancestors|id)(?::(?:#[1-9]\d*|(?:att)?\d+))?$/,
  counts: 'page',
};

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  title: ['title'],
  version: ['version'],
  id: ['id'],
  ancestors: ['ancestors'],
  container: ['container', 'pageId', 'blogPostId'],
};

const isContentList = ({ route, path }: WildRequest): boolean =>
  ['listing', 'search', 'attachments-of'].includes(route) || /\/(?:attachments|\w+-comments)$/.test(path);

const withNull = (row: Json, kind: string): Json => ({
  ...row,
  ...Object.fromEntries((FIELDS[kind] ?? []).flatMap((name) => (name in row ? [[name, null]] : []))),
});

/** Puts a null into a listing of content: as a row of its own, or into a field of one row, by default of the second. */
export const oddRow = (json: Json, request: WildRequest, value: string): Json => {
  const results = resultsOf(json);
  if (results === undefined || !isContentList(request)) return json;
  const [kind = '', named] = value.split(':');
  const second = contentIn(results[1]);
  const id = named ?? (second === undefined ? '' : idIn(second));
  if (kind !== 'null') return mapRows(json, (row) => (idIn(row) === id ? withNull(row, kind) : row));
  const at = results.findIndex((row) => isJson(row) && idIn(contentIn(row) ?? {}) === id);
  return at < 0 ? json : { ...json, results: [...results.slice(0, at), null, ...results.slice(at)] };
};
