import path from 'node:path';
import { NoMirrorError } from '../errors/no-mirror-error.js';
import { isRxsyncError } from '../errors/rxsync-error.js';
import { UnknownRunError } from '../errors/unknown-run-error.js';
import { mirrorsIn, type InnerMirror } from '../store/mirrors-in.js';
import type { DocumentLine, EndLine, MirrorLine } from './document.js';
import { type MirrorEnd, mirrorDocuments } from './mirror-documents.js';
import { refuseTwins } from './refuse-twins.js';
import { formatRuns, parseRuns, type Runs } from './several-runs.js';

/** Pages that are named in the last line. */
const MOST_PENDING = 100;

/** Counts what passes, for the last line. */
class Counter {
  upserts = 0;
  deletes = 0;
  readonly pending: string[] = [];

  count({ op }: MirrorLine): void {
    if (op === 'upsert') this.upserts += 1;
    else this.deletes += 1;
  }

  end(run: string, failed: EndLine['failed'] = []): EndLine {
    const { upserts, deletes, pending } = this;
    return {
      v: 1,
      op: 'end',
      run,
      upserts,
      deletes,
      pendingCount: pending.length,
      pending: pending.slice(0, MOST_PENDING),
      failed,
    };
  }
}

const below = (name: string, line: MirrorLine): MirrorLine =>
  line.op === 'upsert' ? { ...line, path: `${name}/${line.path}` } : line;

/** Passes the lines of one mirror on, and returns how they have ended. */
async function* counted(
  lines: AsyncGenerator<MirrorLine, MirrorEnd>,
  counter: Counter,
  name?: string,
): AsyncGenerator<MirrorLine, string> {
  const inner = (file: string): string => (name === undefined ? file : `${name}/${file}`);
  try {
    let next = await lines.next();
    for (; next.done !== true; next = await lines.next()) {
      counter.count(next.value);
      yield name === undefined ? next.value : below(name, next.value);
    }
    for (const file of next.value.pending) counter.pending.push(inner(file));
    return next.value.run;
  } finally {
    await lines.return({ run: '', pending: [] });
  }
}

const failureOf = (dir: string, error: unknown): EndLine['failed'][number] => {
  if (!isRxsyncError(error)) throw error;
  const { code, message, hint } = error;
  return { dir, code, message, ...(hint !== undefined && { hint }) };
};

/** A mirror that the reader has documents of, and that is not there. */
const goneMirror = (dir: string): NoMirrorError =>
  new NoMirrorError(`There is no mirror in "${dir}" any more.`, {
    hint: 'Its documents stay in the index until it is there again, or until an empty index takes all documents, without `since`.',
  });

async function* ofSeveral(
  inner: readonly InnerMirror[],
  dir: string,
  since: Runs | undefined,
): AsyncGenerator<DocumentLine> {
  const counter = new Counter();
  const failed: EndLine['failed'] = [];
  const runs = new Map(since);
  const names = new Set(inner.map((each) => path.basename(each.dir)));
  for (const name of runs.keys())
    if (!names.has(name)) failed.push(failureOf(path.join(dir, name), goneMirror(path.join(dir, name))));
  for (const each of inner) {
    const name = path.basename(each.dir);
    const toldBefore = counter.upserts;
    try {
      if (each.refusal !== undefined) throw each.refusal;
      runs.set(
        name,
        yield* counted(
          mirrorDocuments(each.dir, { since: since?.get(name), isWhole: since === undefined }),
          counter,
          name,
        ),
      );
    } catch (error) {
      // What went out of a whole mirror and is not remembered could never be told to have gone.
      if (since === undefined && counter.upserts > toldBefore) throw error;
      failed.push(failureOf(each.dir, error));
    }
  }
  yield counter.end(formatRuns(runs), failed);
}

/** The lines of the mirror in `dir`, or of each of the mirrors in it, and the last one. */
export async function* documentLines(dir: string, since: string | undefined): AsyncGenerator<DocumentLine> {
  const { inner } = await mirrorsIn(dir);
  if (inner.length === 0) {
    const counter = new Counter();
    const run = yield* counted(mirrorDocuments(dir, { since, isWhole: since === undefined }), counter);
    yield counter.end(run);
    return;
  }
  refuseTwins(inner);
  const runs = since === undefined ? undefined : parseRuns(since);
  if (since !== undefined && runs === undefined) throw new UnknownRunError(since, dir);
  yield* ofSeveral(inner, dir, runs);
}
