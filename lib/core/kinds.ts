/** The kinds of item that are counted. A `comments` item is one page's comments file. */
export const KINDS = ['page', 'blogpost', 'folder', 'attachment', 'comments'] as const;
/** What an item is. */
export type Kind = (typeof KINDS)[number];

/** What a listing is of; `names` are those of accounts. */
export const LISTINGS = [...KINDS, 'labels', 'names'] as const;
/** What a listing is of. */
export type ListingOf = (typeof LISTINGS)[number];
