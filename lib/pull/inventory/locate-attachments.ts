import { type Observable, catchError, from, map, of, switchMap, toArray } from 'rxjs';
import type { FoundAttachment } from '../../confluence/presence.js';
import type { Gap, ListedAttachment, ListedPage } from '../../core/content.js';
import type { Whereabouts } from '../../core/departures.js';
import { recordKey } from '../../core/records.js';
import { uniqueById } from '../../core/unique.js';
import { MalformedResponseError } from '../../errors/malformed-response-error.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import { costsOnlyItsKind } from '../run/failure.js';
import type { Run } from '../run/run.js';
import type { Listing } from './listing.js';
import {
  type Located,
  type LocatedPages,
  type Looked,
  recordedItems,
  type Search,
  staying$,
  whereaboutsBy,
} from './located.js';
import { mendAttachments$ } from './mend-rows.js';

/** The attachments of one page by the database, or why they cannot be had. */
const ofPage$ = (run: Run, { kind, id }: ListedPage): Observable<Listing<ListedAttachment>> =>
  run.wiki.attachmentsOf$(kind, id).pipe(
    map((items) => ({ items, gaps: [], isWalked: true })),
    catchError((error: unknown) => {
      if (!costsOnlyItsKind(error)) throw error;
      return of({ items: [], gaps: [{ of: 'attachment' as const, error }], isWalked: false });
    }),
  );

/** The attachments of some pages by the database: a request for each. */
export const attachmentsByPage$ = (
  run: Run,
  pages: readonly ListedPage[],
): Observable<Listing<ListedAttachment>> =>
  from(pages).pipe(
    adaptiveMergeMap((page) => ofPage$(run, page), { limit$: run.limit$ }),
    toArray(),
    map((answers) => ({
      items: answers.flatMap(({ items }) => items),
      gaps: answers.flatMap(({ gaps }) => gaps),
      isWalked: answers.every(({ isWalked }) => isWalked),
    })),
  );

const tellSecondSource = (run: Run, gaps: readonly Gap[], pages: number): void => {
  const [gap] = gaps;
  const why = gap?.error instanceof Error ? ` (${gap.error.message})` : '';
  run.notify({
    type: 'warning',
    code: 'listed-by-page',
    message: `The search does not list the attachments${why}: they are listed page by page, ${pages} requests.`,
  });
};

/** So many pages are asked before all of them: where none of these answers, none will. */
const PROBES = 3;

/** As {@link attachmentsByPage$}, unless that is not to be had either. */
const secondSource$ = (run: Run, pages: readonly ListedPage[]): Observable<Listing<ListedAttachment>> =>
  attachmentsByPage$(run, pages.slice(0, PROBES)).pipe(
    switchMap((probed) => {
      if (pages.length <= PROBES || probed.gaps.length === PROBES) return of(probed);
      return attachmentsByPage$(run, pages.slice(PROBES)).pipe(
        map((rest) => ({
          items: [...probed.items, ...rest.items],
          gaps: [...probed.gaps, ...rest.gaps],
          isWalked: probed.isWalked && rest.isWalked,
        })),
      );
    }),
  );

/** All that is listed; by the pages themselves where the search failed. */
const withSecondSource$ = (
  { run }: Search,
  listing: Listing<ListedAttachment>,
  pages: readonly ListedPage[],
): Observable<Listing<ListedAttachment>> => {
  if (listing.isWalked) return of(listing);
  tellSecondSource(run, listing.gaps, pages.length);
  return secondSource$(run, pages).pipe(
    map((found) => ({ ...found, items: uniqueById([...listing.items, ...found.items]) })),
  );
};

/** An attachment whose row could not be read, by its id. */
export const listedAttachment$ = (run: Run, id: string): Observable<ListedAttachment | undefined> =>
  run.wiki.attachment$(id).pipe(map((found) => (found?.status === 'current' ? found.attachment : undefined)));

/** Where a living attachment is that hangs on none of the pages: elsewhere only if that page is there to be seen. */
const elsewhere$ = ({ run }: Search, { id, pageId }: ListedAttachment): Observable<Whereabouts> =>
  (pageId === '' ? of(undefined) : run.wiki.page$('page', pageId)).pipe(
    map((page) => {
      if (page !== undefined) return 'gone';
      throw new MalformedResponseError(`The wiki does not say where attachment ${id} is.`);
    }),
  );

