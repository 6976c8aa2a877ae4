import { type Observable, catchError, map, of } from 'rxjs';
import type {
  BodyFormat,
  Format,
  Inventory,
  ListedPage,
  PageKind,
  PageWithBody,
} from '../../core/content.js';
import { isAdf, isEmptyBody } from '../../core/empty-body.js';
import type { PlannedPage } from '../../core/pull-plan.js';
import { isFatal } from '../run/failure.js';
import { fits } from '../render/converting.js';
import type { Run } from '../run/run.js';

/** A batch as it was answered. */
export interface SortedBodies {
  /** What may be written, by id. */
  readonly good: ReadonlyMap<string, PageWithBody>;
  /** What is to be asked for alone. */
  readonly doubtful: readonly PlannedPage[];
}

/** The format that tells whether a page is empty, or its body in the other one did not come. */
export const OTHER_FORMAT: Readonly<Record<Format, BodyFormat>> = {
  markdown: 'adf',
  storage: 'adf',
  adf: 'storage',
};

/** When the version was made that a text counts as: an older one than the listed has a time of its own. */
const timeOf = (listed: ListedPage, { version, updatedAt }: PageWithBody): string =>
  version !== 0 && version < listed.version ? updatedAt : (listed.updatedAt ?? updatedAt);

/**
 * The page as the listing has it, by which its place was made; the answer tells what the listing does not. A newer version
 * counts as the listed one: the next pull lists it, with all that has changed beside the body.
 */
export const asListed = ({ page: listed }: PlannedPage, page: PageWithBody): PageWithBody => ({
  ...page,
  title: listed.title === '' ? page.title : listed.title,
  parentId: listed.parentId,
  version: Math.min(page.version || listed.version, listed.version || page.version),
  authorId: page.authorId ?? listed.authorId,
  createdAt: listed.createdAt ?? page.createdAt,
  updatedAt: timeOf(listed, page),
  webui: listed.webui ?? page.webui,
});

/** Whether a text is of the space that is mirrored: another site or space may answer in its stead. */
export const isOfSpace = (
  { layout }: { readonly layout: { readonly inventory: Pick<Inventory, 'space'> } },
  { spaceId }: PageWithBody,
): boolean => spaceId === undefined || spaceId === layout.inventory.space.id;

/** Whether a body is one to write: it came whole, is what people read, and is not older than the listing says. */
const isSound = (
  run: Run,
  { page }: PlannedPage,
  { body, status, version }: PageWithBody,
  format: Format,
): boolean =>
  body !== undefined &&
  status === 'current' &&
  version >= page.version &&
  (format !== 'adf' || (fits(run, [body], format) && (isAdf(body) || isEmptyBody(body, format))));

/** Whether a body has nothing to show; one that is too large to be looked through has. */
export const isEmpty = (run: Run, body: string, format: BodyFormat): boolean =>
  (format !== 'adf' || fits(run, [body], format)) && isEmptyBody(body, format);

/** Ids of those of the pages that are empty in the other format, too. */
const trulyEmpty$ = (run: Run, kind: PageKind, ids: readonly string[]): Observable<ReadonlySet<string>> => {
  const format = OTHER_FORMAT[run.options.format];
  return run.wiki.fetchPages$(kind, ids, format).pipe(
    map((found) => new Set(found.flatMap(({ id, body = '' }) => (isEmpty(run, body, format) ? id : [])))),
    catchError((error: unknown) => {
      if (isFatal(error)) throw error;
      return of(new Set<string>());
    }),
  );
};

/**
 * Tells what of a batch may be written from what is to be asked for alone: pages that did not come, came without a body,
 * in an older version, or empty though they are not. That they are empty is looked up for all of them at once.
 */
export const sortBodies$ = (
  run: Run,
  kind: PageKind,
  batch: readonly PlannedPage[],
  answer: readonly PageWithBody[],
): Observable<SortedBodies> => {
  const byId = new Map(answer.map((page) => [page.id, page]));
  const sound = batch.flatMap((planned) => {
    const found = byId.get(planned.page.id);
    const page = found && asListed(planned, found);
    return page !== undefined && isSound(run, planned, page, run.options.format) ? [page] : [];
  });
  const empty = sound.filter(({ body = '' }) => isEmpty(run, body, run.options.format));
  const empty$ =
    empty.length === 0
      ? of(new Set<string>())
      : trulyEmpty$(
          run,
          kind,
          empty.map(({ id }) => id),
        );
  return empty$.pipe(
    map((trulyEmpty) => {
      const hollow = new Set(empty.flatMap(({ id }) => (trulyEmpty.has(id) ? [] : id)));
      const good = new Map(sound.flatMap((page) => (hollow.has(page.id) ? [] : [[page.id, page] as const])));
      return { good, doubtful: batch.filter(({ page }) => !good.has(page.id)) };
    }),
  );
};
