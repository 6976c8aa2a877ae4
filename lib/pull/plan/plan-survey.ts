import { planPull, type PullPlan } from '../../core/pull-plan.js';
import type { Survey } from '../inventory/survey.js';
import { layoutOf, type MirrorLayout } from '../render/mirror-layout.js';
import type { Prior } from '../run/prior.js';
import type { Run } from '../run/run.js';

/** What is to be done, and for which mirror. */
export interface Planned {
  readonly layout: MirrorLayout;
  readonly plan: PullPlan;
}

/** Lays out what the survey has found, and compares it with what the mirror holds. */
export const planSurvey = (run: Run, survey: Survey, { records, sound }: Prior): Planned => {
  const { inventory, leaving } = survey;
  const layout = layoutOf(run, inventory);
  const isUnchanged = inventory.isUnchanged ?? false;
  return {
    layout,
    plan: planPull({ ...layout, records, sound, isUnchanged, leaving, full: run.options.full }),
  };
};
