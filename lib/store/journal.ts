import { createReadStream } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import fs from 'fs-extra';
import { z } from 'zod';
import { jsonLine } from '../core/json-line.js';
import { type FileStamp, type ItemRecord, recordKey } from '../core/records.js';
import { StoreError } from '../errors/store-error.js';
import { KINDS } from '../core/kinds.js';
import { listedFields } from './listed-fields.js';
import { type Files, realFiles } from './files.js';

const Stamp = z.object({ path: z.string(), bytes: z.number(), hash: z.string() });
const Record = z.object({
  kind: z.enum(KINDS),
  id: z.string(),
  version: z.number(),
  fingerprint: z.string(),
  files: z.array(Stamp).readonly(),
  ...listedFields,
  directory: z.string().exactOptional(),
  references: z.array(z.string()).readonly().exactOptional(),
  shape: z.string().exactOptional(),
  spans: z
    .array(z.tuple([z.number(), z.number(), z.number()]).readonly())
    .readonly()
    .exactOptional(),
});
const Line = z.union([
  z.object({ put: Record }),
  z.object({ will: Stamp }),
  z.object({ remove: z.string() }),
  z.object({ clean: z.literal(true) }),
]);
type JournalLine = z.infer<typeof Line>;

export interface JournalContent {
  readonly records: Map<string, ItemRecord>;
  /** Keys of records put since the journal was last closed cleanly: to be checked before they are trusted. */
  readonly unsure: Set<string>;
  /** Files that may have appeared without a record, by path. */
  readonly intents: Map<string, FileStamp[]>;
  /** Lines that could not be read; one torn last line is normal after a crash. */
  readonly damagedLines: number;
  /** Lines in the file, to tell when it is worth compacting. */
  readonly lines: number;
}

const parseLine = (line: string): JournalLine | undefined => {
  try {
    return Line.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
};

const apply = (content: JournalContent, line: JournalLine): void => {
  const { records, unsure, intents } = content;
  if ('put' in line) {
    const key = recordKey(line.put.kind, line.put.id);
    records.set(key, line.put);
    unsure.add(key);
  } else if ('will' in line) {
    intents.set(line.will.path, [...(intents.get(line.will.path) ?? []), line.will]);
  } else if ('remove' in line) {
    records.delete(line.remove);
    unsure.delete(line.remove);
  } else {
    unsure.clear();
    intents.clear();
  }
};

const putLine = (put: ItemRecord): JournalLine => ({ put });

/** Reads a journal; a missing one is empty. */
export const readJournal = async (file: string): Promise<JournalContent> => {
  const content = {
    records: new Map(),
    unsure: new Set<string>(),
    intents: new Map(),
    damagedLines: 0,
    lines: 0,
  };
  if (!(await fs.pathExists(file))) return content;
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity });
  for await (const text of lines) {
    if (text === '') continue;
    content.lines += 1;
    const line = parseLine(text);
    if (line) apply(content, line);
    else content.damagedLines += 1;
  }
  return content;
};

/**
 * The log of what the mirror holds, one JSON line a change. Each line reaches the operating system before the call
 * returns, so a killed process loses none; `flush` makes them survive a power cut. The cost of both is that of what
 * changed.
 */
export class Journal {
  readonly #files: Files;
  #fd: number | undefined;
  /** The last line may have no end: the disk refused a part of it. */
  #isTorn = false;

  private constructor(fd: number, files: Files) {
    this.#fd = fd;
    this.#files = files;
  }

  /** Opens for appending; ends a line that a crash has torn. */
  static async open(file: string, files = realFiles): Promise<Journal> {
    const fd = await fs.open(file, 'a+');
    const { size } = await fs.fstat(fd);
    const last = Buffer.alloc(1);
    if (size > 0) await fs.read(fd, last, 0, 1, size - 1);
    if (size > 0 && last.toString() !== '\n') files.append(fd, '\n');
    return new Journal(fd, files);
  }

  put(record: ItemRecord): void {
    this.#append(putLine(record));
  }

  /** Says that a file is about to appear, so that it is known as ours even if its record is never written. */
  will(stamp: FileStamp): void {
    this.#append({ will: stamp });
  }

  remove(key: string): void {
    this.#append({ remove: key });
  }

  /** Says that what is in the journal need not be checked again. */
  markClean(): void {
    this.#append({ clean: true });
  }

  async flush(): Promise<void> {
    if (this.#fd !== undefined) await this.#files.fsync(this.#fd);
  }

  async close(): Promise<void> {
    await this.flush();
    const fd = this.#fd;
    this.#fd = undefined;
    if (fd !== undefined) await fs.close(fd);
  }

  /** @throws StoreError once closed: the number of a closed file may by then be that of another one */
  #append(line: JournalLine): void {
    if (this.#fd === undefined) throw new StoreError('The mirror is closed already.');
    const text = `${this.#isTorn ? '\n' : ''}${jsonLine(line)}`;
    this.#isTorn = true;
    this.#files.append(this.#fd, text);
    this.#isTorn = false;
  }
}

function* compactLines({ records, unsure, intents }: JournalContent): Generator<JournalLine> {
  for (const [key, record] of records) if (!unsure.has(key)) yield putLine(record);
  yield { clean: true };
  for (const [key, record] of records) if (unsure.has(key)) yield putLine(record);
  for (const stamps of intents.values()) for (const stamp of stamps) yield { will: stamp };
}

/** Replaces a journal by a shorter one of the same content. */
export const compactJournal = async (
  file: string,
  content: JournalContent,
  files = realFiles,
): Promise<void> => {
  const temporary = `${file}.new`;
  await fs.ensureDir(path.dirname(file));
  const fd = await fs.open(temporary, 'w');
  try {
    for (const line of compactLines(content)) files.append(fd, jsonLine(line));
    await files.fsync(fd);
  } finally {
    await fs.close(fd);
  }
  await files.rename(temporary, file);
};
