import path from 'node:path';
import { Context } from '@temporalio/activity';
import {
  firstValueFrom,
  fromEvent,
  lastValueFrom,
  map,
  merge,
  type Observable,
  takeUntil,
  timer,
} from 'rxjs';
import { isRxsyncError, visibleSpaces$ } from '../index.js';
import type { Activities, Done } from './activities.js';
import type { Definition } from './definition.js';
import { durationMs } from './duration.js';
import { engineLease } from './engine-lease.js';
import { mirrorOptionsOf } from './mirror-options.js';
import { outcomeOfError, problemOf } from './outcome.js';
import { pullSlice, SLICE } from './pull-slice.js';
import { Heartbeat, type SliceProgress, sliceProgress } from './slice-progress.js';
import type { ListResult, PullResult } from './tenant-state.js';
import type { TenantWikis } from './tenant-wikis.js';

/** What a worker brings along. */
export interface WorkerWorld {
  /** No two workers have the same. */
  readonly id: string;
  /** Folder of the mirrors of all tenants. */
  readonly mirrors: string;
  readonly wikis: TenantWikis;
  /** Where the mirror of a space is in the folder of its tenant. */
  readonly folderOf: (dir: string, space: string) => Promise<string>;
  /** The worker is asked to end: what is under way is left with a checkpoint. */
  readonly stop$: Observable<unknown>;
  readonly tell: (line: string) => void;
}

interface Ends {
  readonly soft$: Observable<unknown>;
  readonly hard$: Observable<unknown>;
}

/** Of a burst limit, another worker may have used up what there is. */
const BURST_MS = 1000;

/** Resolves once the tenant is this worker's. */
const begun = async (held$: Observable<void>, hard$: Observable<void>): Promise<void> => {
  const isHeld = await firstValueFrom(merge(held$.pipe(map(() => true)), hard$.pipe(map(() => false))));
  if (!isHeld) throw new Error('another worker may have the tenant');
};

/**
 * Works for a tenant for as long as this worker has it.
 * @param last the worker that has asked the wiki last
 */
const holding = async <T>(
  { tenant, failover }: Definition,
  { id, stop$, tell }: WorkerWorld,
  last: string | undefined,
  work: (progress: SliceProgress, ends: Ends) => Promise<T>,
): Promise<Done<T>> => {
  const context = Context.current();
  const before: unknown = context.info.heartbeatDetails;
  const progress = sliceProgress(Heartbeat.safeParse(before).data?.results ?? [], Date.now);
  const { held$, soft$, hard$, beats$ } = engineLease(context, durationMs(failover), progress.heartbeat);
  const cancelled$ = fromEvent(context.cancellationSignal, 'abort');
  const beating = beats$.subscribe();
  try {
    await begun(held$, hard$);
    if (last !== undefined && last !== id) await firstValueFrom(timer(BURST_MS));
    const result = await work(progress, { soft$: merge(stop$, soft$, cancelled$), hard$ });
    return { worker: id, result };
  } catch (error) {
    tell(`${tenant}: unexpected, is tried again: ${problemOf(error).message}`);
    throw error;
  } finally {
    beating.unsubscribe();
  }
};

const pullSpaces = (
  world: WorkerWorld,
  definition: Definition,
  spaces: readonly string[],
  last: string | undefined,
): Promise<Done<PullResult>> =>
  holding<PullResult>(definition, world, last, async (progress, ends) => {
    const { mirrors, wikis, folderOf, tell } = world;
    const { tenant } = definition;
    const dir = path.join(mirrors, tenant);
    const settings = mirrorOptionsOf(definition);
    const done = new Set(progress.heartbeat().results.map(({ space }) => space));
    const left = spaces.filter((space) => !done.has(space));
    try {
      const result = await pullSlice(left, {
        wiki: await wikis.open(definition),
        optionsFor: async (space) => ({ ...settings, dir: await folderOf(dir, space) }),
        progress,
        ...ends,
        limits: SLICE,
        tell: (line) => tell(`${tenant} ${line}`),
      });
      if (result.refused !== undefined) wikis.forget(tenant);
      return result;
    } catch (error) {
      const outcome = outcomeOfError(error);
      if (outcome.type !== 'refused') throw error;
      return { results: [], refused: outcome.problem };
    }
  });

const listSpaces = (
  world: WorkerWorld,
  definition: Definition,
  last: string | undefined,
): Promise<Done<ListResult>> =>
  holding<ListResult>(definition, world, last, async (_, { soft$, hard$ }) => {
    const { wikis, tell } = world;
    try {
      const visible$ = visibleSpaces$({ wiki: await wikis.open(definition) });
      const keys$ = visible$.pipe(
        map(({ spaces }) => spaces.map(({ key }) => key)),
        takeUntil(merge(soft$, hard$)),
      );
      return { spaces: await lastValueFrom(keys$) };
    } catch (error) {
      // What was stopped is begun anew by another worker.
      if (!isRxsyncError(error)) throw error;
      const problem = problemOf(error);
      tell(`${definition.tenant}: ${problem.code}: ${problem.message}`);
      if (outcomeOfError(error).type !== 'refused') return problem;
      wikis.forget(definition.tenant);
      return { refused: problem };
    }
  });

/** The activities of one worker. */
export const workerActivities = (world: WorkerWorld): Activities => ({
  listSpaces: (definition, last) => listSpaces(world, definition, last),
  pullSpaces: (definition, spaces, last) => pullSpaces(world, definition, spaces, last),
});
