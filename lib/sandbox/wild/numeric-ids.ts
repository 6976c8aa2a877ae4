import { type Json, isJson } from './json-rows.js';

const ID_FIELDS = [
  'id',
  'spaceId',
  'homepageId',
  'parentId',
  'pageId',
  'blogPostId',
  'parentCommentId',
] as const;

const toNumber = (value: unknown): unknown =>
  typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;

/** A row with its own ids as numbers. */
export const withNumericIds = (row: Json): Json => ({
  ...row,
  ...Object.fromEntries(ID_FIELDS.flatMap((name) => (name in row ? [[name, toNumber(row[name])]] : []))),
});

const deep = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(deep);
  return isJson(value) ? numericIds(value) : value;
};

/** JSON with all ids as numbers, however deep they stand; `att12` stays text. */
export const numericIds = (json: Json): Json =>
  withNumericIds(Object.fromEntries(Object.entries(json).map(([name, value]) => [name, deep(value)])));
