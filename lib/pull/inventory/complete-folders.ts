import { type Observable, EMPTY, catchError, expand, from, last, map, of, reduce } from 'rxjs';
import type { FolderById } from '../../confluence/listings.js';
import type { SearchedFolder } from '../../confluence/wire/search.js';
import type { ListedFolder, ListedPage } from '../../core/content.js';
import { type UnknownParent, unknownParents } from '../../core/unknown-parents.js';
import { isNotVisible } from '../../errors/http-error.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import type { PullRun } from '../pull-run.js';

interface Round {
  readonly folders: readonly FolderById[];
  /** Whose parents may be unknown. */
  readonly fresh: readonly Pick<ListedPage, 'parentId' | 'parentType'>[];
}

/** A folder that may not be seen keeps its place in the tree, without a title. */
const hidden = ({ id, type }: UnknownParent): FolderById => ({
  id,
  type,
  title: '',
  parentId: undefined,
  parentType: undefined,
});

const folderOrHidden$ = (run: PullRun, parent: UnknownParent): Observable<FolderById> =>
  run.wiki.folder$(parent.type, parent.id).pipe(
    catchError((error: unknown) => {
      if (!isNotVisible(error)) throw error;
      return of(hidden(parent));
    }),
  );

const nextRound$ = (
  run: PullRun,
  folders: readonly FolderById[],
  unknown: readonly UnknownParent[],
  searched: ReadonlyMap<string, FolderById>,
): Observable<Round> =>
  from(unknown).pipe(
    adaptiveMergeMap(
      (parent) => {
        const found = searched.get(parent.id);
        return found ? of(found) : folderOrHidden$(run, parent);
      },
      { limit$: run.limit$ },
    ),
    reduce((found: FolderById[], folder) => [...found, folder], []),
    map((found): Round => ({ folders: [...folders, ...found], fresh: found })),
  );

/**
 * All folders of a space in one emission, and the whiteboards, databases and embeds that are parents. What the search
 * index has told is asked no more; what it does not know, or not the place of, is asked one by one, and so are the
 * parents of those.
 */
export const completeFolders$ = (
  run: PullRun,
  searched: readonly SearchedFolder[],
  pages: readonly ListedPage[],
): Observable<readonly ListedFolder[]> => {
  const placed = searched.filter((found) => found.isPlaced);
  const byId = new Map(placed.map((found) => [found.id, found]));
  const folders = placed.filter(({ type }) => type === 'folder');
  const unplaced = searched.filter(({ isPlaced, type }) => !isPlaced && type === 'folder');
  const fresh = [...pages, ...folders, ...unplaced.map(({ id }) => ({ parentId: id, parentType: 'folder' }))];
  return of<Round>({ folders, fresh }).pipe(
    expand((round) => {
      const unknown = unknownParents(round.fresh, round.folders);
      return unknown.length === 0 ? EMPTY : nextRound$(run, round.folders, unknown, byId);
    }),
    last(),
    map((round) => round.folders),
  );
};
