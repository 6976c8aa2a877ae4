import { type Observable, map } from 'rxjs';
import { recordKey } from '../../core/records.js';
import type { SearchedPage } from '../../core/searched.js';
import type { Search } from './located.js';
import { isOdd, mendPages$ } from './mend-rows.js';

/**
 * What search tells of pages, as far as its rows are whole. One that the mirror has, and that lacks its title or its version, or all
 * that it stood below, is left out: it is asked for as what search does not tell. Others are mended by their ids.
 */
export const sureRows$ = (
  { run, prior: { records } }: Search,
  found: readonly SearchedPage[],
): Observable<readonly SearchedPage[]> => {
  const isSure = ({ page, ancestors }: SearchedPage): boolean => {
    const isAtRoot = page.kind === 'page' && ancestors.length === 0;
    if (!isAtRoot && !isOdd(page)) return true;
    const known = records.get(recordKey(page.kind, page.id))?.page;
    return known === undefined || (!isOdd(page) && known.parentId === undefined);
  };
  const sure = found.filter(isSure);
  return mendPages$(
    run,
    sure.map(({ page }) => page),
    records,
  ).pipe(map((pages) => sure.map((row, i) => ({ ...row, page: pages[i] ?? row.page }))));
};
