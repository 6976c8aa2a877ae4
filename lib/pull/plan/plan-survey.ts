import { planPull, type PullPlan } from '../../core/pull-plan.js';
import type { Survey } from '../inventory/survey.js';
import { digestLayout } from '../render/layout-digest.js';
import { layoutOf, type MirrorLayout } from '../render/mirror-layout.js';
import { latePages } from './late-pages.js';
import type { Prior } from '../run/prior.js';
import type { Run } from '../run/run.js';

/** What is to be done, and for which mirror. */
export interface Planned {
  readonly layout: MirrorLayout;
  readonly plan: PullPlan;
  /** What the layout is told by, as names are known when it is asked. */
  readonly digest: () => string;
}

/** Lays out what the survey has found, and compares it with what the mirror holds. */
export const planSurvey = (run: Run, survey: Survey, prior: Prior): Planned => {
  const { inventory, leaving } = survey;
  const { records, settled, unsound, layoutDigest } = prior;
  const layout = layoutOf(run, inventory, latePages(inventory.pages, prior));
  const digest = digestLayout(run, inventory);
  const isLaidOutAlike = digest() === layoutDigest;
  return {
    layout,
    digest,
    plan: planPull({
      ...layout,
      records,
      settled,
      unsound,
      isLaidOutAlike,
      leaving,
      full: run.options.full,
    }),
  };
};
