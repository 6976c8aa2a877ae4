import { EMPTY, type Observable, defer } from 'rxjs';
import { isNarrow, scopeText } from '../../core/cql.js';
import { type Refusal, refusalOf } from '../../core/deletion-guard.js';
import { DeletionRefusedError } from '../../errors/deletion-refused-error.js';
import { countsOf, type Records } from '../../store/record-table.js';
import type { Survey } from '../inventory/survey.js';
import { titlesOf } from '../inventory/located.js';
import type { Run } from '../run/run.js';

const scopeIn = (options: Run['options']): string =>
  isNarrow(options) ? `: pages ${scopeText(options)}` : '';

const reasonsIn = ({ options }: Run, { counts: { gone, unseen, outside } }: Refusal): string =>
  [
    ...(gone > 0 ? [`${gone} deleted, archived or moved away in the wiki`] : []),
    ...(unseen > 0
      ? [`${unseen} not visible to this account any more, which is no proof that they are gone`]
      : []),
    ...(outside > 0
      ? [`${outside} still in the wiki, and outside of what is asked for now${scopeIn(options)}`]
      : []),
  ].join('; ');

const limitIn = ({ unproven, most }: Refusal): string =>
  unproven
    ? `without proof at most ${most} of ${unproven.mirrored} ${unproven.what} may`
    : `at most ${most} may`;

/** A scope that nothing is in any more is more likely mistyped than emptied. */
const hintFor = ({ options }: Run, { inventory }: Survey): string =>
  isNarrow(options) && inventory.pages.length === 0
    ? `Nothing was changed. Search finds no page ${scopeText(options)}: check the spelling. If this is right, pull again with \`force\`: the mirror is empty then.`
    : 'Nothing was changed. If this is right, pull again with `force`.';

const refusalError = (run: Run, survey: Survey, refusal: Refusal): DeletionRefusedError =>
  new DeletionRefusedError(
    `${refusal.total} of ${refusal.mirrored} mirrored items would leave (${reasonsIn(run, refusal)}); ${limitIn(refusal)}.`,
    { hint: hintFor(run, survey) },
  );

/** Says what leaves though nobody has deleted it. */
const tellLeaving = ({ notify }: Run, { leaving, leftScope }: Survey, records: Records): void => {
  const items = leaving.flatMap(({ key, reason }) => {
    const record = reason === 'unseen' ? records.get(key) : undefined;
    if (record === undefined) return [];
    const { kind, id, page, attachment, files } = record;
    // The path of what hangs on a page tells which one.
    if (kind === 'comments' || attachment) return { id, title: files[0]?.path ?? id };
    return page ?? [];
  });
  if (leftScope.length > 0)
    notify({
      type: 'warning',
      code: 'left-scope',
      message: `No longer in the scope, so that they leave the mirror: ${titlesOf(leftScope)}.`,
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
export const guardDeletions$ = (run: Run, survey: Survey, records: Records): Observable<never> =>
  defer(() => {
    const refusal = run.options.force
      ? undefined
      : refusalOf(survey.leaving, countsOf(records.sizes), run.options.deletionLimit);
    if (refusal) throw refusalError(run, survey, refusal);
    tellLeaving(run, survey, records);
    return EMPTY;
  });
