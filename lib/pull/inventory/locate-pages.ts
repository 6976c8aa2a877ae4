import {
  EMPTY,
  type Observable,
  expand,
  filter,
  forkJoin,
  from,
  map,
  of,
  reduce,
  switchMap,
  toArray,
} from 'rxjs';
import type { FoundPage, ListedPage } from '../../core/content.js';
import type { Whereabouts } from '../../core/departures.js';
import { kindById } from '../../core/kind-by-id.js';
import { PAGE_KINDS } from '../../core/kinds.js';
import { recordKey } from '../../core/records.js';
import type { Run } from '../run/run.js';
import type { Listing } from './listing.js';
import { type LocatedPages, type Search, titlesOf, whereaboutsBy } from './located.js';
import { mendPages$ } from './mend-rows.js';
import { type PagesById, pagesById$ } from './pages-by-id.js';
import { absentRecords, recordedPage } from './recorded.js';

type Ask = Pick<ListedPage, 'kind' | 'id'>;

/** What the database's word on a page by its id means for the mirror of a space. */
export const whereaboutsOf = (
  { run, space }: Search,
  { kind, id }: Ask,
  found: FoundPage | undefined,
): Whereabouts => {
  const where = whereaboutsBy(run, kind, id, found?.status);
  const isElsewhere = found?.spaceId !== undefined && found.spaceId !== space.id;
  return where === 'alive' && isElsewhere ? 'gone' : where;
};

/** The recorded pages and blog posts that are not listed. */
export const absentPages$ = (
  { prior }: Search,
  listed: readonly ListedPage[],
): Observable<readonly ListedPage[]> => {
  const kinds = kindById(listed);
  return from(absentRecords(prior, PAGE_KINDS, (kind, id) => kinds.get(id) === kind)).pipe(
    map(recordedPage),
    filter((page) => page !== undefined),
    toArray(),
  );
};

const tellLeftOut = ({ run }: Search, alive: readonly ListedPage[]): void => {
  if (alive.length > 0)
    run.notify({
      type: 'warning',
      code: 'incomplete-listing',
      message: `The wiki's listing is incomplete: it has left out ${alive.length === 1 ? 'a page that is' : `${alive.length} pages that are`} there (${titlesOf(alive)}). New ones that it leaves out as well are not known.`,
    });
};

/** Before it is known which of them stay. */
type Unsettled = Omit<LocatedPages, 'staying' | 'kinds'>;

const place = (
  search: Search,
  listed: readonly ListedPage[],
  absent: readonly Ask[],
  { found, unknown }: PagesById,
): Unsettled => {
  const places = new Map(
    [...found].map(([id, each]) => [id, whereaboutsOf(search, each.page, each)] as const),
  );
  const whereabouts = new Map<string, Whereabouts>();
  for (const { kind, id } of absent) {
    const key = recordKey(kind, id);
    const where = unknown.has(id) ? 'unknown' : (places.get(id) ?? 'unseen');
    if (where !== 'alive' && search.prior.records.has(key)) whereabouts.set(key, where);
  }
  const alive = [...found].flatMap(([id, { page }]) => (places.get(id) === 'alive' ? page : []));
  tellLeftOut(search, alive);
  return { items: [...listed, ...alive], gaps: [], whereabouts, leftOut: alive.length, leftScope: [] };
};

/** Those of the absent pages that stay as they are recorded: what is not known, and what this account must not lose. */
const withStaying$ = ({ prior, mayLoseUnseen$ }: Search, located: Unsettled): Observable<LocatedPages> => {
  const { items, whereabouts } = located;
  const pagesThat = (where: Whereabouts): ListedPage[] =>
    [...whereabouts].flatMap(([key, each]) => (each === where ? (prior.records.get(key)?.page ?? []) : []));
  const unseen = pagesThat('unseen');
  return (unseen.length === 0 ? of(true) : mayLoseUnseen$).pipe(
    map((mayLose) => {
      const staying = [...pagesThat('unknown'), ...(mayLose ? [] : unseen)];
      const all = [...items, ...staying];
      return {
        ...located,
        items: all,
        kinds: kindById(all),
        staying: new Set(staying.map(({ id }) => id)),
      };
    }),
  );
};

/** Pages that something listed hangs on or stands below, and that are not listed themselves. */
const unlistedPages = (mentioned: Iterable<string>, known: readonly ListedPage[]): readonly Ask[] => {
  const unlisted = new Set(mentioned);
  for (const { id } of known) unlisted.delete(id);
  return [...unlisted].map((id) => ({ kind: 'page', id }));
};

/** Rows without those of what the mirror has as another kind: a page is never a blog post, the wrong listing has told it. */
const withoutOthers = (
  { prior: { records } }: Search,
  listed: readonly ListedPage[],
  absent: readonly ListedPage[],
): readonly ListedPage[] => {
  if (absent.length === 0) return listed;
  const ids = new Set(absent.map(({ id }) => id));
  return listed.filter(({ kind, id }) => !ids.has(id) || records.has(recordKey(kind, id)));
};

const NOBODY: PagesById = { found: new Map(), unknown: new Set() };

/** Asks for pages by id, and then for the pages above those that are found, as long as nobody has told of them. */
const withParents$ = (
  run: Run,
  absent: readonly Ask[],
  listed: readonly ListedPage[],
): Observable<PagesById> => {
  const told = new Set([...listed, ...absent].map(({ id }) => id));
  const parentsOf = ({ found }: PagesById): readonly Ask[] =>
    [...found.values()].flatMap(({ page: { parentId, parentType } }) => {
      if (parentId === undefined || parentType !== 'page' || told.has(parentId)) return [];
      told.add(parentId);
      return [{ kind: 'page', id: parentId }];
    });
  return pagesById$(run, absent).pipe(
    expand((byId) => {
      const parents = parentsOf(byId);
      return parents.length === 0 ? EMPTY : pagesById$(run, parents);
    }),
    reduce((all, { found, unknown }) => ({
      found: new Map([...all.found, ...found]),
      unknown: new Set([...all.unknown, ...unknown]),
    })),
  );
};

/**
 * The pages and blog posts of a whole space. What the listings do not tell any more, though the mirror has it or other
 * listings mention it, is asked for by its id: absence is no proof.
 */
export const locatePages$ = (
  search: Search,
  { items, gaps }: Pick<Listing<ListedPage>, 'items' | 'gaps'>,
  mentioned: Iterable<string>,
): Observable<LocatedPages> => {
  const { run, prior } = search;
  return absentPages$(search, items).pipe(
    switchMap((recorded) => {
      const rows = withoutOthers(search, items, recorded);
      const absent = [...recorded, ...unlistedPages(mentioned, [...rows, ...recorded])];
      const byId$ = absent.length === 0 ? of(NOBODY) : withParents$(run, absent, rows);
      return forkJoin([mendPages$(run, rows, prior.records), byId$]).pipe(
        map(([listed, byId]) => place(search, listed, absent, byId)),
      );
    }),
    switchMap((located) => withStaying$(search, located)),
    map((located) => ({ ...located, gaps })),
  );
};
