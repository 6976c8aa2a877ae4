import { type Observable, Subject, endWith, ignoreElements, merge, takeUntil } from 'rxjs';
import type { Gap, ListedPage } from '../../core/content.js';
import { memoryShares } from '../../core/memory-shares.js';
import type { ResponseSample } from '../../core/request-lane.js';
import type { EventBody, InventoryProgress } from '../../events/events.js';
import type { IncompleteListing } from '../../events/incomplete-listing.js';
import { incompleteListing } from './failure.js';
import type { GovernorStats } from '../governor/governor-options.js';
import { createPeople } from './people.js';
import type { PullDeps } from './pull-deps.js';
import type { ResolvedOptions } from './pull-options.js';
import { shareWiki } from './shared-wiki.js';
import type { Listed, Run } from './run.js';
import { SourceMemo } from './source-memo.js';
import type { Step } from './step.js';
import { createStopping, type Stopping } from './stopping.js';
import { addStep, emptyTally, type Tally } from './tally.js';

/** A run with what only its composition needs to know. */
export interface StartedRun extends Run, Stopping {
  readonly stats: () => GovernorStats;
  /** Every attempt of a request, as it is answered. */
  readonly samples$: Observable<ResponseSample>;
  /** The first pages of a listing that turns out to be long; completes never. */
  readonly longListing$: Observable<readonly ListedPage[]>;
  /** What could not be listed. */
  readonly incomplete: () => readonly IncompleteListing[];
  /** The names of the last pull. */
  readonly remember: (names: ReadonlyMap<string, string>) => void;
  /** What is told from beside the pipeline: retries, rate changes, warnings, the progress of the inventory. */
  readonly notices$: Observable<EventBody>;
  /** What became of everything so far. */
  readonly tally: () => Tally;
  readonly count: (step: Step) => void;
  readonly endNotices: () => void;
}

const NAMES_HIDDEN: EventBody = {
  type: 'warning',
  code: 'names-hidden',
  message: 'This account may not see the names of people: their ids stand for them.',
};

/** The listings that are not whole, each told once. */
const createGaps = (tell: (event: EventBody) => void) => {
  const incomplete = new Map<string, IncompleteListing>();
  return {
    noteGap: (gap: Gap): void => {
      if (incomplete.has(gap.of)) return;
      const listing = incompleteListing(gap);
      incomplete.set(gap.of, listing);
      tell({ type: 'listing.incomplete', ...listing });
    },
    incomplete: (): readonly IncompleteListing[] => [...incomplete.values()],
  };
};

/** Counts what the inventory lists. */
const createCounter = (tell: (counts: Omit<InventoryProgress, 'type'>) => void) => {
  const listed = { pages: 0, folders: 0, attachments: 0, comments: 0 };
  return (what: Listed, count: number): void => {
    listed[what] += count;
    const { pages, folders, attachments } = listed;
    tell({ pages, folders, attachments });
  };
};

export const startRun = (options: ResolvedOptions, deps: PullDeps): StartedRun => {
  const shared = options.wiki ?? shareWiki(options.connection, deps);
  const { client: wiki, ...session } = shared.openSession();
  const notices = new Subject<EventBody>();
  const longListing = new Subject<readonly ListedPage[]>();
  let tally = emptyTally;
  let remembered: ReadonlyMap<string, string> = new Map();
  const { noteGap, incomplete } = createGaps((event) => notices.next(event));
  const stopping = createStopping(deps.stop$, session.stopHolding);
  return {
    ...stopping,
    options,
    wiki,
    shares: memoryShares(deps.heapBytes),
    people: createPeople({
      users$: wiki.users$,
      remembered: () => remembered,
      onFailure: (error) => noteGap({ of: 'names', error }),
      onHidden: () => notices.next(NAMES_HIDDEN),
    }),
    sources: new SourceMemo(),
    remember: (names) => {
      remembered = names;
    },
    noteGap,
    incomplete,
    stats: session.stats,
    samples$: session.samples$,
    limit$: shared.limit$,
    attachmentLimit$: shared.attachmentLimit$,
    tally: () => tally,
    count: (step) => {
      tally = addStep(tally, step);
    },
    startedAt: new Date(deps.now()).toISOString(),
    notify: (event) => notices.next(event),
    notices$: merge(session.notices$, notices).pipe(takeUntil(notices.pipe(ignoreElements(), endWith(true)))),
    countListed: createCounter((counts) => notices.next({ type: 'inventory.progress', ...counts })),
    tellLongListing: (first) => longListing.next(first),
    longListing$: longListing.asObservable(),
    endNotices: () => notices.complete(),
    dispose: () => {
      stopping.dispose();
      session.dispose();
    },
  };
};
