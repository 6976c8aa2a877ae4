import { type Observable, from, map, of, switchMap } from 'rxjs';
import type { Inventory, ListedComment, ListedFolder, ListedPage } from '../../core/content.js';
import { isNarrow } from '../../core/cql.js';
import { type Departure, type DepartureInput, departureReasons } from '../../core/departures.js';
import { recordKey } from '../../core/records.js';
import { type Kind, KINDS } from '../../core/kinds.js';
import type { ResolvedOptions } from '../run/pull-options.js';
import type { Run } from '../run/run.js';
import type { Located, LocatedPages, LocatedTable, Search } from './located.js';
import { filledPages } from './mend-rows.js';
import { absentRecords } from './recorded.js';

/** What the wiki holds, and what of the mirror leaves it. */
export interface Survey {
  readonly inventory: Inventory;
  readonly leaving: readonly Departure[];
  /** How many items stay because this account does not see them and must not lose them. */
  readonly hidden: number;
  /** How many pages the listing has left out, though they are there. */
  readonly leftOut: number;
  /** Pages that are not in the scope any more, though it is the one of the last pull. */
  readonly leftScope: readonly ListedPage[];
}

export interface Parts {
  readonly pages: LocatedPages;
  readonly folders: Located<ListedFolder>;
  readonly attachments: LocatedTable;
  readonly comments: Located<ListedComment>;
}

/** The kinds that the settings leave out. In a part of a space no folder stands for its own sake, only for pages below it. */
const unwantedBy = (options: ResolvedOptions): ReadonlySet<Kind> =>
  new Set([
    ...(options.attachments === 'none' ? (['attachment'] as const) : []),
    ...(options.comments ? [] : (['comments'] as const)),
    ...(isNarrow(options) ? (['folder'] as const) : []),
  ]);

/** Whether an item is listed. The index may still tell of what hangs on a page that is no part of the mirror any more. */
const isListedIn = (
  { attachments: table }: Search,
  { pages, folders, comments }: Parts,
): DepartureInput['isListed'] => {
  const { kinds } = pages;
  const folderIds = new Set(folders.items.map(({ id }) => id));
  const commented = new Set(comments.items.map(({ pageId }) => pageId));
  return (kind, id) => {
    switch (kind) {
      case 'page':
      case 'blogpost':
        return kinds.get(id) === kind;
      case 'folder':
        return folderIds.has(id);
      case 'attachment':
        return kinds.has(table.pageOf(id) ?? '');
      case 'comments':
        return commented.has(id) && kinds.has(id);
    }
  };
};

const tellHidden = ({ notify }: Run, hidden: number): void =>
  notify({
    type: 'warning',
    code: 'hidden-items',
    message: `${hidden} mirrored items are not visible to this account, which is not known to be the one that pulled before: they stay as they are. \`force\` lets them leave.`,
  });

/** What of the records leaves. */
const departuresFrom = async (
  { prior, run, attachments }: Search,
  input: Omit<DepartureInput, 'isRecorded' | 'isUnwanted'>,
): Promise<readonly Departure[]> => {
  const unwanted = unwantedBy(run.options);
  const isUnwanted = (kind: Kind, id: string): boolean =>
    unwanted.has(kind) || (kind === 'attachment' && attachments.isLeftOut(id));
  const reasonOf = departureReasons({
    ...input,
    isUnwanted,
    isRecorded: (key) => prior.records.has(key),
  });
  const leaving: Departure[] = [];
  const stays = (kind: Kind, id: string): boolean => input.isListed(kind, id) && !isUnwanted(kind, id);
  for await (const record of absentRecords(prior, KINDS, stays)) {
    const reason = reasonOf(record);
    const { kind, id } = record;
    if (reason !== undefined) leaving.push({ key: recordKey(kind, id), kind, reason });
  }
  return leaving;
};

/** The inventory that the parts make, and what leaves. */
export const surveyOf = (search: Search, parts: Parts): Observable<Survey> => {
  const { run, space, mayLoseUnseen$ } = search;
  const { pages, folders, attachments, comments } = parts;
  const all = [pages, folders, attachments, comments];
  const whereabouts = new Map(all.flatMap((part) => [...part.whereabouts]));
  const inventory: Inventory = {
    space,
    pages: filledPages(pages.items, search.prior.records),
    folders: folders.items,
    attachments: search.attachments,
    comments: comments.items,
    gaps: all.flatMap(({ gaps }) => gaps),
  };
  const unseen = [...whereabouts.values()].filter((where) => where === 'unseen').length;
  const isListed = isListedIn(search, parts);
  return (unseen > 0 ? mayLoseUnseen$ : of(true)).pipe(
    switchMap((mayLoseUnseen) => {
      const hidden = mayLoseUnseen ? 0 : unseen;
      if (hidden > 0) tellHidden(run, hidden);
      return from(departuresFrom(search, { isListed, whereabouts, mayLoseUnseen })).pipe(
        map((leaving) => ({
          inventory,
          leaving,
          hidden,
          leftOut: pages.leftOut,
          leftScope: pages.leftScope,
        })),
      );
    }),
  );
};
