import { EMPTY, type Observable, concat, concatMap, defer, from, merge, of, tap } from 'rxjs';
import { joinItems } from '../../core/items.js';
import type { PullPlan } from '../../core/pull-plan.js';
import { attachmentsLane$ } from '../lanes/attachments-lane.js';
import { commentsLane$ } from '../lanes/comments-lane.js';
import { deletions$ } from '../lanes/deletions.js';
import { foldersLane$ } from '../lanes/folders-lane.js';
import { pagesLane$ } from '../lanes/pages-lane.js';
import { relocateAttachments$ } from '../lanes/relocate-attachments.js';
import { isComments, isPage, relocateText$ } from '../lanes/relocate-text.js';
import type { MirrorRun } from '../render/mirror-run.js';
import type { Step } from '../run/step.js';
import { announceAttachments, announcePlan } from './announce-plan.js';
import { foreseeReferenced, keepReferenced } from './referenced-attachments.js';
import { relink$, type SecondLook, secondLook$ } from './second-look.js';

/** Moves texts within the mirror, then fetches the others, and those that turned out not to be movable. */
const text$ = (run: MirrorRun, { pages, comments }: PullPlan): Observable<Step> =>
  relocateText$(run, [...pages.relocate, ...comments.relocate]).pipe(
    concatMap((step) =>
      step.type === 'missed'
        ? merge(
            pagesLane$(run, [...pages.fetch, ...step.items.filter(isPage)]),
            commentsLane$(run, [...comments.fetch, ...step.items.filter(isComments)]),
          )
        : of(step),
    ),
  );

/** As `text$`, for attachments. */
const files$ = (run: MirrorRun, { fetch, relocate }: PullPlan['attachments']): Observable<Step> =>
  relocateAttachments$(run, relocate).pipe(
    concatMap((step) =>
      step.type === 'missed' ? attachmentsLane$(run, joinItems(fetch, step.items)) : of(step),
    ),
  );

/** Deletions come last, and not at all once a stop is asked for: the lanes before them may have been cut short. */
const finally$ = (run: MirrorRun, deletions: PullPlan['deletions']): Observable<Step> =>
  defer(() => (run.stopReason() === undefined ? deletions$(run, deletions) : EMPTY));

/** The attachments that only the second look has found. */
const foundFiles$ = (run: MirrorRun, { attachments }: SecondLook): Observable<Step> =>
  concat(
    from(announceAttachments({ fetch: attachments, relocate: [], unchanged: [] })),
    attachmentsLane$(run, attachments),
  );

/** Which attachments are referred to is known only when all bodies are written. */
const referencedFiles$ = (run: MirrorRun, plan: PullPlan, second: SecondLook): Observable<Step> => {
  if (run.stopReason() !== undefined) return EMPTY;
  const fetch = joinItems(plan.attachments.fetch, second.attachments);
  const whole = { ...plan, attachments: { ...plan.attachments, fetch } };
  const { attachments, deletions } = keepReferenced(whole, second.layout, run.store.records);
  return concat(from(announceAttachments(attachments)), files$(run, attachments), finally$(run, deletions));
};

/** Collects the ids of the pages and blog posts that are written and may name files. */
const noteNaming = (naming: Set<string>) =>
  tap((step: Step) => {
    if (step.type !== 'outcome' || step.mayNameFiles !== true) return;
    if (step.event?.type === 'page.written') naming.add(step.event.id);
  });

/**
 * Does what is planned, in this order: folders; texts and files side by side, each by a move within the mirror or by a
 * request; what the written texts refer to and nobody has listed; deletions.
 */
export const doPlan$ = (run: MirrorRun, plan: PullPlan): Observable<Step> => {
  const isReferenced = run.options.attachments === 'referenced';
  const naming = new Set<string>();
  return concat(
    from(
      announcePlan(
        run,
        isReferenced ? foreseeReferenced(plan, run.layout, run.store.records) : plan,
        run.layout.paths,
      ),
    ),
    isReferenced ? EMPTY : from(announceAttachments(plan.attachments)),
    foldersLane$(run, plan.folders.fetch),
    merge(text$(run, plan).pipe(noteNaming(naming)), isReferenced ? EMPTY : files$(run, plan.attachments)),
    secondLook$(run, naming).pipe(
      concatMap((second) =>
        concat(
          relink$(run, second),
          isReferenced ? referencedFiles$(run, plan, second) : foundFiles$(run, second),
        ),
      ),
    ),
    isReferenced ? EMPTY : finally$(run, plan.deletions),
  );
};
