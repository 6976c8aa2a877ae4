import { type Observable, concat, defer, of } from 'rxjs';
import type { ListedPage } from '../../core/content.js';
import { planPull, type PullPlan, recordedAccounts } from '../../core/pull-plan.js';
import type { Survey } from '../inventory/survey.js';
import { type MirrorView, mirrorView } from '../render/mirror-view.js';
import type { Prior } from '../run/prior.js';
import type { Run } from '../run/run.js';

export interface Planned {
  readonly survey: Survey;
  readonly view: MirrorView;
  readonly plan: PullPlan;
}

const authorsOf = (pages: readonly ListedPage[]): string[] => pages.flatMap(({ authorId }) => authorId ?? []);

/** Compares the survey with what the mirror holds. The names that the files show are learned first. */
export const plan$ = (run: Run, survey: Survey, { records, sound }: Prior): Observable<Planned> => {
  const { inventory, leaving } = survey;
  const isUnchanged = inventory.isUnchanged ?? false;
  const accounts = isUnchanged ? [] : [...authorsOf(inventory.pages), ...recordedAccounts(records.values())];
  return concat(
    run.people.learn$(accounts),
    defer(() => {
      const view = mirrorView(run, inventory);
      const plan = planPull({ ...view, records, sound, isUnchanged, leaving, full: run.options.full });
      return of({ survey, view, plan });
    }),
  );
};
