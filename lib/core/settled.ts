import type { PageKind } from './content.js';

/** The stamps of the versions of pages and blog posts whose files follow from version and layout alone, by id. */
export type Settled = Readonly<Record<PageKind, ReadonlyMap<string, number>>>;

export const NOTHING_SETTLED: Settled = { page: new Map(), blogpost: new Map() };
