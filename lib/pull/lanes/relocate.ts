import { type Observable, concat, defer, ignoreElements, mergeMap, of } from 'rxjs';
import { foldName } from '../../core/file-names.js';
import type { FileStamp } from '../../core/records.js';
import { mergeOnDemand$ } from '../../operators/merge-on-demand.js';
import type { MirrorRun } from '../render/mirror-run.js';
import { orFailed, type Subject } from '../run/failure.js';
import type { Step } from '../run/step.js';

/** A file of the mirror that goes elsewhere. */
export interface Move {
  readonly stamp: FileStamp;
  readonly to: string;
}

/** The last emission of a mover: what could not be moved, as its file is gone or was changed. */
export interface Missed<T> {
  readonly type: 'missed';
  readonly items: readonly T[];
}

export interface Relocation<T> {
  /** Where the files of an item are to go. */
  readonly movesOf: (item: T) => readonly Move[];
  readonly subjectOf: (item: T) => Subject;
  /** Moves one item; undefined when that cannot be. */
  readonly relocate: (item: T) => Promise<Step | undefined>;
}

/**
 * Takes those files out of the way that others are about to be moved onto: swaps and chains overwrite nothing. Returns what
 * it took.
 */
const stage = async <T>(
  { store }: MirrorRun,
  items: Iterable<T>,
  movesOf: Relocation<T>['movesOf'],
): Promise<readonly FileStamp[]> => {
  const taken = new Set<string>();
  for (const item of items)
    for (const { stamp, to } of movesOf(item))
      if (stamp.path !== to && store.isOwn(to)) taken.add(foldName(to));
  if (taken.size === 0) return [];
  const staged: FileStamp[] = [];
  for (const item of items)
    for (const { stamp } of movesOf(item))
      if (taken.has(foldName(stamp.path))) {
        await store.stage(stamp);
        staged.push(stamp);
      }
  return staged;
};

/** Returns an Observable that moves items within the mirror, one after the other, and ends with those that it missed. */
export const relocate$ = <T>(
  run: MirrorRun,
  items: Iterable<T>,
  { movesOf, subjectOf, relocate }: Relocation<T>,
): Observable<Step | Missed<T>> =>
  defer(() => {
    const missed: T[] = [];
    let staged: readonly FileStamp[] = [];
    const relocateOrMiss = async (item: T): Promise<Step[]> => {
      const step = await orFailed(subjectOf(item), () => relocate(item));
      if (step === undefined) missed.push(item);
      return step === undefined ? [] : [step];
    };
    return concat(
      defer(async () => {
        staged = await stage(run, items, movesOf);
      }).pipe(ignoreElements()),
      mergeOnDemand$(items, relocateOrMiss, { limit$: of(1), drain$: run.stop$ }).pipe(
        mergeMap((steps) => steps),
      ),
      defer(async () => {
        for (const stamp of staged) await run.store.unstage(stamp);
        return { type: 'missed' as const, items: missed };
      }),
    );
  });
