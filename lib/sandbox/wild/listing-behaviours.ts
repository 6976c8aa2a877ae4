import { contentJson } from '../http/v2-json.js';
import { type Behaviour, idOf } from './behaviour.js';
import { type Json, resultsOf } from './json-rows.js';
import type { WildRequest } from './wild-request.js';

const LOSS = '6.4, 19: an incomplete listing must never delete; "missing" in a listing is no proof';

/** Puts a page among blog posts. */
const misfile = (json: Json, { api, route, path, params }: WildRequest, value: string): Json => {
  const results = resultsOf(json);
  const page = api.state.store.get(value);
  const isMeant = route === 'listing' && path.endsWith('/blogposts') && !params.has('cursor');
  return !isMeant || results === undefined || page === undefined
    ? json
    : { ...json, results: [...results, contentJson(api, page)] };
};

/** What listings of the database leave out, while all of it answers by id. */
export const LISTINGS = {
  'empty-listing': {
    does: 'the v2 listings of pages and blog posts are empty',
    evidence: LOSS,
    shows: ({ route }) => (route === 'listing' ? () => false : undefined),
  },
  'half-listing': {
    does: 'the v2 listings of pages and blog posts end half-way, without a next',
    evidence: LOSS,
    pages: ({ route }) => (route === 'listing' ? 'half' : undefined),
  },
  omit: {
    does: 'the v2 listings leave one page or blog post out',
    evidence: LOSS,
    value: idOf('page'),
    shows: ({ route }, value) => (route === 'listing' ? ({ id }) => id !== value : undefined),
  },
  misfiled: {
    does: 'the v2 listing of blog posts tells one page, too',
    evidence: '19 Odd rows: one row must never cost the listing; caches before the wiki mix answers up',
    value: idOf('page'),
    answer: misfile,
  },
  'omit-attachments': {
    does: 'search and the v2 listing by page leave the attachments of one page out',
    evidence: '10 Known traps, 19 Search: absence from an index proves nothing; take it as a hint',
    value: idOf('page'),
    shows: ({ route }, value) =>
      route === 'search' || route === 'attachments-of'
        ? (content) => content.type !== 'attachment' || content.containerId !== value
        : undefined,
  },
} satisfies Readonly<Record<string, Behaviour>>;
