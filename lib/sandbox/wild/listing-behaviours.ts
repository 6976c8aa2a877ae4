import { type Behaviour, idOf } from './behaviour.js';

const LOSS = '6.4, 19: an incomplete listing must never delete; "missing" in a listing is no proof';

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
