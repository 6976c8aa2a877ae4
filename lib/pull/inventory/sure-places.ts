import { type Observable, catchError, from, map, of, reduce, switchMap } from 'rxjs';
import type { ListedFolder } from '../../core/content.js';
import type { SearchedFolder } from '../../core/searched.js';
import { isNotVisible } from '../../errors/http-error.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import { costsOnlyItsKind } from '../run/failure.js';
import type { Run } from '../run/run.js';
import type { KnownFolders } from './complete-folders.js';

const isAtRoot = ({ isPlaced, parentId }: SearchedFolder): boolean => isPlaced && parentId === undefined;

/** An empty list of ancestors may be one that search has not filled; a place that the mirror has, too, needs no second word. */
const isDoubtful = (found: SearchedFolder, recorded: ListedFolder | undefined): boolean =>
  recorded === undefined
    ? found.type === 'folder' && isAtRoot(found)
    : found.isPlaced && found.parentId !== recorded.parentId;

/** Where nothing better is to be had than what search tells: an empty list moves nothing. */
const unasked = (found: SearchedFolder, known: KnownFolders, error: unknown): SearchedFolder => {
  const recorded = known.get(found.id);
  if (recorded?.parentId === undefined || !isAtRoot(found)) return found;
  const { parentId } = recorded;
  const placed = { ...found, parentId, parentType: known.get(parentId)?.type };
  return isNotVisible(error) ? placed : { ...placed, failure: error };
};

type Places = ReadonlyMap<string, SearchedFolder>;

const ask$ = (run: Run, folders: readonly SearchedFolder[], known: KnownFolders): Observable<Places> =>
  from(folders).pipe(
    adaptiveMergeMap(
      (found) =>
        run.wiki.folder$(found.type, found.id).pipe(
          map((folder): SearchedFolder => ({
            ...folder,
            title: folder.title || found.title,
            isPlaced: true,
          })),
          catchError((error: unknown) => {
            if (!costsOnlyItsKind(error)) throw error;
            return of(unasked(found, known, error));
          }),
        ),
      { limit$: run.limit$ },
    ),
    reduce((places, folder) => places.set(folder.id, folder), new Map<string, SearchedFolder>()),
  );

/**
 * What search tells of folders, at places that may be believed: one that is new at the root, or elsewhere than the mirror has
 * it, is asked for by its id. When that gives one of the root another place, search does not fill the ancestors in, and all
 * of the root are asked for.
 */
export const surePlaces$ = (
  run: Run,
  searched: readonly SearchedFolder[],
  known: KnownFolders,
): Observable<readonly SearchedFolder[]> => {
  const doubtful = searched.filter((found) => isDoubtful(found, known.get(found.id)));
  return ask$(run, doubtful, known).pipe(
    switchMap((places) => {
      const isMisled = doubtful.some(
        (found) => isAtRoot(found) && places.get(found.id)?.parentId !== undefined,
      );
      const rest = searched.filter(
        (found) => isMisled && found.type === 'folder' && isAtRoot(found) && !places.has(found.id),
      );
      return ask$(run, rest, known).pipe(map((more): Places => new Map([...places, ...more])));
    }),
    map((places) => searched.map((found) => places.get(found.id) ?? found)),
  );
};
