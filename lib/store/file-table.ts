import { z } from 'zod';
import { foldName } from '../core/file-names.js';
import type { FileStamp } from '../core/records.js';
import type { Rows } from './rows.js';

/** A path of the mirror that is rxsync's own. */
export interface OwnFile {
  readonly path: string;
  /** Record key of the item that it belongs to. */
  readonly owner: string;
  /** The run that has said so. */
  readonly run: number;
  /** What rxsync may have written there; none for the directory of a folder. */
  readonly stamps: readonly Pick<FileStamp, 'bytes' | 'hash'>[];
  readonly isDirectory?: true;
}

/** The checksum of a row vouches for what is in it. */
const Row = z.custom<readonly OwnFile[]>((row) => Array.isArray(row));

const PREFIX = 'f:';

/** Whether a row tells of a file. */
export const isOfFile = (key: string): boolean => key.startsWith(PREFIX);

/** On a case-insensitive file system a file answers to its earlier spelling, too. */
const keyOf = (path: string): string => PREFIX + foldName(path);

const parse = (text: string | undefined): readonly OwnFile[] =>
  text === undefined ? [] : Row.parse(JSON.parse(text));

/**
 * Knows which files and directories of a mirror are rxsync's own, what may stand in them, and which item each belongs to.
 * It says so before a file appears and until it is gone, whatever comes between.
 */
export class FileTable {
  readonly #rows: Rows;
  readonly #run: number;
  readonly #cleanRun: number;

  /** `run`: the number of this one; `cleanRun`: that of the last one that has ended cleanly. */
  constructor(rows: Rows, { run, cleanRun }: { readonly run: number; readonly cleanRun: number }) {
    this.#rows = rows;
    this.#run = run;
    this.#cleanRun = cleanRun;
  }

  /** The directories that stand for folders: they stay when they are empty. */
  isFolder(path: string): boolean {
    return this.#at(path).some((each) => each.path === path && each.isDirectory === true);
  }

  find(path: string): OwnFile | undefined {
    return this.#at(path).find((each) => each.path === path);
  }

  ownerOf(path: string): string | undefined {
    return this.find(path)?.owner;
  }

  /** The run that has last said something of the path. */
  runOf(path: string): number | undefined {
    return this.find(path)?.run;
  }

  /** What rxsync may have written at the path, or at another spelling of it. */
  stampsAt(path: string): readonly FileStamp[] {
    return this.#at(path).flatMap((each) => each.stamps.map((stamp) => ({ path: each.path, ...stamp })));
  }

  /** Everything, in order of the folded paths. */
  async *all(): AsyncGenerator<OwnFile> {
    for await (const rows of this.#rows.entries(PREFIX)) for (const [, text] of rows) yield* parse(text);
  }

  /**
   * Says that the item's file is about to appear, so that it is known as ours whatever happens next. `before`: what the
   * records say is there.
   */
  expect(owner: string, { path, bytes, hash }: FileStamp, before: FileStamp | undefined): Promise<void> {
    const known = this.find(path);
    const isInDoubt = known !== undefined && known.run > this.#cleanRun;
    const stamps = (known?.stamps ?? []).filter(
      (each) => each.hash !== hash && (isInDoubt || each.hash === before?.hash),
    );
    const file: OwnFile = { path, owner, run: this.#run, stamps: [...stamps, { bytes, hash }] };
    return this.#replace(path, file, true);
  }

  claimFolder(owner: string, path: string): Promise<void> {
    return this.#replace(path, { path, owner, run: this.#run, stamps: [], isDirectory: true });
  }

  /** Knows of the path what it knew before, as nothing came of what was expected there. */
  restore(path: string, before: OwnFile | undefined): Promise<void> {
    return this.#replace(path, before);
  }

  /** What is at the path is ours no more. */
  release(path: string): Promise<void> {
    return this.#replace(path, undefined);
  }

  releaseFolder(path: string, owner: string): Promise<void> {
    return this.ownerOf(path) === owner ? this.release(path) : Promise.resolve();
  }

  #at(path: string): readonly OwnFile[] {
    return parse(this.#rows.get(keyOf(path)));
  }

  #replace(path: string, file: OwnFile | undefined, isDurable = false): Promise<void> {
    const all = [...this.#at(path).filter((each) => each.path !== path), ...(file ? [file] : [])];
    return this.#rows.write([[keyOf(path), all.length === 0 ? undefined : JSON.stringify(all)]], {
      isDurable,
    });
  }
}
