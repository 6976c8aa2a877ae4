import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { MirrorLockedError } from '../errors/mirror-locked-error.js';
import type { Folder } from '../store/folder.js';
import { systemCode, withStoreFailure } from '../store/store-failure.js';
import { type NewLines, newCheckedLines, openCheckedLines } from '../store/checked-lines.js';
import { STATE_DIRECTORY } from '../store/own-files.js';
import { PageEntry } from './page-entry.js';

/** Where it is remembered what was sent, relative to the mirror. */
const FILE = `${STATE_DIRECTORY}/documents/index`;

/** So many runs may be gone on from. */
const MOST_RUNS = 1000;

/** The first line: the runs that are remembered, the oldest first, each with its number. */
const Header = z.object({ v: z.literal(1), runs: z.array(z.tuple([z.string(), z.number()])) });
type Run = z.infer<typeof Header>['runs'][number];

/** What is remembered of the documents of a mirror. */
export interface DocumentIndex {
  readonly runs: readonly Run[];
  /** By ascending keys; to be read once. */
  readonly entries: AsyncIterable<PageEntry>;
  readonly close: () => Promise<void>;
}

async function* entriesOf(lines: AsyncIterable<string>): AsyncGenerator<PageEntry> {
  for await (const line of lines) yield PageEntry.parse(JSON.parse(line));
}

async function* afterFirst(iterator: AsyncIterator<string>): AsyncGenerator<string> {
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
}

/** Opens what is remembered; a damaged file is as good as none. */
export const openDocumentIndex = async (folder: Folder): Promise<DocumentIndex> => {
  const opened = await openCheckedLines(folder, FILE);
  const iterator = opened?.lines[Symbol.asyncIterator]();
  const first = await iterator?.next();
  const header = first?.done === false ? Header.safeParse(JSON.parse(first.value)).data : undefined;
  const rest = header === undefined || iterator === undefined ? noLines() : afterFirst(iterator);
  return {
    runs: header?.runs ?? [],
    entries: entriesOf(rest),
    close: () => opened?.close() ?? Promise.resolve(),
  };
};

async function* noLines(): AsyncGenerator<string> {
  yield* await Promise.resolve(new Array<string>());
}

const raise = (error: unknown): never => {
  throw error;
};

/** Whoever was quicker has removed the file of the other. */
const meanwhile = ({ root }: Folder, error: unknown): unknown =>
  systemCode(error) === 'ENOENT'
    ? new MirrorLockedError(`Another program has asked for the documents of ${root} meanwhile.`, {
        cause: error,
        hint: 'Ask again: what was sent counts for nothing without its last line.',
      })
    : error;

/** What is remembered from now on. */
export interface NewDocumentIndex {
  /** The run that it is of. */
  readonly run: string;
  readonly number: number;
  /** The number of the oldest run that may be gone on from. */
  readonly oldest: number;
  readonly add: (entry: PageEntry) => Promise<void>;
  readonly commit: NewLines['commit'];
  readonly close: NewLines['close'];
}

/** Begins an index that takes the place of one with these runs. */
export const newDocumentIndex = async (folder: Folder, before: readonly Run[]): Promise<NewDocumentIndex> => {
  const run = randomBytes(6).toString('hex');
  const number = (before.at(-1)?.[1] ?? 0) + 1;
  const runs: readonly Run[] = [...before.slice(1 - MOST_RUNS), [run, number]];
  const remember = <T>(work: () => Promise<T>): Promise<T> =>
    withStoreFailure(`What is sent of the mirror in "${folder.root}" cannot be remembered`, work);
  const lines = await remember(() => newCheckedLines(folder, FILE));
  await remember(() => lines.write(JSON.stringify({ v: 1, runs })));
  return {
    run,
    number,
    oldest: runs[0]?.[1] ?? number,
    add: (entry) => remember(() => lines.write(JSON.stringify(entry))),
    commit: () => remember(() => lines.commit().catch((error: unknown) => raise(meanwhile(folder, error)))),
    close: lines.close,
  };
};
