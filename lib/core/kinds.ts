/** The kinds of item that are counted. A `comments` item is one page's comments file. */
export const KINDS = ['page', 'blogpost', 'folder', 'attachment', 'comments'] as const;
/** What an item is. */
export type Kind = (typeof KINDS)[number];

/** The kinds of item that have a body. */
export const PAGE_KINDS = ['page', 'blogpost'] as const satisfies readonly Kind[];

export const isPageKind = (kind: Kind): kind is (typeof PAGE_KINDS)[number] =>
  kind === 'page' || kind === 'blogpost';

/** What a listing is of; `names` are those of accounts. */
export const LISTINGS = [...KINDS, 'labels', 'names'] as const;
/** What a listing is of. */
export type ListingOf = (typeof LISTINGS)[number];
