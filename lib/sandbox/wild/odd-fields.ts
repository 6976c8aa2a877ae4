import { hash32 } from '../data/prng.js';
import { type Json, idIn, isJson } from './json-rows.js';
import { withNumericIds } from './numeric-ids.js';
import type { WildRoute } from './wild-request.js';

type Oddity = (row: Json) => Json;

/** A row with a field replaced, where it has it. */
const replace = (row: Json, name: string, change: (value: unknown) => unknown): Json =>
  name in row ? { ...row, [name]: change(row[name]) } : row;

const toNull = (): null => null;

const anonymous = (version: unknown): unknown => {
  if (!isJson(version)) return version;
  if ('authorId' in version) return { ...version, authorId: null };
  return 'by' in version ? { ...version, by: { type: 'anonymous', displayName: 'Anonymous' } } : version;
};

const sizeAsText = (row: Json): Json =>
  replace(replace(row, 'fileSize', String), 'extensions', (extensions) =>
    isJson(extensions) ? replace(extensions, 'fileSize', String) : extensions,
  );

const ODDITIES: readonly Oddity[] = [
  (row) => replace(row, 'parentType', () => 'smartlink'),
  (row) => replace(replace(row, 'authorId', toNull), 'version', anonymous),
  sizeAsText,
  (row) => replace(replace(row, 'ownerId', toNull), 'lastOwnerId', toNull),
  (row) => ({ ...row, experimental: { flags: [null, { since: 2026 }] } }),
  withNumericIds,
];

const ONE_IN = 10;
const BY_ID: readonly WildRoute[] = ['single', 'attachment', 'comment', 'identity'];

/** A row with the oddity that its id is due, if any; every space loses its homepage. */
export const oddFields = (row: Json, route: WildRoute): Json => {
  if (route === 'space-lookup') return replace(row, 'homepageId', toNull);
  const due = hash32('odd', idIn(row));
  if (BY_ID.includes(route) || idIn(row) === '' || due % ONE_IN !== 0) return row;
  return ODDITIES[Math.floor(due / ONE_IN) % ODDITIES.length]?.(row) ?? row;
};
