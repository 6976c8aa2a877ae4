import { EMPTY, type Observable, concat, defer, from, merge, mergeMap, tap } from 'rxjs';
import type { PullPlan } from '../../core/pull-plan.js';
import { recordKey } from '../../core/records.js';
import type { MirrorStore } from '../../store/mirror-store.js';
import { announceAttachments, announcePlan } from './announce-plan.js';
import { attachmentsLane$ } from '../lanes/attachments-lane.js';
import { commentsLane$ } from '../lanes/comments-lane.js';
import { deletions$ } from '../lanes/deletions.js';
import { foldersLane$ } from '../lanes/folders-lane.js';
import { pagesLane$ } from '../lanes/pages-lane.js';
import { relocateAttachments$ } from '../lanes/relocate-attachments.js';
import { relocateText$ } from '../lanes/relocate-text.js';
import type { Planned } from './plan-survey.js';
import type { Run } from '../run/run.js';
import { keepReferenced } from './referenced-attachments.js';
import { relink$, type SecondLook, secondLook$ } from './second-look.js';
import type { Step } from '../run/step.js';

/** Deletions come last, and not at all once a stop is asked for: the lanes before them may have been cut short. */
const finally$ = (run: Run, store: MirrorStore, deletions: PullPlan['deletions']): Observable<Step> =>
  defer(() => (run.stopReason() === undefined ? deletions$(run, store, deletions) : EMPTY));

const noteWritten = (written: Set<string>, step: Step): void => {
  if (step.type === 'outcome' && step.event?.type === 'page.written')
    written.add(recordKey(step.kind, step.event.id));
};

/**
 * Does what is planned: first moves within the mirror, then the lanes side by side, then what these have found wanting,
 * then the deletions. What turns out not to be movable (a file is gone or was changed) is fetched after all.
 */
export const doPlan$ = (run: Run, store: MirrorStore, planned: Planned): Observable<Step> => {
  const { view, plan } = planned;
  const written = new Set<string>();
  const text$ = relocateText$(run, store, view, plan, (missed) =>
    merge(
      pagesLane$(run, store, view, [...plan.pages.fetch, ...missed.pages]),
      commentsLane$(run, store, view, [...plan.comments.fetch, ...missed.comments]),
    ),
  ).pipe(tap((step) => noteWritten(written, step)));
  const files$ = ({ fetch, relocate }: PullPlan['attachments']): Observable<Step> =>
    relocateAttachments$(run, store, relocate, (missed) =>
      attachmentsLane$(run, store, [...fetch, ...missed]),
    );
  const begin$ = concat(from(announcePlan(run, plan)), foldersLane$(store, plan.folders.fetch));
  const lookAgain$ = (go$: (second: SecondLook) => Observable<Step>): Observable<Step> =>
    secondLook$(run, store, planned, written).pipe(
      mergeMap((second) => concat(relink$(run, store, second), go$(second))),
    );
  if (run.options.attachments === 'referenced')
    return concat(
      begin$,
      text$,
      lookAgain$((second) => {
        // Which attachments are referred to is known only when all bodies are written.
        if (run.stopReason() !== undefined) return EMPTY;
        const fetch = [...plan.attachments.fetch, ...second.attachments];
        const whole = { ...plan, attachments: { ...plan.attachments, fetch } };
        const { attachments, deletions } = keepReferenced(whole, second.view, store.records);
        return concat(
          from(announceAttachments(attachments)),
          files$(attachments),
          finally$(run, store, deletions),
        );
      }),
    );
  return concat(
    begin$,
    from(announceAttachments(plan.attachments)),
    merge(text$, files$(plan.attachments)),
    lookAgain$(({ attachments }) =>
      concat(
        from(announceAttachments({ fetch: attachments, relocate: [], unchanged: [] })),
        attachmentsLane$(run, store, attachments),
      ),
    ),
    finally$(run, store, plan.deletions),
  );
};
