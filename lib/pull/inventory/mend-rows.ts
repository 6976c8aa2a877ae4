import { type Observable, catchError, from, map, of, reduce } from 'rxjs';
import type { ListedAttachment, ListedPage } from '../../core/content.js';
import { type ItemRecord, recordKey } from '../../core/records.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import { costsOnlyItsKind } from '../failure.js';
import type { PullRun } from '../pull-run.js';
import { pagesById$ } from './pages-by-id.js';

type Records = ReadonlyMap<string, ItemRecord>;

interface Titled {
  readonly title: string;
  readonly version: number;
}

/** No page or file is without a title, and no version is the zeroth: the row was not whole. */
const isOdd = ({ title, version }: Titled): boolean => title === '' || version === 0;

/** What a row does not tell, from what is known otherwise. */
const mended = <T extends Titled>(row: T, ...known: readonly (T | undefined)[]): T =>
  known.reduce<T>(
    (all, other) =>
      other === undefined
        ? all
        : {
            ...all,
            title: all.title === '' ? other.title : all.title,
            version: all.version === 0 ? other.version : all.version,
          },
    row,
  );

/** The pages, those whose row lacks title or version as the database has them by id, else as the mirror has them. */
export const mendPages$ = (
  run: PullRun,
  pages: readonly ListedPage[],
  records: Records,
): Observable<readonly ListedPage[]> => {
  const odd = pages.filter(isOdd);
  if (odd.length === 0) return of(pages);
  return pagesById$(run, odd).pipe(
    map(({ found }) => {
      const asKnown = ({ kind, id }: ListedPage): readonly (ListedPage | undefined)[] => [
        found.get(id)?.page,
        records.get(recordKey(kind, id))?.page,
      ];
      return pages.map((page) => (isOdd(page) ? mended(page, ...asKnown(page)) : page));
    }),
  );
};

/** The attachments, likewise. */
export const mendAttachments$ = (
  run: PullRun,
  attachments: readonly ListedAttachment[],
  records: Records,
): Observable<readonly ListedAttachment[]> => {
  const ask$ = (row: ListedAttachment): Observable<ListedAttachment> =>
    run.wiki.attachment$(row.id).pipe(
      catchError((error: unknown) => {
        if (!costsOnlyItsKind(error)) throw error;
        return of(undefined);
      }),
      map((found) =>
        mended(row, found?.attachment, records.get(recordKey('attachment', row.id))?.attachment),
      ),
    );
  const odd = attachments.filter(isOdd);
  if (odd.length === 0) return of(attachments);
  return from(odd).pipe(
    adaptiveMergeMap(ask$, { limit$: run.limit$ }),
    reduce((byId, row) => byId.set(row.id, row), new Map<string, ListedAttachment>()),
    map((byId) => attachments.map((row) => byId.get(row.id) ?? row)),
  );
};
