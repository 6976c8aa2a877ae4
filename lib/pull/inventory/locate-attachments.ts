import {
  BehaviorSubject,
  type Observable,
  catchError,
  concat,
  concatMap,
  defer,
  from,
  ignoreElements,
  map,
  of,
  switchMap,
  toArray,
} from 'rxjs';
import type { Within } from '../../confluence/listings.js';
import type { FoundAttachment } from '../../confluence/presence.js';
import type { Gap, ListedAttachment, ListedPage } from '../../core/content.js';
import type { Whereabouts } from '../../core/departures.js';
import { PAGE_KINDS } from '../../core/kinds.js';
import { recordKey } from '../../core/records.js';
import { MalformedResponseError } from '../../errors/malformed-response-error.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import { costsOnlyItsKind } from '../run/failure.js';
import type { Run } from '../run/run.js';
import { gather$, joinWalks, type ListingConfig, type Take, type Walked } from './listing.js';
import {
  type LocatedPages,
  type LocatedTable,
  type Looked,
  type Search,
  staying$,
  whereaboutsBy,
} from './located.js';
import { isOdd, mendAttachments$ } from './mend-rows.js';
import { absentRecords, chunksOf, recordedAttachment } from './recorded.js';

/** The attachments of one page by the database, or why they cannot be had. */
const ofPage$ = (run: Run, { kind, id }: ListedPage, take: Take<ListedAttachment>): Observable<Walked> =>
  run.wiki.attachmentsOf$(kind, id).pipe(
    catchError((error: unknown) => {
      if (!costsOnlyItsKind(error)) throw error;
      return of({ gaps: [{ of: 'attachment' as const, error }], isWalked: false });
    }),
    concatMap(async (found): Promise<Walked> => {
      if ('gaps' in found) return found;
      await take(found);
      return { gaps: [], isWalked: true };
    }),
  );

/** Gives the attachments of some pages by the database to `take`: a request for each. */
export const gatherByPage$ = (
  run: Run,
  pages: readonly ListedPage[],
  take: Take<ListedAttachment>,
): Observable<Walked> =>
  from(pages).pipe(
    adaptiveMergeMap((page) => ofPage$(run, page, take), { limit$: run.limit$ }),
    toArray(),
    map(joinWalks),
  );

/** What a walk over attachments has put into the table. */
export interface WalkedAttachments extends Walked {
  /** Ids of those whose row is not whole. */
  readonly odd: readonly string[];
}

/** Takes attachments in, and notes those whose row is not whole. */
const taking = ({ attachments }: Search) => {
  const odd: string[] = [];
  const take: Take<ListedAttachment> = async (items) => {
    odd.push(...items.filter(isOdd).map(({ id }) => id));
    const fresh = await attachments.add(items);
    return fresh.length;
  };
  return { odd, take };
};

/** Takes in what the listing of a space, or of some pages, tells; the next answer is asked for when there is room for it. */
export const gatherAttachments$ = (search: Search, within: Within): Observable<WalkedAttachments> =>
  defer(() => {
    const { run } = search;
    const { odd, take } = taking(search);
    const demand$ = new BehaviorSubject(true);
    const takeAll: Take<ListedAttachment> = async (items) => {
      demand$.next(false);
      const count = await take(items);
      demand$.next(true);
      return count;
    };
    const config: ListingConfig<ListedAttachment> = {
      of: 'attachment',
      what: 'attachments',
      byId$: (id) => listedAttachment$(run, id),
    };
    const pages$ = run.wiki.listAttachments$(within, { demand$ });
    return gather$(run, config, pages$, takeAll).pipe(map((walked) => ({ ...walked, odd })));
  });

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

/** As {@link gatherByPage$}, unless that is not to be had either. */
const secondSource$ = (
  run: Run,
  pages: readonly ListedPage[],
  take: Take<ListedAttachment>,
): Observable<Walked> =>
  gatherByPage$(run, pages.slice(0, PROBES), take).pipe(
    switchMap((probed) => {
      if (pages.length <= PROBES || probed.gaps.length === PROBES) return of(probed);
      return gatherByPage$(run, pages.slice(PROBES), take).pipe(map((rest) => joinWalks([probed, rest])));
    }),
  );

