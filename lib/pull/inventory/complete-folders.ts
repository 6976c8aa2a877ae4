import { type Observable, EMPTY, catchError, expand, from, last, map, of, reduce, tap } from 'rxjs';
import type { FolderById } from '../../confluence/listings.js';
import type { SearchedFolder } from '../../core/searched.js';
import type { ListedFolder, ListedPage } from '../../core/content.js';
import { type UnknownParent, unknownParents } from '../../core/unknown-parents.js';
import { isNotVisible } from '../../errors/http-error.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import { costsOnlyItsKind } from '../run/failure.js';
import type { Run } from '../run/run.js';
import { titlesOf } from './located.js';

interface Round {
  readonly folders: readonly FolderById[];
  /** Whose parents may be unknown. */
  readonly fresh: readonly Pick<ListedPage, 'parentId' | 'parentType'>[];
}

/** The folders that the mirror knows, by id. */
export type KnownFolders = ReadonlyMap<string, ListedFolder>;

/** A folder that may not be seen keeps its place in the tree, without a title. */
const hidden = ({ id, type }: UnknownParent): FolderById => ({
  id,
  type,
  title: '',
  parentId: undefined,
  parentType: undefined,
});

/** A folder that cannot be read stands where the mirror has it, lest all below it move. */
const asKnown = (parent: UnknownParent, known: KnownFolders): FolderById => {
  const recorded = known.get(parent.id);
  const above = recorded?.parentId === undefined ? undefined : known.get(recorded.parentId);
  return { ...hidden(parent), ...recorded, parentType: above?.type };
};

const folder$ = (run: Run, parent: UnknownParent, known: KnownFolders): Observable<FolderById> =>
  run.wiki.folder$(parent.type, parent.id).pipe(
    catchError((error: unknown) => {
      if (!costsOnlyItsKind(error)) throw error;
      const folder = asKnown(parent, known);
      return of(isNotVisible(error) ? folder : { ...folder, failure: error });
    }),
  );

const nextRound$ = (
  run: Run,
  folders: readonly FolderById[],
  unknown: readonly UnknownParent[],
  { searched, known }: { readonly searched: ReadonlyMap<string, FolderById>; readonly known: KnownFolders },
): Observable<Round> =>
  from(unknown).pipe(
    adaptiveMergeMap(
      (parent) => {
        const found = searched.get(parent.id);
        return found ? of(found) : folder$(run, parent, known);
      },
      { limit$: run.limit$ },
    ),
    reduce((found: FolderById[], folder) => [...found, folder], []),
    map((found): Round => ({ folders: [...folders, ...found], fresh: found })),
  );

const tellUntitled = (run: Run, folders: readonly ListedFolder[]): void => {
  const untitled = folders.filter(({ title, failure }) => title === '' && failure === undefined);
  if (untitled.length > 0)
    run.notify({
      type: 'warning',
      code: 'untitled-folders',
      message: `The wiki tells no title of ${titlesOf(untitled.map(({ id, type }) => ({ id, title: `${type} ${id}` })))}: what stands below is in directories named by ids.`,
    });
};

/**
 * All folders of a space in one emission, and the whiteboards, databases and embeds that are parents. What the search
 * index has told is asked no more; what it does not know, or not the place of, is asked one by one, and so are the
 * parents of those. One that cannot be read is told with its failure, at the place that `known` gives it.
 */
export const completeFolders$ = (
  run: Run,
  searched: readonly SearchedFolder[],
  pages: readonly ListedPage[],
  known: KnownFolders,
): Observable<readonly ListedFolder[]> => {
  const placed = searched.filter((found) => found.isPlaced);
  const byId = new Map(placed.map((found) => [found.id, found]));
  const folders = placed.filter(({ type }) => type === 'folder');
  const unplaced = searched.filter(({ isPlaced, type }) => !isPlaced && type === 'folder');
  const fresh = [...pages, ...folders, ...unplaced.map(({ id }) => ({ parentId: id, parentType: 'folder' }))];
  return of<Round>({ folders, fresh }).pipe(
    expand((round) => {
      const unknown = unknownParents(round.fresh, round.folders);
      return unknown.length === 0
        ? EMPTY
        : nextRound$(run, round.folders, unknown, { searched: byId, known });
    }),
    last(),
    map((round) => round.folders),
    tap((all) => tellUntitled(run, all)),
  );
};
