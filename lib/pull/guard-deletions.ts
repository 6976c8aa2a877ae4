import { EMPTY, type Observable, defer } from 'rxjs';
import { isNarrow, scopeText } from '../core/cql.js';
import { type Refusal, refusalOf } from '../core/deletion-guard.js';
import type { ItemRecord } from '../core/records.js';
import { DeletionRefusedError } from '../errors/deletion-refused-error.js';
import type { Survey } from './inventory/survey.js';
import { titlesOf } from './inventory/located.js';
import type { PullRun } from './pull-run.js';

const scopeIn = (options: PullRun['options']): string =>
  isNarrow(options) ? `: pages ${scopeText(options)}` : '';

const reasonsIn = ({ options }: PullRun, { counts: { gone, unseen, outside } }: Refusal): string =>
  [
    ...(gone > 0 ? [`${gone} deleted, archived or moved away in the wiki`] : []),
    ...(unseen > 0
      ? [`${unseen} not visible to this account any more, which is no proof that they are gone`]
      : []),
    ...(outside > 0
      ? [`${outside} still in the wiki, and outside of what is asked for now${scopeIn(options)}`]
      : []),
  ].join('; ');

const limitIn = ({ isUnproven, most }: Refusal): string =>
  isUnproven
    ? `at most ${most} may, and never most of the pages, files or comments without proof`
    : `at most ${most} may`;

const refused = (run: PullRun, refusal: Refusal): DeletionRefusedError =>
  new DeletionRefusedError(
    `${refusal.total} of ${refusal.mirrored} mirrored items would leave (${reasonsIn(run, refusal)}); ${limitIn(refusal)}.`,
    { hint: 'Nothing was changed. If this is right, pull again with --force.' },
  );

/** Says what leaves though nobody has deleted it. */
const tellUnseen = ({ notify }: PullRun, { leaving }: Survey): void => {
  const items = leaving.flatMap(({ record: { kind, id, page, attachment }, reason }) => {
    if (reason !== 'unseen') return [];
    return kind === 'comments' ? { id, title: `comments of page ${id}` } : (page ?? attachment ?? []);
  });
  if (items.length > 0)
    notify({
      type: 'warning',
      code: 'not-visible',
      message: `Not visible to this account any more, so that they leave the mirror: ${titlesOf(items)}.`,
    });
};

/**
 * Completes when no more leaves the mirror than may; before anything is written.
 *
 * Errors: `DeletionRefusedError`.
 */
export const guardDeletions$ = (
  run: PullRun,
  survey: Survey,
  records: ReadonlyMap<string, ItemRecord>,
): Observable<never> =>
  defer(() => {
    const refusal = run.options.force
      ? undefined
      : refusalOf(survey.leaving, records, run.options.deletionLimit);
    if (refusal) throw refused(run, refusal);
    tellUnseen(run, survey);
    return EMPTY;
  });
