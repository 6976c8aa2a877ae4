import {
  type Observable,
  catchError,
  defer,
  EMPTY,
  from,
  fromEvent,
  ignoreElements,
  last,
  lastValueFrom,
  map,
  merge,
  mergeMap,
  of,
  takeUntil,
  tap,
  timer,
} from 'rxjs';
import { type MirrorOptions, pull$, type SharedWiki } from '../index.js';
import { type Outcome, outcomeOfEnd, outcomeOfError } from './outcome.js';
import type { SliceProgress } from './slice-progress.js';
import type { PullResult } from './tenant-state.js';

/** How long a tenant keeps its place in a worker before it stands in line again. */
export interface SliceLimits {
  /** No further space is begun after so long, milliseconds. */
  readonly beginMs: number;
  /** What is under way is stopped with a checkpoint after so long. */
  readonly endMs: number;
}

export const SLICE: SliceLimits = { beginMs: 20_000, endMs: 300_000 };

/** One by one, small spaces leave most of a tenant's rate unused. */
const SPACES_AT_ONCE = 4;

export interface Slice {
  readonly wiki: SharedWiki;
  readonly optionsFor: (space: string) => Promise<MirrorOptions>;
  readonly progress: SliceProgress;
  /** Stops softly: what is under way is left with a checkpoint. */
  readonly soft$: Observable<unknown>;
  /** Stops at once. */
  readonly hard$: Observable<unknown>;
  readonly limits: SliceLimits;
  readonly tell: (line: string) => void;
}

const pullOne$ = (space: string, slice: Slice, stop$: Observable<string>): Observable<Outcome> =>
  from(slice.optionsFor(space)).pipe(
    mergeMap((options) => pull$({ ...options, wiki: slice.wiki, space }, { stop$ })),
    tap((event) => slice.progress.note(space, event)),
    last(),
    map(outcomeOfEnd),
    catchError((error: unknown) => of(outcomeOfError(error))),
  );

const lineOf = (outcome: Outcome): string => {
  if (outcome.type === 'fresh') return 'fresh';
  if (outcome.type === 'left') return 'left with a checkpoint';
  if (outcome.type === 'held') return 'waits for the rate limit of its wiki';
  return `${outcome.problem.code}: ${outcome.problem.message}`;
};

/** Pulls as many of the spaces as fit into the limits, several at once under the governor of the wiki. */
export const pullSlice = async (spaces: readonly string[], slice: Slice): Promise<PullResult> => {
  const { progress, limits, wiki, tell } = slice;
  const startedAt = performance.now();
  const stopping = new AbortController();
  const stop$ = defer(() =>
    stopping.signal.aborted ? of('aborted') : fromEvent(stopping.signal, 'abort').pipe(map(() => 'aborted')),
  );
  const outcomes: Outcome[] = [];
  const mayBegin = (): boolean => !stopping.signal.aborted && performance.now() - startedAt < limits.beginMs;
  const end = (space: string, outcome: Outcome): void => {
    tell(`${space}: ${lineOf(outcome)}`);
    if (outcome.type === 'fresh') progress.end(space);
    else if (outcome.type === 'problem') progress.end(space, outcome.problem);
    else progress.leave(space);
    outcomes.push(outcome);
    if (outcome.type === 'refused' || outcome.type === 'held') stopping.abort();
  };
  const pull$ = (space: string): Observable<Outcome> =>
    defer(() => {
      if (!mayBegin()) return EMPTY;
      progress.begin(space);
      tell(`${space}: pulling`);
      return pullOne$(space, slice, stop$).pipe(tap((outcome) => end(space, outcome)));
    });
  const rate = wiki.rate$.subscribe(({ quota }) => progress.noteQuota(quota));
  const limit = merge(slice.soft$, timer(limits.endMs)).subscribe(() => stopping.abort());
  try {
    const pulls$ = from(spaces).pipe(
      mergeMap(pull$, SPACES_AT_ONCE),
      ignoreElements(),
      takeUntil(slice.hard$),
    );
    await lastValueFrom(pulls$, { defaultValue: undefined });
  } finally {
    rate.unsubscribe();
    limit.unsubscribe();
  }
  const { results, points, running } = progress.heartbeat();
  for (const { space } of running) tell(`${space}: let go at once, as another worker may have the tenant`);
  const refused = outcomes.find((outcome) => outcome.type === 'refused');
  const isHeld = outcomes.some(({ type }) => type === 'held');
  return {
    results,
    ...(refused && { refused: refused.problem }),
    ...(isHeld && { heldUntil: progress.heldUntil() }),
    ...(points !== undefined && { points }),
  };
};
