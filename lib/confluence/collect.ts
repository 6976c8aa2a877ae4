import { type Observable, reduce } from 'rxjs';
import type { CursorPage } from '../operators/expand-cursor.js';

/** All items of a listing in one emission. */
export const collect = <T>(pages$: Observable<CursorPage<T>>): Observable<readonly T[]> =>
  pages$.pipe(reduce((found: readonly T[], { items }) => [...found, ...items], []));
