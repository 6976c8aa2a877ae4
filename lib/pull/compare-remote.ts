import { type Observable, defer, finalize, map, switchMap, tap } from 'rxjs';
import { bodyPath, commentsPath } from '../core/page-paths.js';
import type { PullPlan } from '../core/pull-plan.js';
import { type ItemRecord, recordKey } from '../core/records.js';
import { NoMirrorError } from '../errors/no-mirror-error.js';
import type { Kind } from '../core/kinds.js';
import type { IncompleteListing } from '../events/incomplete-listing.js';
import { noMirrorYet } from '../store/read-mirror.js';
import type { Records } from '../store/record-table.js';
import type { ReadState } from '../store/state-file.js';
import { type Survey, survey$ } from './inventory/survey.js';
import { liveDeps } from './run/live-deps.js';
import { planSurvey } from './plan/plan-survey.js';
import { checkScope } from './run/mirror-scope.js';
import { place$ } from './run/place.js';
import { createGatherer, type Prior } from './run/prior.js';
import type { PullDeps } from './run/pull-deps.js';
import { type FromWiki, resolveOptions } from './run/pull-options.js';
import { keepReferenced } from './plan/referenced-attachments.js';
import { type StartedRun, startRun } from './run/start-run.js';
import { withMirror$ } from './run/with-mirror.js';

/** Which mirror to compare, and how to reach its wiki; what is mirrored the mirror knows itself. */
export type CompareOptions = { readonly dir: string } & FromWiki;

/** An item of the wiki or the mirror. */
export interface RemoteItem {
  readonly kind: Kind;
  readonly id: string;
  /** Where it is in the mirror, or would be; absent when it has no file. */
  readonly path?: string;
}

/** How a mirror differs from its wiki, by a listing without bodies. */
export interface RemoteDifference {
  /** Mirrored, but in another version, at another place, or with other link targets than in the wiki. */
  readonly stale: readonly RemoteItem[];
  /** In the wiki, not in the mirror. */
  readonly missing: readonly RemoteItem[];
  /** In the mirror, not in the wiki any more. */
  readonly gone: readonly RemoteItem[];
  /** Listings that could not be read whole: what they may lack is not known. */
  readonly incomplete: readonly IncompleteListing[];
  /** How many mirrored items this account does not see. */
  readonly hidden: number;
  /** How many pages the wiki's listing has left out, though they are there: it may lack new ones, too. */
  readonly leftOut: number;
}

const recordedItem = ({ kind, id, files, directory }: ItemRecord): RemoteItem => {
  const path = files[0]?.path ?? directory;
  return { kind, id, ...(path !== undefined && { path }) };
};

/** The items of each kind that a pull would fetch, or move. */
const itemsOf = (
  { options }: StartedRun,
  plan: PullPlan,
  fate: 'fetch' | 'relocate',
): readonly RemoteItem[] => [
  ...plan.pages[fate].map(({ page: { kind, id }, base }) => ({
    kind,
    id,
    path: bodyPath(base, options.format),
  })),
  ...plan.folders[fate].map(({ folder: { id }, directory }) => ({
    kind: 'folder' as const,
    id,
    path: directory,
  })),
  ...[...plan.attachments[fate]].map(({ attachment: { id }, path }) => ({
    kind: 'attachment' as const,
    id,
    path,
  })),
  ...plan.comments[fate].map(({ page: { id }, base }) => ({
    kind: 'comments' as const,
    id,
    path: commentsPath(base),
  })),
];

const difference = (run: StartedRun, survey: Survey, plan: PullPlan, records: Records): RemoteDifference => {
  const [fetch, relocate] = [itemsOf(run, plan, 'fetch'), itemsOf(run, plan, 'relocate')];
  const isMirrored = ({ kind, id }: RemoteItem): boolean => records.has(recordKey(kind, id));
  return {
    stale: [...fetch.filter(isMirrored), ...relocate],
    missing: fetch.filter((item) => !isMirrored(item)),
    gone: plan.deletions.flatMap((key) => {
      const record = records.get(key);
      return record === undefined ? [] : [recordedItem(record)];
    }),
    incomplete: run.incomplete(),
    hidden: survey.hidden,
    leftOut: survey.leftOut,
  };
};

const compare$ = (
  options: CompareOptions,
  deps: PullDeps,
  read: ReadState & { readonly kind: 'read' },
  held: Pick<Prior, 'records' | 'accounts' | 'folders' | 'settled' | 'late' | 'openScratch'>,
): Observable<RemoteDifference> => {
  const { scope, account, lastSync } = read.state;
  const run = startRun(resolveOptions({ ...options, space: scope.space }, scope), deps);
  // Whether the files are whole is another question: here every record counts.
  const prior: Prior = { ...held, unsound: new Set(), lastSync, account, isSameScope: true };
  const { records } = held;
  return place$(run, read, scope.space).pipe(
    tap(({ space }) => checkScope(read, space, options)),
    switchMap(({ space }) => survey$(run, space, prior)),
    map((survey) => {
      const { layout, plan } = planSurvey(run, survey, prior);
      const isPartial = run.options.attachments === 'referenced';
      const kept = isPartial ? { ...plan, ...keepReferenced(plan, layout, records) } : plan;
      return difference(run, survey, kept, records);
    }),
    finalize(run.dispose),
  );
};

/**
 * Compares a mirror with its wiki and returns an Observable of one emission. Writes and locks nothing; sends the
 * requests of a listing, and no others.
 *
 * Errors: `NoMirrorError` when `dir` holds no mirror whose state can be read, `MirrorMismatchError` when the wiki is
 * another one, and what a pull raises before its first body.
 */
export const compareRemote$ = (
  options: CompareOptions,
  deps: Partial<PullDeps> = {},
): Observable<RemoteDifference> =>
  defer(() => {
    const edges: PullDeps = { ...liveDeps, ...deps };
    const gathered = createGatherer();
    return withMirror$(
      async () => (await edges.readMirror(options.dir, gathered)) ?? noMirrorYet(),
      ({ state, records, openScratch }) => {
        if (state.kind !== 'read')
          throw new NoMirrorError(`"${options.dir}" does not say which space it mirrors.`, {
            hint: 'A pull that is given the `space` makes its state anew.',
          });
        return compare$(options, edges, state, { records, openScratch, ...gathered });
      },
    );
  });
