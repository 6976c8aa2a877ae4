import { type Observable, catchError, from, map, of, switchMap, toArray } from 'rxjs';
import type { FoundFolder } from '../../confluence/presence.js';
import type { Whereabouts } from '../../core/departures.js';
import type { SearchedFolder } from '../../core/searched.js';
import type { ListedFolder, ListedPage } from '../../core/content.js';
import { recordKey } from '../../core/records.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import { costsOnlyItsKind } from '../run/failure.js';
import { completeFolders$ } from './complete-folders.js';
import type { Listing } from './listing.js';
import { surePlaces$ } from './sure-places.js';
import { type Located, type Looked, type Search, staying$, whereaboutsBy } from './located.js';

const whereIs = ({ run, space }: Search, id: string, found: FoundFolder | undefined): Whereabouts => {
  const where = whereaboutsBy(run, 'folder', id, found?.status);
  const isElsewhere = found?.spaceId !== undefined && found.spaceId !== space.id;
  return where === 'alive' && isElsewhere ? 'gone' : where;
};

const look$ = (search: Search, folder: ListedFolder): Observable<Looked<ListedFolder>> => {
  const { run } = search;
  return run.wiki.findFolder$(folder.type, folder.id).pipe(
    map((found) => ({ item: folder, where: whereIs(search, folder.id, found) })),
    catchError((error: unknown) => {
      if (!costsOnlyItsKind(error)) throw error;
      run.noteGap({ of: 'folder', error });
      return of<Looked<ListedFolder>>({ item: folder, where: 'unknown' });
    }),
  );
};

/**
 * The folders of a whole space, and the whiteboards, databases and embeds that are parents. A recorded folder that is told
 * of nowhere is asked for by its id; where no listing can be had, all of them stay.
 */
export const locateFolders$ = (
  search: Search,
  { items, gaps, isWalked }: Listing<SearchedFolder>,
  pages: readonly ListedPage[],
): Observable<Located<ListedFolder>> => {
  const { run, prior } = search;
  return surePlaces$(run, items, prior.folders).pipe(
    switchMap((searched) => completeFolders$(run, searched, pages, prior.folders)),
    switchMap((folders) => {
      const told = new Set(folders.map(({ id }) => id));
      const absent = [...prior.folders.values()].filter(({ type, id }) => type === 'folder' && !told.has(id));
      const looked$ = isWalked
        ? from(absent).pipe(
            adaptiveMergeMap((folder) => look$(search, folder), { limit$: run.limit$ }),
            toArray(),
          )
        : of(absent.map((item): Looked<ListedFolder> => ({ item, where: 'unknown' })));
      return looked$.pipe(
        switchMap((looked) =>
          staying$(search, looked).pipe(
            map((staying) => ({
              items: [...folders, ...staying],
              gaps,
              whereabouts: new Map(looked.map(({ item, where }) => [recordKey('folder', item.id), where])),
            })),
          ),
        ),
      );
    }),
  );
};
