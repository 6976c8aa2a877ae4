import { idNumber } from '../wiki/model.js';
import { type Behaviour, count, idOf } from './behaviour.js';
import { type Json, contentIn, idIn, isJson, resultsOf } from './json-rows.js';
import type { WildRequest } from './wild-request.js';

const NOT_DOCUMENTED =
  '17: nearly every property can be absent or other than documented at runtime; what comes in its place is [INFER]';

const holdsPages = ({ route }: WildRequest): boolean => route === 'listing' || route === 'bulk';

/** The answer with a further row behind that of the item, made of it. */
const withRowBehind = (json: Json, isIt: (row: Json) => boolean, make: (row: Json) => Json): Json => {
  const results = resultsOf(json);
  const more = results?.flatMap((row) => {
    const content = contentIn(row);
    return content !== undefined && isIt(content) ? [row, make(content)] : [row];
  });
  return results === undefined || more?.length === results.length ? json : { ...json, results: more };
};

/** What no listing shows; search and the lists of pages neither. */
const onlyById = ({ route }: WildRequest, value: string) =>
  route === 'single' || route === 'attachment' || route === 'bulk'
    ? undefined
    : ({ id }: { readonly id: string }) => id !== value;

const COMMENT = { id: '1', type: 'comment', status: 'current' };

const isOneIn = (row: Json, n: number): boolean => {
  const id = idIn(row);
  return id !== '' && isJson(row.container) && idNumber(id) % n === 0;
};

/** Answers that are about something else than was asked for, or say nothing that proves anything. */
export const PROOFS = {
  'draft-rows': {
    does: 'listings and reads in bulk hold one page a second time, as a draft with another title',
    evidence: NOT_DOCUMENTED,
    value: idOf('page'),
    answer: (json, request, id) =>
      holdsPages(request)
        ? withRowBehind(
            json,
            (row) => idIn(row) === id,
            (row) => ({ ...row, status: 'draft', title: `Draft of ${String(row.title)}` }),
          )
        : json,
  },
  'trashed-twin': {
    does: 'listings leave out one page; reads in bulk by id tell it twice, current and trashed',
    evidence: NOT_DOCUMENTED,
    value: idOf('page'),
    shows: onlyById,
    answer: (json, { route, formats }, id) =>
      route === 'bulk' && formats.length === 0
        ? withRowBehind(
            json,
            (row) => idIn(row) === id,
            (row) => ({ ...row, status: 'trashed' }),
          )
        : json,
  },
  'foreign-rows': {
    does: 'listings of pages hold rows of another space',
    evidence: NOT_DOCUMENTED,
    answer: (json, { route }) =>
      route === 'listing'
        ? withRowBehind(
            json,
            (row) => 'spaceId' in row && idNumber(idIn(row)) % 7 === 0,
            (row) => ({
              ...row,
              id: `9${idIn(row)}`,
              spaceId: '4711',
              title: `Foreign ${String(row.title)}`,
            }),
          )
        : json,
  },
  frozen: {
    does: 'no listing tells of one page or attachment; by its id it has the status "frozen"',
    evidence: NOT_DOCUMENTED,
    value: idOf('page'),
    shows: onlyById,
    row: (row, { route, formats }, id) =>
      idIn(row) === id && formats.length === 0 && ['single', 'attachment', 'bulk'].includes(route)
        ? { ...row, status: 'frozen' }
        : row,
  },
  'odd-containers': {
    does: 'search tells a comment for the container of attachments and comments whose id N divides',
    evidence: '19 Odd rows: a container may be a space, a comment or an attachment',
    value: count(3),
    row: (row, { route }, n) =>
      route === 'search' && isOneIn(row, Number(n)) ? { ...row, container: COMMENT } : row,
  },
  'old-comment': {
    does: 'searches that ask for bodies give the version before of comments: number and text',
    evidence: '10 Known traps, 19 Search: the index lags',
    row: (row, { route, formats }) =>
      route === 'search' && formats.length > 0 && isJson(row.version) && Number(row.version.number) > 1
        ? {
            ...row,
            version: { ...row.version, number: Number(row.version.number) - 1 },
            body: { storage: { value: '<p>As it was before.</p>', representation: 'storage' } },
          }
        : row,
  },
} satisfies Readonly<Record<string, Behaviour>>;
