import { type Observable, forkJoin, map, of, switchMap } from 'rxjs';
import type { FoundPage, ListedPage } from '../../core/content.js';
import type { Whereabouts } from '../../core/departures.js';
import { recordKey } from '../../core/records.js';
import type { Listing } from './listing.js';
import { type Located, type LocatedPages, recorded, type Search, titlesOf } from './located.js';
import { mendPages$ } from './mend-rows.js';
import { type PagesById, pagesById$ } from './pages-by-id.js';

/** Statuses of what has left the space's tree. */
const LEFT: ReadonlySet<string> = new Set(['archived', 'trashed', 'deleted']);

/** What the database's word on a page by its id means for the mirror of a space. */
export const whereaboutsOf = (spaceId: string, found: FoundPage | undefined): Whereabouts => {
  if (found === undefined) return 'unseen';
  if (found.status === 'current')
    return found.spaceId === undefined || found.spaceId === spaceId ? 'alive' : 'gone';
  return LEFT.has(found.status) ? 'gone' : 'unknown';
};

/** The recorded pages and blog posts that are not listed. */
export const absentPages = ({ prior }: Search, listed: readonly ListedPage[]): readonly ListedPage[] => {
  const keys = new Set(listed.map(({ kind, id }) => recordKey(kind, id)));
  return recorded(prior, ({ page }) => page).flatMap(({ item }) =>
    keys.has(recordKey(item.kind, item.id)) ? [] : [item],
  );
};

const tellLeftOut = ({ run }: Search, alive: readonly ListedPage[]): void => {
  if (alive.length > 0)
    run.notify({
      type: 'warning',
      code: 'incomplete-listing',
      message: `The wiki's listing is incomplete: it has left out ${alive.length} of the mirrored pages, though they are there (${titlesOf(alive)}). They stay.`,
    });
};

const place = (
  search: Search,
  listed: readonly ListedPage[],
  absent: readonly ListedPage[],
  { found, unknown }: PagesById,
): Located<ListedPage> => {
  const whereabouts = new Map<string, Whereabouts>();
  const alive: ListedPage[] = [];
  for (const { kind, id } of absent) {
    const page = found.get(id);
    const where = unknown.has(id) ? 'unknown' : whereaboutsOf(search.space.id, page);
    if (where === 'alive' && page !== undefined) alive.push(page.page);
    else whereabouts.set(recordKey(kind, id), where);
  }
  tellLeftOut(search, alive);
  return { items: [...listed, ...alive], gaps: [], whereabouts };
};

/** Those of the absent pages that stay as they are recorded: what is not known, and what this account must not lose. */
const withStaying$ = (
  { prior, mayLoseUnseen$ }: Search,
  located: Located<ListedPage>,
): Observable<LocatedPages> => {
  const { items, whereabouts } = located;
  const pagesThat = (where: Whereabouts): ListedPage[] =>
    [...whereabouts].flatMap(([key, each]) => (each === where ? (prior.records.get(key)?.page ?? []) : []));
  const unseen = pagesThat('unseen');
  return (unseen.length === 0 ? of(true) : mayLoseUnseen$).pipe(
    map((mayLose) => {
      const staying = [...pagesThat('unknown'), ...(mayLose ? [] : unseen)];
      return {
        ...located,
        items: [...items, ...staying],
        staying: new Set(staying.map(({ id }) => id)),
      };
    }),
  );
};

/**
 * The pages and blog posts of a whole space. What the listings do not tell any more is asked for by its id: absence is no
 * proof.
 */
export const locatePages$ = (
  search: Search,
  { items, gaps }: Listing<ListedPage>,
): Observable<LocatedPages> => {
  const { run, prior } = search;
  const absent = absentPages(search, items);
  const byId$ =
    absent.length === 0 ? of<PagesById>({ found: new Map(), unknown: new Set() }) : pagesById$(run, absent);
  return forkJoin([mendPages$(run, items, prior.records), byId$]).pipe(
    map(([listed, byId]) => place(search, listed, absent, byId)),
    switchMap((located) => withStaying$(search, located)),
    map((located) => ({ ...located, gaps })),
  );
};
