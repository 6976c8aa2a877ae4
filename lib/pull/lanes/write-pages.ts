import { type Observable, bufferCount, concatMap, from, mergeMap, of } from 'rxjs';
import { accountIds } from '../../convert/index.js';
import type { PageWithBody } from '../../core/content.js';
import type { PlannedPage } from '../../core/pull-plan.js';
import { type FileStamp, type ItemRecord, asOutdated, recordKey } from '../../core/records.js';
import { orFailed } from '../run/failure.js';
import type { MirrorRun } from '../render/mirror-run.js';
import { bodyPath } from '../../core/page-paths.js';
import { checkFits } from '../render/converting.js';
import { renderPage, textJob } from '../render/render-page.js';
import type { TextLinks } from '../../rendering/render-text.js';
import { surroundingsOf } from '../render/page-context.js';
import type { Step } from '../run/step.js';
import { withNames$ } from './with-names.js';
import type { TemporaryFile } from '../../store/temporary-files.js';

/** Pages that are rendered, and then published, at the same time. */
const GROUP = 64;

const tellUnread = (run: MirrorRun, { page: { kind, id, title } }: PlannedPage): void =>
  run.notify({
    type: 'warning',
    code: 'unread-references',
    message: `The ${kind} ${id} "${title}" is mirrored as it is, too large to be looked through for what it refers to; the next pull asks for it again.`,
  });

/** A page whose files are written, but do not stand in the mirror yet. */
interface PageDraft extends TextLinks {
  readonly type: 'draft';
  readonly planned: PlannedPage;
  readonly page: PageWithBody;
  readonly files: readonly { readonly path: string; readonly draft: TemporaryFile }[];
  readonly isUnread: boolean;
}

const draftHere = async (run: MirrorRun, planned: PlannedPage, page: PageWithBody): Promise<PageDraft> => {
  const { files, isUnread = false, ...links } = renderPage(run, planned, page);
  const drafts: PageDraft['files'][number][] = [];
  for (const { path, content } of files) drafts.push({ path, draft: await run.store.draft(path, content) });
  return { type: 'draft', planned, page, files: drafts, ...links, isUnread };
};

/** By a thread that renders; undefined where none is at work. */
const draftThere = async (
  run: MirrorRun,
  planned: PlannedPage,
  page: PageWithBody,
): Promise<PageDraft | undefined> => {
  const { store, renderPool, options } = run;
  if (renderPool === undefined) return undefined;
  checkFits(run, `Page ${page.id}`, [page.body ?? ''], options.format);
  const job = textJob(run, planned, page);
  const path = bodyPath(planned.base, options.format);
  const draft = await store.draftBy(path, (location) =>
    renderPool.render({ job, location }, surroundingsOf(run, page.id)),
  );
  if (draft === undefined) return undefined;
  const { references, spans } = draft;
  return { type: 'draft', planned, page, files: [{ path, draft }], references, spans, isUnread: false };
};

const draftPage = async (run: MirrorRun, planned: PlannedPage, page: PageWithBody): Promise<PageDraft> =>
  (await draftThere(run, planned, page)) ?? draftHere(run, planned, page);

const publishPage = async (
  run: MirrorRun,
  { planned, page, files, references, spans, isUnread }: PageDraft,
): Promise<Step> => {
  const { store, layout } = run;
  const { kind, id, version } = page;
  const stamps: FileStamp[] = [];
  for (const { path, draft } of files) stamps.push(await store.publish(recordKey(kind, id), path, draft));
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

/**
 * Renders and writes those of the planned pages that were found; the names in them are learned first, in bulk. Pages are
 * published in groups, as what is said of their files before they appear is synced once a group.
 */
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
        return page === undefined ? [] : orFailed(planned.page, () => draftPage(run, planned, page));
      }, GROUP),
      bufferCount(GROUP),
      concatMap((drafts) =>
        from(drafts).pipe(
          mergeMap((each) =>
            each.type === 'draft' ? orFailed(each.planned.page, () => publishPage(run, each)) : of(each),
          ),
        ),
      ),
    ),
  );
