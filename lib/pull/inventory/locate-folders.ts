import { type Observable, catchError, from, map, of, switchMap, toArray } from 'rxjs';
import type { SearchedFolder } from '../../confluence/wire/search.js';
import type { ListedFolder, ListedPage } from '../../core/content.js';
import type { Whereabouts } from '../../core/departures.js';
import { recordKey } from '../../core/records.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import { costsOnlyItsKind } from '../failure.js';
import { completeFolders$, knownFolders } from './complete-folders.js';
import type { Listing } from './listing.js';
import { type Located, recorded, type Search, whereaboutsBy } from './located.js';

interface Looked {
  readonly folder: ListedFolder;
  readonly where: Whereabouts;
}

const look$ = ({ run }: Search, folder: ListedFolder): Observable<Looked> =>
  run.wiki.folderStatus$(folder.type, folder.id).pipe(
    map((status): Looked => ({ folder, where: whereaboutsBy(run, 'folder', folder.id, status) })),
    catchError((error: unknown) => {
      if (!costsOnlyItsKind(error)) throw error;
      run.noteGap({ of: 'folder', error });
      return of<Looked>({ folder, where: 'unknown' });
    }),
  );

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
  return completeFolders$(run, items, pages, knownFolders(prior.records.values())).pipe(
    switchMap((folders) => {
      const told = new Set(folders.map(({ id }) => id));
      const absent = recorded(prior, ({ folder }) =>
        folder?.type === 'folder' && !told.has(folder.id) ? folder : undefined,
      ).map(({ item }) => item);
      const looked$ = isWalked
        ? from(absent).pipe(
            adaptiveMergeMap((folder) => look$(search, folder), { limit$: run.limit$ }),
            toArray(),
          )
        : of(absent.map((folder): Looked => ({ folder, where: 'unknown' })));
      return looked$.pipe(
        map((looked) => ({
          items: [
            ...folders,
            ...looked.flatMap(({ folder, where }) =>
              where === 'alive' || where === 'unknown' ? folder : [],
            ),
          ],
          gaps,
          whereabouts: new Map(looked.map(({ folder, where }) => [recordKey('folder', folder.id), where])),
        })),
      );
    }),
  );
};
