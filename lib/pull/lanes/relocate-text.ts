import type { Observable } from 'rxjs';
import { commentsMatter, countIn } from '../../core/comments-matter.js';
import { renderFrontMatter, splitFrontMatter } from '../../core/front-matter.js';
import { commentsPath } from '../../core/page-paths.js';
import type { PlannedComments, PlannedPage } from '../../core/pull-plan.js';
import { type FileStamp, type ItemRecord, recordKey } from '../../core/records.js';
import { reweave } from '../../core/woven-text.js';
import type { MirrorRun } from '../render/mirror-run.js';
import { rewritePage } from '../render/rewrite-page.js';
import type { Step } from '../run/step.js';
import { relocatedStep } from './file-steps.js';
import { type Missed, type Move, relocate$ } from './relocate.js';

/** A page, or the comments of one. */
export type PlannedText = PlannedPage | PlannedComments;

export const isComments = (planned: PlannedText): planned is PlannedComments => 'comments' in planned;
export const isPage = (planned: PlannedText): planned is PlannedPage => !isComments(planned);

const keyOf = (planned: PlannedText): string =>
  recordKey(isComments(planned) ? 'comments' : planned.page.kind, planned.page.id);

/** The texts of an item's files; undefined unless all are as they were written. */
const readAll = async ({ store }: MirrorRun, { files }: ItemRecord): Promise<string[] | undefined> => {
  const texts: string[] = [];
  for (const stamp of files) {
    const text = await store.readText(stamp);
    if (text === undefined) return undefined;
    texts.push(text);
  }
  return texts;
};

const relocatePage = async (run: MirrorRun, planned: PlannedPage): Promise<Step | undefined> => {
  const { store, layout } = run;
  const key = keyOf(planned);
  const record = store.records.get(key);
  const texts = record && (await readAll(run, record));
  if (!record || !texts) return undefined;
  const { files, references, spans } = rewritePage(run, planned, record, texts);
  const stamps: FileStamp[] = [];
  for (const { path, content } of files) stamps.push(await store.writeText(key, path, content));
  await store.put({
    ...record,
    page: planned.page,
    files: stamps,
    spans,
    fingerprint: layout.pageFingerprint(planned.page, references),
  });
  return relocatedStep(planned, { before: record.files, now: stamps, references });
};

const relocateComments = async (run: MirrorRun, planned: PlannedComments): Promise<Step | undefined> => {
  const { store, layout } = run;
  const key = keyOf(planned);
  const record = store.records.get(key);
  const [content] = (record && (await readAll(run, record))) ?? [];
  if (!record || content === undefined) return undefined;
  const { references = [], spans = [] } = record;
  const { matter, text } = splitFrontMatter(content);
  const woven = reweave({ text, spans }, (index) => layout.hrefOf(references[index] ?? '', planned.page.id));
  const above = commentsMatter(planned.page, layout.inventory.space, countIn(matter));
  const stamp = await store.writeText(key, commentsPath(planned.base), renderFrontMatter(above) + woven.text);
  await store.put({
    ...record,
    files: [stamp],
    spans: woven.spans,
    fingerprint: layout.commentsFingerprint(planned, references),
    comments: planned.comments,
  });
  const [from, pageId, { path, bytes }] = [record.files[0]?.path ?? '', planned.page.id, stamp];
  if (from !== path) {
    const event = { type: 'comments.moved', pageId, from, to: path, bytes } as const;
    return { type: 'outcome', kind: 'comments', result: 'moved', bytes, event };
  }
  const told = { pageId, path, bytes, count: planned.comments.length, change: 'relinked' } as const;
  const event = { type: 'comments.written', ...told } as const;
  return { type: 'outcome', kind: 'comments', result: 'written', bytes, event };
};

const movesOf = ({ store, layout }: MirrorRun, planned: PlannedText): Move[] => {
  const targets = isComments(planned) ? [commentsPath(planned.base)] : layout.bodyPaths(planned);
  return (store.records.get(keyOf(planned))?.files ?? []).flatMap((stamp, i) => {
    const to = targets[i];
    return to === undefined ? [] : [{ stamp, to }];
  });
};

/**
 * Brings pages and comments to their new places and their links up to date, without a request; ends with those that
 * could not be moved.
 */
export const relocateText$ = (
  run: MirrorRun,
  planned: readonly PlannedText[],
): Observable<Step | Missed<PlannedText>> =>
  relocate$(run, planned, {
    movesOf: (item) => movesOf(run, item),
    subjectOf: (item) => {
      const { kind, id, title } = item.page;
      return { kind: isComments(item) ? 'comments' : kind, id, title };
    },
    relocate: (item) => (isComments(item) ? relocateComments(run, item) : relocatePage(run, item)),
  });
