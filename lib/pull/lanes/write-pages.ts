import { type Observable, from, mergeMap } from 'rxjs';
import { accountIds } from '../../convert/index.js';
import type { PageWithBody } from '../../core/content.js';
import type { PlannedPage } from '../../core/pull-plan.js';
import { type FileStamp, type ItemRecord, asOutdated, recordKey } from '../../core/records.js';
import { orFailed } from '../run/failure.js';
import type { MirrorRun } from '../render/mirror-run.js';
import { renderPage } from '../render/render-page.js';
import type { Step } from '../run/step.js';
import { withNames$ } from './with-names.js';

/** Files of one batch that are written at the same time. */
const WRITES = 8;

const tellUnread = (run: MirrorRun, { page: { kind, id, title } }: PlannedPage): void =>
  run.notify({
    type: 'warning',
    code: 'unread-references',
    message: `The ${kind} ${id} "${title}" is mirrored as it is, too large to be looked through for what it refers to; the next pull asks for it again.`,
  });

const writePage = async (run: MirrorRun, planned: PlannedPage, page: PageWithBody): Promise<Step> => {
  const { store, layout } = run;
  const { kind, id, version } = page;
  const { files, references, spans, isUnread = false } = renderPage(run, planned, page);
  const stamps: FileStamp[] = [];
  for (const { path, content } of files)
    stamps.push(await store.writeText(recordKey(kind, id), path, content));
  const fingerprint = layout.pageFingerprint(planned.page, references);
  const shape = layout.pageShape(planned.page, references);
  const record: ItemRecord = {
    kind,
    id,
    version,
    fingerprint,
    files: stamps,
    references,
    shape,
    spans,
    page: planned.page,
  };
  if (isUnread) tellUnread(run, planned);
  const isWhole = page.isSubstitute !== true && !isUnread;
  await store.put(isWhole ? record : asOutdated(record, stamps));
  const bytes = stamps.reduce((sum, stamp) => sum + stamp.bytes, 0);
  const path = stamps[0]?.path ?? '';
  const event = { type: 'page.written', id, version, path, bytes, change: planned.change } as const;
  return { type: 'outcome', kind, result: 'written', bytes, event };
};

const accountsOf = (page: PageWithBody): string[] => [
  ...(page.authorId === undefined ? [] : [page.authorId]),
  ...accountIds(page.body ?? ''),
];

/** Renders and writes those of the planned pages that were found; the names in them are learned first, in bulk. */
export const writePages$ = (
  run: MirrorRun,
  batch: readonly PlannedPage[],
  found: ReadonlyMap<string, PageWithBody>,
): Observable<Step> =>
  withNames$(
    run,
    [...found.values()].flatMap(accountsOf),
    batch.flatMap(({ page }) => (found.has(page.id) ? page : [])),
    from(batch).pipe(
      mergeMap((planned) => {
        const page = found.get(planned.page.id);
        return page === undefined ? [] : orFailed(planned.page, () => writePage(run, planned, page));
      }, WRITES),
    ),
  );
