import { type Observable, concat, defer, from, ignoreElements, mergeMap, of } from 'rxjs';
import { foldName } from '../../core/file-names.js';
import type { FileStamp } from '../../core/records.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import type { MirrorRun } from '../render/mirror-run.js';
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
  /** Moves one item; undefined when that cannot be. */
  readonly relocate: (item: T) => Promise<Step | undefined>;
}

/** Takes those files out of the way that others are about to be moved onto: swaps and chains overwrite nothing. */
const stage = async ({ store }: MirrorRun, moves: readonly Move[]): Promise<void> => {
  const comingTo = new Map(moves.map(({ stamp, to }) => [foldName(to), stamp.path]));
  for (const { stamp } of moves) {
    const comer = comingTo.get(foldName(stamp.path));
    if (comer !== undefined && comer !== stamp.path) await store.stage(stamp);
  }
};

/** Returns an Observable that moves items within the mirror, one after the other, and ends with those that it missed. */
export const relocate$ = <T>(
  run: MirrorRun,
  items: readonly T[],
  { movesOf, relocate }: Relocation<T>,
): Observable<Step | Missed<T>> =>
  defer(() => {
    const missed: T[] = [];
    const relocateOrMiss = async (item: T): Promise<Step[]> => {
      const step = await relocate(item);
      if (step === undefined) missed.push(item);
      return step === undefined ? [] : [step];
    };
    return concat(
      defer(() => stage(run, items.flatMap(movesOf))).pipe(ignoreElements()),
      from(items).pipe(
        adaptiveMergeMap(relocateOrMiss, { limit$: of(1), drain$: run.stop$ }),
        mergeMap((steps) => steps),
      ),
      defer(() => of({ type: 'missed' as const, items: missed })),
    );
  });
