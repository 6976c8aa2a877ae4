import { MirrorLockedError } from '../errors/mirror-locked-error.js';
import { StoreError } from '../errors/store-error.js';
import { UnknownRunError } from '../errors/unknown-run-error.js';
import type { LockOwner } from '../store/lock.js';
import { lostStateHint, whyLost } from '../store/lost-state.js';
import { MirrorDirectory } from '../store/mirror-directory.js';
import { noMirror } from '../store/no-mirror.js';
import { type ReadMirror, readMirror } from '../store/read-mirror.js';
import { withStoreFailure } from '../store/store-failure.js';
import {
  type DocumentIndex,
  newDocumentIndex,
  type NewDocumentIndex,
  openDocumentIndex,
} from './document-index.js';
import { type MirrorDocument, MirrorLine } from './document.js';
import { mergeByKey } from './merge-by-key.js';
import { entryOf, noEntry, type PageEntry, postponed, withoutGone } from './page-entry.js';
import { openSpool } from '../store/spool.js';
import { type PageSource, pageSources } from './page-source.js';
import { readDocuments, type Source } from './read-documents.js';

/** How a stream has ended. */
export interface MirrorEnd {
  readonly run: string;
  /** Paths of pages that could not be read now. */
  readonly pending: readonly string[];
}

/** A first pull tells what it mirrors when it has listed that. */
const notToldYet = (dir: string, { pid, host, startedAt }: LockOwner): MirrorLockedError =>
  new MirrorLockedError(
    `A pull is at work on the mirror in "${dir}" (process ${pid} on ${host}, since ${startedAt}), which has not told yet what it mirrors.`,
    { hint: 'Ask again when it has ended.' },
  );

/** Nothing of a mirror whose records are in doubt tells what has gone. */
const sourceIn = ({ folder, state, damage, owner }: ReadMirror, dir: string): Source => {
  if (state.kind !== 'read' && owner !== undefined) throw notToldYet(dir, owner);
  if (state.kind !== 'read')
    throw new StoreError(`The mirror in "${dir}" does not tell what it is: ${whyLost(state)}.`, {
      hint: lostStateHint(state),
    });
  if (damage !== undefined)
    throw new StoreError(`The records of the mirror in "${dir}" are damaged: ${damage}.`, {
      hint: 'Pull once more, which mends them; the documents come then.',
    });
  const { scope, spaceId } = state.state;
  const { site, flavor, format } = scope;
  if (format === 'adf')
    throw new StoreError(`The mirror in "${dir}" holds ADF, which no documents are made of.`, {
      hint: "Pull with `format: 'markdown'` or `format: 'storage'`, into another folder if this one must stay as it is.",
    });
  return { directory: new MirrorDirectory(folder), site, spaceId, flavor };
};

const runNumber = ({ runs }: DocumentIndex, since: string | undefined, dir: string): number => {
  if (since === undefined) return 0;
  const found = runs.find(([run]) => run === since);
  if (found === undefined) throw new UnknownRunError(since, dir);
  return found[1];
};

/** What goes out of one page, and what is remembered of it. */
interface PageChange {
  readonly entry: PageEntry;
  readonly lines: readonly MirrorLine[];
  /** The path of a page that cannot be read now. */
  readonly pending?: string;
}

interface Question {
  /** The number of the run that the reader has; 0 for none. */
  readonly since: number;
  /** The reader has nothing: it is told of nothing that has gone. */
  readonly isWhole: boolean;
  /** The number of this run. */
  readonly run: number;
}

const NONE: ReadonlyMap<string, MirrorDocument> = new Map();

const linesOf = (
  { sent, gone }: PageEntry,
  documents: ReadonlyMap<string, MirrorDocument>,
  { since, isWhole }: Question,
): readonly MirrorLine[] => [
  ...sent.flatMap(([id, , changed, version, updated]): MirrorLine[] => {
    const document = documents.get(id);
    if (changed <= since || document === undefined) return [];
    return [{ v: 1, op: 'upsert', ...document, version, updated }];
  }),
  ...gone.flatMap(([id, left]): MirrorLine[] =>
    !isWhole && left > since ? [{ v: 1, op: 'delete', id }] : [],
  ),
];

