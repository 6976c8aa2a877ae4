import { type Observable, catchError, from, map, of, toArray } from 'rxjs';
import type { ListedAttachment, ListedPage } from '../../core/content.js';
import { recordKey } from '../../core/records.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import { costsOnlyItsKind } from '../run/failure.js';
import type { Prior } from '../run/prior.js';
import type { Run } from '../run/run.js';
import { pagesById$ } from './pages-by-id.js';

type Records = Pick<Prior['records'], 'get'>;

interface Titled {
  readonly title: string;
  readonly version: number;
}

/** No page or file is without a title, and no version is the zeroth: the row was not whole. */
export const isOdd = ({ title, version }: Titled): boolean => title === '' || version === 0;

/** Nor is a page without a parent where it has a type of parent, or a blog post without its day. */
const isOddPage = (page: ListedPage): boolean =>
  isOdd(page) || lacksParent(page) || (page.kind === 'blogpost' && page.createdAt === undefined);
const lacksParent = ({ parentId, parentType }: ListedPage): boolean =>
  parentType !== undefined && parentId === undefined;

/** What a row does not tell, from what is known otherwise. */
const mendRow = <T extends Titled>(row: T, other: T | undefined): T =>
  other === undefined
    ? row
    : {
        ...row,
        title: row.title === '' ? other.title : row.title,
        version: row.version === 0 ? other.version : row.version,
      };

/** A page with times, author and address as they are known otherwise, where its row does not tell them: those of search tell no author. */
export const filledPage = (row: ListedPage, other: ListedPage | undefined): ListedPage => ({
  ...row,
  createdAt: row.createdAt ?? other?.createdAt,
  updatedAt: row.updatedAt ?? (other?.version === row.version ? other.updatedAt : undefined),
  authorId: row.authorId ?? other?.authorId,
  webui: row.webui ?? other?.webui,
});

const mendedPage = (row: ListedPage, other: ListedPage | undefined): ListedPage =>
  filledPage(
    {
      ...mendRow(row, other),
      ...(other !== undefined &&
        lacksParent(row) && { parentId: other.parentId, parentType: other.parentType }),
    },
    other,
  );

/** Pages with what their rows do not tell of them as the mirror has it: worth no request. */
export const filledPages = (pages: readonly ListedPage[], records: Records): readonly ListedPage[] =>
  pages.map((page) =>
    page.createdAt === undefined ||
    page.updatedAt === undefined ||
    page.authorId === undefined ||
    page.webui === undefined
      ? filledPage(page, records.get(recordKey(page.kind, page.id))?.page)
      : page,
  );

/** The pages, those whose row is not whole as the database has them by id, else as the mirror has them. */
export const mendPages$ = (
  run: Run,
  pages: readonly ListedPage[],
  records: Records,
): Observable<readonly ListedPage[]> => {
  const odd = pages.filter(isOddPage);
  if (odd.length === 0) return of(pages);
  return pagesById$(run, odd).pipe(
    map(({ found }) => {
      const whole = (page: ListedPage): ListedPage =>
        mendedPage(
          mendedPage(page, found.get(page.id)?.page),
          records.get(recordKey(page.kind, page.id))?.page,
        );
      return pages.map((page) => (isOddPage(page) ? whole(page) : page));
    }),
  );
};

/** Attachments whose row is not whole, likewise. */
export const mendAttachments$ = (
  run: Run,
  odd: readonly ListedAttachment[],
  records: Records,
): Observable<readonly ListedAttachment[]> => {
  const ask$ = (row: ListedAttachment): Observable<ListedAttachment> =>
    run.wiki.attachment$(row.id).pipe(
      catchError((error: unknown) => {
        if (!costsOnlyItsKind(error)) throw error;
        return of(undefined);
      }),
      map((found) =>
        mendRow(mendRow(row, found?.attachment), records.get(recordKey('attachment', row.id))?.attachment),
      ),
    );
  return from(odd).pipe(adaptiveMergeMap(ask$, { limit$: run.limit$ }), toArray());
};