const look$ = (
  search: Search,
  asRecorded: ListedAttachment,
  pages: Pages,
): Observable<Looked<ListedAttachment>> => {
  const { run } = search;
  const unknown: Looked<ListedAttachment> = { item: asRecorded, where: 'unknown' };
  const look = (found: FoundAttachment | undefined): Observable<Looked<ListedAttachment>> => {
    const where = whereaboutsBy(run, 'attachment', asRecorded.id, found?.status);
    if (found === undefined || where !== 'alive') return of({ item: asRecorded, where });
    const { attachment } = found;
    if (pages.ids.has(attachment.pageId)) return of({ item: attachment, where });
    return elsewhere$(search, attachment).pipe(map((place) => ({ item: asRecorded, where: place })));
  };
  if (pages.staying.has(asRecorded.pageId)) return of(unknown);
  return run.wiki.attachment$(asRecorded.id).pipe(
    switchMap(look),
    catchError((error: unknown) => {
      if (!costsOnlyItsKind(error)) throw error;
      run.noteGap({ of: 'attachment', error });
      return of(unknown);
    }),
  );
};

interface Pages extends LocatedPages {
  readonly ids: ReadonlySet<string>;
}

/** The recorded attachments that are not among `items`, but for those of pages that are looked for themselves. */
const absentFrom = (
  { prior }: Search,
  pages: Pages,
  items: readonly ListedAttachment[],
): readonly ListedAttachment[] => {
  const listed = new Set(items.map(({ id }) => id));
  const isOnAbsentPage = (id: string): boolean =>
    !pages.ids.has(id) &&
    (['page', 'blogpost'] as const).some((kind) => prior.records.has(recordKey(kind, id)));
  return recordedItems(prior, ({ attachment }) => attachment).flatMap(({ item }) =>
    listed.has(item.id) || isOnAbsentPage(item.pageId) ? [] : [item],
  );
};

/** With those that the listing lacks and their pages have. */
const withPages$ = (
  search: Search,
  pages: Pages,
  listing: Listing<ListedAttachment>,
): Observable<Listing<ListedAttachment>> => {
  const lacking = new Set(absentFrom(search, pages, listing.items).map(({ pageId }) => pageId));
  const asked = pages.items.filter(({ id }) => lacking.has(id) && !pages.staying.has(id));
  if (asked.length === 0 || !listing.isWalked) return of(listing);
  return attachmentsByPage$(search.run, asked).pipe(
    map((found) => ({ ...listing, items: uniqueById([...listing.items, ...found.items]) })),
  );
};

/** With those that neither the listing nor their pages tell of, and that are there. */
const withIds$ = (
  search: Search,
  pages: Pages,
  { items, gaps, isWalked }: Listing<ListedAttachment>,
): Observable<Located<ListedAttachment>> => {
  const absent = absentFrom(search, pages, items);
  const looks$: Observable<readonly Looked<ListedAttachment>[]> = isWalked
    ? from(absent).pipe(
        adaptiveMergeMap((attachment) => look$(search, attachment, pages), { limit$: search.run.limit$ }),
        toArray(),
      )
    : of(absent.map((item): Looked<ListedAttachment> => ({ item, where: 'unknown' })));
  return looks$.pipe(
    switchMap((looks) =>
      staying$(search, looks).pipe(
        map((staying) => ({
          // What stays keeps its links, too.
          items: [...items, ...staying],
          gaps,
          whereabouts: new Map(looks.map(({ item, where }) => [recordKey('attachment', item.id), where])),
        })),
      ),
    ),
  );
};

/**
 * All attachments of the pages. A recorded one that is not listed is looked for on its page, and then by its id; where
 * they can be had from nowhere, all of them stay.
 */
export const locateAttachments$ = (
  search: Search,
  listing: Listing<ListedAttachment>,
  located: LocatedPages,
): Observable<Located<ListedAttachment>> => {
  const { run, prior } = search;
  if (run.options.attachments === 'none') return of({ items: [], gaps: [], whereabouts: new Map() });
  const pages: Pages = { ...located, ids: new Set(located.items.map(({ id }) => id)) };
  const seen = located.items.filter(({ id }) => !located.staying.has(id));
  return withSecondSource$(search, listing, seen).pipe(
    // A row that hangs on none of the pages does not tell where its attachment is.
    map((all) => ({ ...all, items: all.items.filter(({ pageId }) => pages.ids.has(pageId)) })),
    switchMap((all) =>
      mendAttachments$(run, all.items, prior.records).pipe(map((items) => ({ ...all, items }))),
    ),
    switchMap((all) => withPages$(search, pages, all)),
    switchMap((all) => withIds$(search, pages, all)),
  );
};
