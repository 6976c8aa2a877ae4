import { type Observable, concat, defer, forkJoin, from, map, of, shareReplay, switchMap, tap } from 'rxjs';
import { attachmentFilter } from '../../core/attachment-filter.js';
import type { ListedPage, Space } from '../../core/content.js';
import { isNarrow } from '../../core/cql.js';
import { recordKey } from '../../core/records.js';
import { CredentialsError } from '../../errors/credentials-error.js';
import { AttachmentTable } from '../../store/attachment-table.js';
import { noRows } from '../../store/rows.js';
import type { Prior } from '../run/prior.js';
import type { Run } from '../run/run.js';
import { listLabels$, withLabelsById$ } from './list-labels.js';
import type { Search } from './located.js';
import { narrowSurvey$ } from './narrow-survey.js';
import { quickInventory$ } from './quick-inventory.js';
import type { Survey } from './survey-of.js';
import { wholeSurvey$ } from './whole-survey.js';

export type { Survey } from './survey-of.js';

/**
 * Whether what is not to be seen any more may leave. Never for another account than the one that pulled before, unless the
 * user insists; who we are is asked now, as the credentials may have been refused in the middle of the listing.
 */
const mayLoseUnseen$ = (run: Run, { account }: Prior): Observable<boolean> =>
  run.wiki.identity$().pipe(
    map((identity) => {
      if (identity.kind === 'stranger' || identity.kind === 'refused')
        throw new CredentialsError(
          'The wiki has come to take us for a stranger: it does not accept the credentials any more.',
          { hint: 'Nothing was changed. Check that the token has not expired or been revoked.' },
        );
      return run.options.force || (identity.kind === 'known' && identity.accountId === account);
    }),
  );

/** What the search does not know has the labels that it had, and of what is new they are unknown, which is not none. */
const withLabels = (
  pages: readonly ListedPage[],
  labels: ReadonlyMap<string, readonly string[]>,
  { records }: Prior,
): ListedPage[] =>
  pages.map((page) => {
    const known = labels.get(page.id) ?? records.get(recordKey(page.kind, page.id))?.page?.labels;
    return known ? { ...page, labels: known } : page;
  });

const surveyByListing$ = (search: Search): Observable<Survey> => {
  const { run, space, prior } = search;
  const survey$ = isNarrow(run.options) ? narrowSurvey$(search) : wholeSurvey$(search);
  if (!run.options.labels) return survey$;
  return forkJoin([survey$, listLabels$(run, space)]).pipe(
    switchMap(([survey, labels]) =>
      withLabelsById$(run, labels, survey.inventory.pages).pipe(map((all) => ({ ...survey, ...all }))),
    ),
    map(({ inventory, labels, gaps, ...rest }) => ({
      ...rest,
      inventory: {
        ...inventory,
        pages: withLabels(inventory.pages, labels, prior),
        gaps: [...inventory.gaps, ...gaps],
      },
    })),
  );
};

/** Learns the names that the files show: those of the listed authors, and those that the recorded bodies mention. */
const learnNames$ = ({ people }: Run, { inventory }: Survey, { accounts }: Prior): Observable<never> => {
  const authors = inventory.pages.flatMap(({ authorId }) => authorId ?? []);
  const isUnchanged = inventory.isUnchanged ?? false;
  return people.learn$(isUnchanged ? [] : [...authors, ...accounts]);
};

/**
 * Everything that the pull is about, in one emission: small records without bodies, the names of people, what could not be listed, and
 * what of the mirror leaves it. Pages are whole or an error. A quick delta takes what did not change from the records, and nothing
 * leaves.
 */
export const survey$ = (run: Run, space: Space, prior: Prior): Observable<Survey> =>
  defer(() => {
    const { since } = prior;
    const mayLose$ = mayLoseUnseen$(run, prior).pipe(shareReplay({ bufferSize: 1, refCount: true }));
    const isWanted = run.options.attachments !== 'none';
    return (isWanted ? from(prior.openScratch()) : of(noRows)).pipe(
      switchMap((rows) => {
        const attachments = new AttachmentTable(rows, attachmentFilter(run.options));
        const search: Search = { run, space, prior, attachments, mayLoseUnseen$: mayLose$ };
        return since === undefined
          ? surveyByListing$(search)
          : quickInventory$(search, since).pipe(
              map((inventory): Survey => ({ inventory, leaving: [], hidden: 0, leftOut: 0, leftScope: [] })),
            );
      }),
    );
  }).pipe(
    tap(({ inventory }) => {
      for (const gap of inventory.gaps) run.noteGap(gap);
    }),
    switchMap((survey) => concat(learnNames$(run, survey, prior), of(survey))),
  );
