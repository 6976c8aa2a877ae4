import { type Observable, concat, defer, mergeMap, of } from 'rxjs';
import { commentsPath } from '../../core/page-paths.js';
import type { PlannedComments, PlannedPage, PullPlan } from '../../core/pull-plan.js';
import { type FileStamp, type ItemRecord, recordKey } from '../../core/records.js';
import { reweave } from '../../core/woven-text.js';
import { adaptiveMergeMap } from '../../operators/adaptive-merge-map.js';
import type { MirrorStore } from '../../store/mirror-store.js';
import type { MirrorView } from '../render/mirror-view.js';
import type { Run } from '../run/run.js';
import { rewritePage } from '../render/rewrite-page.js';
import type { Step } from '../run/step.js';
import { type Move, stage } from './stage.js';

/** What could not be moved: its file is gone or was changed. */
export interface Missed {
  readonly pages: readonly PlannedPage[];
  readonly comments: readonly PlannedComments[];
}

/** The texts of an item's files; undefined unless all are as they were written. */
const readAll = async (store: MirrorStore, { files }: ItemRecord): Promise<string[] | undefined> => {
  const texts: string[] = [];
  for (const stamp of files) {
    const text = await store.readText(stamp);
    if (text === undefined) return undefined;
    texts.push(text);
  }
  return texts;
};

const movedOrRelinked = (planned: PlannedPage, before: ItemRecord, files: readonly FileStamp[]): Step => {
  const { kind, id, version } = planned.page;
  const [from, to] = [before.files[0]?.path ?? '', files[0]?.path ?? ''];
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (from !== to)
    return { type: 'outcome', kind, result: 'moved', bytes, event: { type: 'page.moved', id, from, to } };
  const event = { type: 'page.written', id, version, path: to, bytes, change: 'relinked' } as const;
  return { type: 'outcome', kind, result: 'written', bytes, event };
};

const relocatePage = async (
  run: Run,
  store: MirrorStore,
  view: MirrorView,
  planned: PlannedPage,
): Promise<Step | undefined> => {
  const { kind, id } = planned.page;
  const key = recordKey(kind, id);
  const record = store.records.get(key);
  const texts = record && (await readAll(store, record));
  if (!record || !texts) return undefined;
  const { files, references, spans } = rewritePage(run, view, planned, record, texts);
  const stamps: FileStamp[] = [];
  for (const { path, content } of files) stamps.push(await store.writeText(key, path, content));
  await store.put({
    ...record,
    page: planned.page,
    files: stamps,
    spans,
    fingerprint: view.pageFingerprint(planned.page, references),
  });
  return movedOrRelinked(planned, record, stamps);
};

const relocateComments = async (
  store: MirrorStore,
  view: MirrorView,
  planned: PlannedComments,
): Promise<Step | undefined> => {
  const key = recordKey('comments', planned.page.id);
  const record = store.records.get(key);
  const [text] = (record && (await readAll(store, record))) ?? [];
  if (!record || text === undefined) return undefined;
  const { references = [], spans = [] } = record;
  const woven = reweave({ text, spans }, (index) => view.hrefOf(references[index] ?? '', planned.page.id));
  const stamp = await store.writeText(key, commentsPath(planned.base), woven.text);
  const fingerprint = view.commentsFingerprint(planned, references);
  await store.put({
    ...record,
    files: [stamp],
    spans: woven.spans,
    fingerprint,
    comments: planned.comments,
  });
  const isMove = record.files[0]?.path !== stamp.path;
  return { type: 'outcome', kind: 'comments', result: isMove ? 'moved' : 'written', bytes: stamp.bytes };
};

const movesOf = (
  store: MirrorStore,
  { pages, comments }: PullPlan,
  pathsOf: (planned: PlannedPage) => string[],
): Move[] => {
  const moves = (key: string, targets: readonly string[]): Move[] =>
    (store.records.get(key)?.files ?? []).flatMap((stamp, i) => {
      const to = targets[i];
      return to === undefined ? [] : [{ stamp, to }];
    });
  return [
    ...pages.relocate.flatMap((planned) =>
      moves(recordKey(planned.page.kind, planned.page.id), pathsOf(planned)),
    ),
    ...comments.relocate.flatMap(({ page, base }) =>
      moves(recordKey('comments', page.id), [commentsPath(base)]),
    ),
  ];
};

/**
 * Brings pages and comments to their new places and their links up to date, without a request; then goes on with
 * `rest$`, which is told of those that could not be.
 */
export const relocateText$ = (
  run: Run,
  store: MirrorStore,
  view: MirrorView,
  plan: PullPlan,
  rest$: (missed: Missed) => Observable<Step>,
): Observable<Step> =>
  defer(() => {
    const missedPages: PlannedPage[] = [];
    const missedComments: PlannedComments[] = [];
    const page = async (planned: PlannedPage): Promise<Step[]> => {
      const step = await relocatePage(run, store, view, planned);
      if (step === undefined) missedPages.push(planned);
      return step === undefined ? [] : [step];
    };
    const comments = async (planned: PlannedComments): Promise<Step[]> => {
      const step = await relocateComments(store, view, planned);
      if (step === undefined) missedComments.push(planned);
      return step === undefined ? [] : [step];
    };
    const work = [
      ...plan.pages.relocate.map((planned) => () => page(planned)),
      ...plan.comments.relocate.map((planned) => () => comments(planned)),
    ];
    const moved$ = defer(() => stage(store, movesOf(store, plan, view.bodyPaths))).pipe(
      mergeMap(() => work),
      adaptiveMergeMap((relocate) => relocate(), { limit$: of(1), drain$: run.stop$ }),
      mergeMap((steps) => steps),
    );
    return concat(
      moved$,
      defer(() => rest$({ pages: missedPages, comments: missedComments })),
    );
  });
