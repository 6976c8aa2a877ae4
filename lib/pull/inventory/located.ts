import { type Observable, map, of } from 'rxjs';
import type { Gap, ListedPage, PageKind, Space } from '../../core/content.js';
import { type Whereabouts, whereaboutsByStatus } from '../../core/departures.js';
import { MalformedResponseError } from '../../errors/malformed-response-error.js';
import type { ListingOf } from '../../core/kinds.js';
import type { AttachmentTable } from '../../store/attachment-table.js';
import type { Run } from '../run/run.js';
import type { Prior } from '../run/prior.js';

/** Everything of a kind that belongs to the mirror now, and where the rest of it is. */
export interface Located<T> {
  readonly items: readonly T[];
  readonly gaps: readonly Gap[];
  /** Of recorded items that are not among `items`, by record key. */
  readonly whereabouts: ReadonlyMap<string, Whereabouts>;
}

/** As `Located`, of what is in a table. */
export type LocatedTable = Omit<Located<never>, 'items'>;

export interface LocatedPages extends Located<ListedPage> {
  /** Those of `items`, by their ids. */
  readonly kinds: ReadonlyMap<string, PageKind>;
  /** Ids of those among `items` that nobody has told of: they stay as they are recorded, with all that hangs on them. */
  readonly staying: ReadonlySet<string>;
  /** How many the listing has left out, though they are there: what is new may be left out, too. */
  readonly leftOut: number;
  /** Those that are not in the scope any more, though it is the one of the last pull. */
  readonly leftScope: readonly ListedPage[];
}

/** What the search for absent items works with. */
export interface Search {
  readonly run: Run;
  readonly space: Space;
  readonly prior: Prior;
  /** What is listed of the attachments. */
  readonly attachments: AttachmentTable;
  /**
   * Whether what this account does not see may leave the mirror; asked for at most once, and only when there is such a
   * thing: by then the credentials may be others than at the start.
   */
  readonly mayLoseUnseen$: Observable<boolean>;
}

/** Where an item is by the status that it has by its id; one that tells nothing is a gap. */
export const whereaboutsBy = (
  run: Run,
  kind: ListingOf,
  id: string,
  status: string | undefined,
): Whereabouts => {
  const where = whereaboutsByStatus(status);
  if (where === 'unknown')
    run.noteGap({
      of: kind,
      error: new MalformedResponseError(
        `The wiki gives ${kind} ${id} the status "${status}", which does not say whether it is there.`,
      ),
    });
  return where;
};

/** A recorded item that is not listed, and where it is. */
export interface Looked<T> {
  readonly item: T;
  readonly where: Whereabouts;
}

/** Those that stay: what is there, what is not known, and what an account that must not lose it does not see. */
export const staying$ = <T>(
  { mayLoseUnseen$ }: Search,
  looks: readonly Looked<T>[],
): Observable<readonly T[]> =>
  (looks.some(({ where }) => where === 'unseen') ? mayLoseUnseen$ : of(true)).pipe(
    map((mayLose) => {
      const stays = new Set<Whereabouts>(['alive', 'unknown', ...(mayLose ? [] : (['unseen'] as const))]);
      return looks.flatMap(({ item, where }) => (stays.has(where) ? [item] : []));
    }),
  );

const MOST_TITLES = 3;

/** `"A", "B", "C" and 4 more`. */
export const titlesOf = (items: readonly { readonly id: string; readonly title?: string }[]): string => {
  const titles = items
    .slice(0, MOST_TITLES)
    .map(({ id, title }) => `"${title === undefined || title === '' ? id : title}"`);
  const more = items.length - titles.length;
  return titles.join(', ') + (more > 0 ? ` and ${more} more` : '');
};