/** Of a page that is as it was, and of which the reader has all, no file is read. */
const changeOf = async (
  source: Source,
  page: PageSource,
  before: PageEntry,
  question: Question,
): Promise<PageChange> => {
  const { since, run } = question;
  const isKnown = before.source === page.source;
  if (isKnown && before.sent.every(([, , changed]) => changed <= since))
    return { entry: before, lines: linesOf(before, NONE, question) };
  const documents = await readDocuments(source, page);
  if (documents === undefined) {
    const entry = postponed(before, since, run);
    const lines = linesOf(entry, NONE, question);
    return { entry, lines, pending: page.files[0]?.path ?? page.id };
  }
  const entry = isKnown ? before : entryOf(before, { source: page.source, documents, run });
  const byId = new Map(documents.map(({ document }) => [document.id, document]));
  return { entry, lines: linesOf(entry, byId, question) };
};

const leave = (before: PageEntry, question: Question): PageChange => {
  const entry = entryOf(before, { source: '', documents: [], run: question.run });
  return { entry, lines: linesOf(entry, NONE, question) };
};

const isEqual = (a: PageEntry, b: PageEntry): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

interface Ground {
  readonly mirror: ReadMirror;
  readonly source: Source;
  readonly index: DocumentIndex;
  readonly next: NewDocumentIndex;
}

/** Brings what is remembered up to date, and passes on what the reader lacks; returns how it has ended. */
async function* update(
  { mirror, source, index, next }: Ground,
  question: Question,
): AsyncGenerator<MirrorLine, MirrorEnd> {
  const pending: string[] = [];
  let isChanged = index.runs.length === 0;
  for await (const { key, left: page, right } of mergeByKey(pageSources(mirror.records), index.entries)) {
    const before = right ?? noEntry(key);
    const change = page ? await changeOf(source, page, before, question) : leave(before, question);
    yield* change.lines;
    if (change.pending !== undefined) pending.push(change.pending);
    isChanged ||= !isEqual(change.entry, before);
    const entry = withoutGone(change.entry, next.oldest);
    if (entry.sent.length + entry.gone.length > 0) await next.add(entry);
  }
  if (isChanged) await next.commit();
  return { run: isChanged ? next.run : (index.runs.at(-1)?.[0] ?? next.run), pending };
}

/**
 * What has changed goes out when it is remembered that it does: what a reader has got that then goes away, and of which the mirror
 * has something else when it asks again, must be known to have been sent.
 */
async function* updateFirst(
  lines: AsyncGenerator<MirrorLine, MirrorEnd>,
): AsyncGenerator<MirrorLine, MirrorEnd> {
  const spool = await openSpool();
  try {
    let next = await lines.next();
    for (; next.done !== true; next = await lines.next()) await spool.write(JSON.stringify(next.value));
    for await (const line of spool.read()) yield MirrorLine.parse(JSON.parse(line));
    return next.value;
  } finally {
    await spool.close();
  }
}

/** What of a mirror is asked for. */
export interface MirrorQuestion {
  /** The run that the reader has; undefined where it has nothing of this mirror. */
  readonly since: string | undefined;
  /** Whether it has nothing at all. */
  readonly isWhole: boolean;
}

/** The documents of one mirror, or what has changed of them since a run; returns how it has ended. */
export async function* mirrorDocuments(
  dir: string,
  { since, isWhole }: MirrorQuestion,
): AsyncGenerator<MirrorLine, MirrorEnd> {
  const mirror = await readMirror(dir);
  if (mirror === undefined) throw noMirror(dir);
  try {
    const source = sourceIn(mirror, dir);
    const what = `What was told of the documents of "${dir}" cannot be read`;
    const index = await withStoreFailure(what, () => openDocumentIndex(mirror.folder));
    try {
      const question = { since: runNumber(index, since, dir), isWhole };
      const next = await newDocumentIndex(mirror.folder, index.runs);
      try {
        const lines = update({ mirror, source, index, next }, { ...question, run: next.number });
        return yield* isWhole ? lines : updateFirst(lines);
      } finally {
        await next.close();
      }
    } finally {
      await index.close();
    }
  } finally {
    await mirror.close();
  }
}