/** With what the pages themselves tell, where the search failed. */
const withSecondSource$ = (
  search: Search,
  walked: WalkedAttachments,
  pages: readonly ListedPage[],
): Observable<WalkedAttachments> => {
  if (walked.isWalked) return of(walked);
  const { odd, take } = taking(search);
  tellSecondSource(search.run, walked.gaps, pages.length);
  return secondSource$(search.run, pages, take).pipe(
    map((found) => ({ ...found, odd: [...walked.odd, ...odd] })),
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
  pages: LocatedPages,
): Observable<Looked<ListedAttachment>> => {
  const { run } = search;
  const unknown: Looked<ListedAttachment> = { item: asRecorded, where: 'unknown' };
  const look = (found: FoundAttachment | undefined): Observable<Looked<ListedAttachment>> => {
    const where = whereaboutsBy(run, 'attachment', asRecorded.id, found?.status);
    if (found === undefined || where !== 'alive') return of({ item: asRecorded, where });
    const { attachment } = found;
    if (pages.kinds.has(attachment.pageId)) return of({ item: attachment, where });
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

/** Whether an attachment is listed. A row that hangs on none of the pages does not tell where its attachment is. */
const isListedOn =
  ({ attachments }: Search, { kinds }: LocatedPages) =>
  (id: string): boolean =>
    kinds.has(attachments.pageOf(id) ?? '');

/** Whether an attachment hangs on a recorded page that is looked for itself. */
const isOnAbsentPage = ({ prior }: Search, { kinds }: LocatedPages, { pageId }: ListedAttachment): boolean =>
  !kinds.has(pageId) && PAGE_KINDS.some((kind) => prior.records.has(recordKey(kind, pageId)));

/** With what the wiki tells by their ids of those whose row is not whole. */
const mendOdd$ = (search: Search, pages: LocatedPages, odd: readonly string[]): Observable<void> => {
  const { run, prior, attachments } = search;
  const isListed = isListedOn(search, pages);
  const items = [...new Set(odd)].flatMap((id) => {
    const pageId = isListed(id) ? attachments.pageOf(id) : undefined;
    return pageId === undefined
      ? []
      : attachments.listedOn(pageId).filter((each) => each.id === id && isOdd(each));
  });
  return mendAttachments$(run, items, prior.records).pipe(concatMap((mended) => attachments.replace(mended)));
};

/** The recorded attachments that are not listed, but for those of pages that are looked for themselves. */
async function* absentOf(search: Search, pages: LocatedPages): AsyncGenerator<ListedAttachment> {
  const isListed = isListedOn(search, pages);
  for await (const record of absentRecords(search.prior, ['attachment'], (_, id) => isListed(id))) {
    const item = recordedAttachment(record);
    if (item !== undefined && !isOnAbsentPage(search, pages, item)) yield item;
  }
}

/** Takes in what the pages of the absent ones tell. */
const askPages$ = (
  search: Search,
  pages: LocatedPages,
  absent: readonly ListedAttachment[],
): Observable<readonly ListedAttachment[]> => {
  const lacking = new Set(absent.map(({ pageId }) => pageId));
  const asked = pages.items.filter(({ id }) => lacking.has(id) && !pages.staying.has(id));
  const isListed = isListedOn(search, pages);
  return gatherByPage$(search.run, asked, taking(search).take).pipe(
    map(() => absent.filter(({ id }) => !isListed(id))),
  );
};

/** Asks for the absent ones by their ids; takes in those that stay. */
const askIds$ = (
  search: Search,
  pages: LocatedPages,
  absent: readonly ListedAttachment[],
): Observable<LocatedTable['whereabouts']> =>
  from(absent).pipe(
    adaptiveMergeMap((attachment) => look$(search, attachment, pages), { limit$: search.run.limit$ }),
    toArray(),
    switchMap((looks) =>
      staying$(search, looks).pipe(
        concatMap(async (staying) => {
          // What stays keeps its links, too.
          await search.attachments.replace(staying);
          return new Map(looks.map(({ item, where }) => [recordKey('attachment', item.id), where]));
        }),
      ),
    ),
  );

/** Takes in all that is recorded and not listed: where they can be had from nowhere, all of them stay. */
const keepAll = async (search: Search, pages: LocatedPages): Promise<LocatedTable['whereabouts']> => {
  for await (const chunk of chunksOf(absentOf(search, pages))) await search.attachments.replace(chunk);
  return new Map();
};

/**
 * All attachments of the pages, in the table. A recorded one that is not listed is looked for on its page, and then by its
 * id; where they can be had from nowhere, all of them stay.
 */
export const locateAttachments$ = (
  search: Search,
  listed: WalkedAttachments,
  pages: LocatedPages,
): Observable<LocatedTable> => {
  if (search.run.options.attachments === 'none') return of({ gaps: [], whereabouts: new Map() });
  const seen = pages.items.filter(({ id }) => !pages.staying.has(id));
  return withSecondSource$(search, listed, seen).pipe(
    switchMap(({ gaps, isWalked, odd }) =>
      concat(
        mendOdd$(search, pages, odd).pipe(ignoreElements()),
        isWalked
          ? from(absentOf(search, pages)).pipe(
              toArray(),
              switchMap((absent) => askPages$(search, pages, absent)),
              switchMap((absent) => askIds$(search, pages, absent)),
            )
          : defer(() => keepAll(search, pages)),
      ).pipe(map((whereabouts) => ({ gaps, whereabouts }))),
    ),
  );
};
