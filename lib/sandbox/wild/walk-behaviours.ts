import type { PagingStyle } from '../http/paging.js';
import { type Behaviour, count } from './behaviour.js';
import type { WildRequest } from './wild-request.js';

/** A style for everything that is walked; what is asked for by id comes whole. */
const onWalks =
  (style: PagingStyle) =>
  ({ route }: WildRequest): PagingStyle | undefined =>
    route === 'bulk' ? undefined : style;

const EMPTY_NEXT =
  '4.1, 19 Search: a next beside zero results, with the same cursor again and with a fresh one each time';

/** How walks through listings go on and end. */
export const WALKS = {
  'same-cursor-end': {
    does: 'listings end in an empty page whose next is the cursor just used',
    evidence: EMPTY_NEXT,
    mild: true,
    pages: onWalks('same-cursor-end'),
  },
  'endless-empty': {
    does: 'after the last page of a listing come empty ones with ever new cursors',
    evidence: EMPTY_NEXT,
    pages: onWalks('endless-empty'),
  },
  'endless-repeat': {
    does: 'after the last page of a listing come its rows again and again with ever new cursors',
    evidence: EMPTY_NEXT,
    pages: onWalks('endless-repeat'),
  },
  'empty-first-space': {
    does: 'the first page of the space lookup is empty, with a next',
    evidence: '4.1: permission filtering and server caps produce empty pages with a next',
    mild: true,
    pages: ({ route, params }) => (route === 'space-lookup' && !params.has('cursor') ? 'empty' : undefined),
  },
  'short-pages': {
    does: 'pages of listings are short and sometimes empty, with a next',
    evidence: '4.1: a short page is not the last page; 19 Search: asked 100, got 100, 98 (with next), 91',
    mild: true,
    pages: onWalks('short'),
  },
  'bulk-cap': {
    does: 'v2 listings of pages with body-format give at most N in silence, with a next',
    evidence:
      '19 Bulk bodies: the listing of versions with body-format was cut to 50 a page in silence (200)',
    mild: true,
    value: count(50),
    caps: ({ route, formats }, value) =>
      (route === 'listing' || route === 'bulk') && formats.length > 0 ? Number(value) : undefined,
  },
} satisfies Readonly<Record<string, Behaviour>>;
