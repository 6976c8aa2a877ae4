import { errorAnswer } from '../http/error-answers.js';
import { idNumber } from '../wiki/model.js';
import { type Behaviour, count, idOf } from './behaviour.js';
import type { WildRequest } from './wild-request.js';

const mainSpaceId = ({ api }: WildRequest): string | undefined => api.state.store.spaces.keys().next().value;

const refuseLimit = ({ c, route, params }: WildRequest, value: string): Response | undefined => {
  const [limit = '', status = '500'] = value.split(':').reverse();
  const isLarge = route === 'search' && Number(params.get('limit') ?? 25) > Number(limit);
  return isLarge ? errorAnswer(c, Number(status), 'Too many results') : undefined;
};

/** Leaves a comment out of searches that ask for bodies. */
const withoutBody = ({ route, formats }: WildRequest, value: string) =>
  route === 'search' && formats.length > 0 ? ({ id }: { readonly id: string }) => id !== value : undefined;

const INDEX =
  '10 Known traps, 19 Search: the index lags and leaves out; it is a cheap hint, never the account';

/** What CQL search refuses and does not find. */
export const SEARCH = {
  'empty-search': {
    does: 'every CQL search finds nothing',
    evidence: INDEX,
    shows: ({ route }) => (route === 'search' ? () => false : undefined),
  },
  'swapping-rows': {
    does: 'a search without order by misses rows and repeats others across pages, and its total shrinks',
    evidence:
      '19 Search: rows trade places between two pages of a walk; totals shrank 294, 292, 291 over 289 rows',
    mild: true,
    pages: ({ route, isOrdered }) => (route === 'search' && !isOrdered ? 'swap' : undefined),
  },
  'no-order-by': {
    does: 'search refuses any order by with 400',
    evidence: '19 Search: ask for a stable order where the service takes one',
    mild: true,
    refuses: ({ c, route, isOrdered, cql }) =>
      route === 'search' && isOrdered ? errorAnswer(c, 400, `Could not parse cql : ${cql}`) : undefined,
  },
  'large-limit': {
    does: 'search answers STATUS (default 500) to a limit above N',
    evidence: '19 Search: answers 500, 502 and 504 to large limit values that succeed with smaller ones',
    mild: true,
    value: { text: 'N or STATUS:N', pattern: /^(?:5\d\d:)?[1-9]\d*$/, fallback: '100' },
    refuses: refuseLimit,
  },
  unindexed: {
    does: 'search never lists the attachments whose id N divides',
    evidence: INDEX,
    value: count(3),
    shows: ({ route }, value) =>
      route === 'search'
        ? ({ type, id }) => type !== 'attachment' || idNumber(id) % Number(value) !== 0
        : undefined,
  },
  'empty-ancestor': {
    does: 'a search with an ancestor clause finds nothing',
    evidence: INDEX,
    shows: ({ route, cql }) => (route === 'search' && /\bancestor\b/i.test(cql) ? () => false : undefined),
  },
  'archived-space': {
    does: 'the large space is archived: /spaces says so, and search finds nothing of it',
    evidence:
      '19 Search: content of an archived space is left out unless includeArchivedSpaces=true, of /rest/api/search alone',
    space: (space, request) => (space.id === mainSpaceId(request) ? { ...space, status: 'archived' } : space),
    shows: (request) => {
      const { route, path, params } = request;
      const isWide = path.endsWith('/api/search') && params.get('includeArchivedSpaces') === 'true';
      const spaceId = mainSpaceId(request);
      return route === 'search' && !isWide ? (content) => content.spaceId !== spaceId : undefined;
    },
  },
  'lost-comment': {
    does: 'search leaves one comment out when bodies are asked for; by id it answers 500',
    evidence: '10 Known traps: expand=body.storage has failed with server errors for some content; 19 Search',
    value: idOf('comment'),
    shows: withoutBody,
    refuses: ({ c, route, id }, value) =>
      route === 'comment' && id === value ? errorAnswer(c, 500, 'Internal Server Error') : undefined,
  },
  'late-comment': {
    does: 'search leaves one comment out when bodies are asked for; by id it is right',
    evidence: '10 Known traps: index lag; absence proves nothing',
    value: idOf('comment'),
    shows: withoutBody,
  },
} satisfies Readonly<Record<string, Behaviour>>;
