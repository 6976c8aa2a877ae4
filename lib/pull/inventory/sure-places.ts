import { type Observable, catchError, from, map, of, reduce, switchMap } from 'rxjs';
import { sampleOf } from '../../core/sample-of.js';
import type { SearchedFolder } from '../../core/searched.js';
import { isNotVisible } from '../../errors/http-error.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import { costsOnlyItsKind } from '../run/failure.js';
import type { Run } from '../run/run.js';
import type { KnownFolders } from './complete-folders.js';

const isAtRoot = ({ isPlaced, parentId }: SearchedFolder): boolean => isPlaced && parentId === undefined;

/** How many of those that are new at the root are asked for: a wiki that does not fill in ancestors does so for all. */
const SAMPLE = 4;

/** An empty list of ancestors may be one that search has not filled; a place that the mirror has, too, needs no second word. */
const doubtfulOf = (searched: readonly SearchedFolder[], known: KnownFolders): readonly SearchedFolder[] => {
  const isNew = ({ id }: SearchedFolder): boolean => !known.has(id);
  const isElsewhere = ({ id, isPlaced, parentId }: SearchedFolder): boolean =>
    isPlaced && parentId !== known.get(id)?.parentId;
  const newAtRoot = searched.filter((found) => isNew(found) && found.type === 'folder' && isAtRoot(found));
  return [...sampleOf(newAtRoot, SAMPLE), ...searched.filter((found) => !isNew(found) && isElsewhere(found))];
};

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
 * What search tells of folders, at places that may be believed: one that is elsewhere than the mirror has it is asked for by its
 * id, and so are some of those that are new at the root. When that gives one of the root another place, search does not fill the ancestors in, and all
 * of the root are asked for.
 */
export const surePlaces$ = (
  run: Run,
  searched: readonly SearchedFolder[],
  known: KnownFolders,
): Observable<readonly SearchedFolder[]> => {
  const doubtful = doubtfulOf(searched, known);
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
