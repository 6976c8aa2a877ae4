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
import { writtenStep } from './file-steps.js';
import { withNames$ } from './with-names.js';
import { type PageSources, tellLackingSources, withSources$ } from './with-sources.js';
import type { Draft } from '../../store/store.js';

/** Pages that are rendered, and then published, at the same time. */
const GROUP = 64;

const tellUnread = (run: MirrorRun, { page: { kind, id, title } }: PlannedPage): void =>
  run.notify({
    type: 'warning',
    code: 'unread-references',
    message: `The ${kind} ${id} "${title}" is mirrored as it is, too large to be looked through for what it refers to; the next pull asks for it again.`,
  });

/** What the files of a page are made of. */
interface Material {
  readonly planned: PlannedPage;
  readonly page: PageWithBody;
  readonly sources: PageSources;
}

/** A page whose files are written, but do not stand in the mirror yet. */
interface PageDraft extends TextLinks, Material {
  readonly type: 'draft';
  readonly files: readonly { readonly path: string; readonly draft: Draft }[];
  readonly isUnread: boolean;
}

const draftHere = async (run: MirrorRun, material: Material): Promise<PageDraft> => {
  const { planned, page, sources } = material;
  const { files, isUnread = false, ...links } = renderPage(run, planned, page, sources.texts);
  const drafts: PageDraft['files'][number][] = [];
  for (const { path, content } of files) drafts.push({ path, draft: await run.store.draft(path, content) });
  return { type: 'draft', ...material, files: drafts, ...links, isUnread };
};

/** By a thread that renders; undefined where none is at work. */
const draftThere = async (run: MirrorRun, material: Material): Promise<PageDraft | undefined> => {
  const { planned, page, sources } = material;
  const { store, renderPool, options } = run;
  if (renderPool === undefined) return undefined;
  checkFits(run, `Page ${page.id}`, [page.body ?? ''], options.format);
  const job = textJob(run, planned, page);
  const path = bodyPath(planned.base, options.format);
  const draft = await store.draftBy?.(path, (location) =>
    renderPool.render({ job, location }, surroundingsOf(run, page.id, sources.texts), sources.bytes),
  );
  if (draft === undefined) return undefined;
  const { references, spans } = draft;
  return { type: 'draft', ...material, files: [{ path, draft }], references, spans, isUnread: false };
};

const draftPage = async (run: MirrorRun, material: Material): Promise<PageDraft> =>
  (await draftThere(run, material)) ?? draftHere(run, material);

const publishPage = async (
  run: MirrorRun,
  { planned, page, sources, files, references, spans, isUnread }: PageDraft,
): Promise<Step> => {
  const { store, layout } = run;
  const { kind, id, version } = page;
  const key = recordKey(kind, id);
  const before = store.records.get(key)?.files ?? [];
  const stamps: FileStamp[] = [];
  for (const { path, draft } of files) stamps.push(await store.publish(key, path, draft));
  // What the listing does not tell, as search does not, the answer does.
  const listed = { ...planned.page, authorId: planned.page.authorId ?? page.authorId };
  const record: ItemRecord = {
    kind,
    id,
    version,
    ...layout.pageMarks(listed, references),
    files: stamps,
    references,
    spans,
    page: listed,
    ...(layout.late.has(id) && { isLate: true }),
  };
  if (isUnread) tellUnread(run, planned);
  const isLacking = tellLackingSources(run, planned, references, sources);
  const isWhole = page.isSubstitute !== true && !isUnread && !isLacking;
  await store.put(isWhole ? record : asOutdated(record, stamps));
  return writtenStep(planned, version, { before, now: stamps, references });
};

const accountsOf = ({ page, sources: { texts } }: Material): string[] => [
  ...(page.authorId === undefined ? [] : [page.authorId]),
  ...[page.body ?? '', ...(texts?.values() ?? [])].flatMap(accountIds),
];

/**
 * Renders and writes pages; the names in them are learned first, in bulk. Pages are published in groups, as what is said of
 * their files before they appear is synced once a group.
 */
const writeAll$ = (run: MirrorRun, materials: readonly Material[]): Observable<Step> =>
  withNames$(
    run,
    materials.flatMap(accountsOf),
    materials.map(({ planned }) => planned.page),
    from(materials).pipe(
      mergeMap((material) => orFailed(material.planned.page, () => draftPage(run, material)), GROUP),
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

/** Writes those of the planned pages that were found; what they include is fetched first, in bulk. */
export const writePages$ = (
  run: MirrorRun,
  batch: readonly PlannedPage[],
  found: ReadonlyMap<string, PageWithBody>,
): Observable<Step> =>
  withSources$(run, batch, found, (some, sourcesOf) =>
    writeAll$(
      run,
      some.flatMap((planned) => {
        const page = found.get(planned.page.id);
        return page === undefined ? [] : [{ planned, page, sources: sourcesOf(page) }];
      }),
    ),
  );
