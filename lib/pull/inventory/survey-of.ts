import { type Observable, map, of } from 'rxjs';
import type {
  Inventory,
  ListedAttachment,
  ListedComment,
  ListedFolder,
  ListedPage,
} from '../../core/content.js';
import { type Departure, departuresOf } from '../../core/departures.js';
import { recordKey } from '../../core/records.js';
import type { Kind } from '../../core/kinds.js';
import type { ResolvedOptions } from '../run/pull-options.js';
import type { Run } from '../run/run.js';
import type { Located, LocatedPages, Search } from './located.js';

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
  readonly attachments: Located<ListedAttachment>;
  readonly comments: Located<ListedComment>;
}

const unwantedBy = ({ attachments, comments }: ResolvedOptions): ReadonlySet<Kind> =>
  new Set([
    ...(attachments === 'none' ? (['attachment'] as const) : []),
    ...(comments ? [] : (['comments'] as const)),
  ]);

/** The index may still tell of what hangs on a page that is no part of the mirror any more. */
const keysOf = ({ pages, folders, attachments, comments }: Parts): ReadonlySet<string> => {
  const pageIds = new Set(pages.items.map(({ id }) => id));
  const isOnPage = ({ pageId }: { readonly pageId: string }): boolean => pageIds.has(pageId);
  return new Set([
    ...pages.items.map(({ kind, id }) => recordKey(kind, id)),
    ...folders.items.map(({ id }) => recordKey('folder', id)),
    ...attachments.items.filter(isOnPage).map(({ id }) => recordKey('attachment', id)),
    ...comments.items.filter(isOnPage).map(({ pageId }) => recordKey('comments', pageId)),
  ]);
};

const tellHidden = ({ notify }: Run, hidden: number): void =>
  notify({
    type: 'warning',
    code: 'hidden-items',
    message: `${hidden} mirrored items are not visible to this account, which is not known to be the one that pulled before: they stay as they are. --force lets them leave.`,
  });

/** The inventory that the parts make, and what leaves. */
export const surveyOf = (search: Search, parts: Parts): Observable<Survey> => {
  const { run, space, prior, mayLoseUnseen$ } = search;
  const { pages, folders, attachments, comments } = parts;
  const all = [pages, folders, attachments, comments];
  const whereabouts = new Map(all.flatMap((part) => [...part.whereabouts]));
  const inventory: Inventory = {
    space,
    pages: pages.items,
    folders: folders.items,
    attachments: attachments.items,
    comments: comments.items,
    gaps: all.flatMap(({ gaps }) => gaps),
  };
  const unseen = [...whereabouts.values()].filter((where) => where === 'unseen').length;
  return (unseen > 0 ? mayLoseUnseen$ : of(true)).pipe(
    map((mayLoseUnseen) => {
      const hidden = mayLoseUnseen ? 0 : unseen;
      if (hidden > 0) tellHidden(run, hidden);
      const listed = keysOf(parts);
      const unwanted = unwantedBy(run.options);
      const { records } = prior;
      const { leaving } = departuresOf({ records, listed, whereabouts, unwanted, mayLoseUnseen });
      return { inventory, leaving, hidden, leftOut: pages.leftOut, leftScope: pages.leftScope };
    }),
  );
};
