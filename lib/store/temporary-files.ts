import { createHash, randomUUID } from 'node:crypto';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { MediaError } from '../errors/media-error.js';
import { ensureDirectory } from './ensure-directory.js';
import type { Folder } from './folder.js';
import { hashText } from './hash-text.js';
import { OWN } from './own-files.js';
import { removeEntries } from './remove-tree.js';
import { storeFailure } from './store-failure.js';
import type { Measured } from './write-new-file.js';

export interface TemporaryFile extends Measured {
  /** Relative to the mirror. */
  readonly file: string;
  /** As what it was looked into: see `likenessOf`. @default as it is: nobody else writes where it is */
  readonly likeness?: string | undefined;
}

const wrongLength = (bytes: string, expectedBytes: number): MediaError =>
  new MediaError('media-length', `${bytes} bytes came where the wiki states ${expectedBytes}.`);

/** Counts and hashes what passes, and no more than is expected; errors of its source stay the source's. */
const measure = (expectedBytes = Infinity) => {
  const hash = createHash('sha256');
  let bytes = 0;
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      if (bytes > expectedBytes) done(wrongLength(`At least ${bytes}`, expectedBytes));
      else done(null, chunk);
    },
  });
  return { through, result: () => ({ bytes, hash: hash.digest('hex') }) };
};

/** So many drafts stand in one directory. */
const DRAFTS = 64;

/**
 * Writes files in rxsync's own folder, to be renamed to where they belong. Whoever takes the mirror over clears them: a
 * run that has lost its lock without knowing has nothing left that it could put anywhere.
 */
export class TemporaryFiles {
  readonly #folder: Folder;
  readonly #run = randomUUID();
  #count = 0;
  #drafts = 0;
  #directory: Promise<string> = Promise.resolve(OWN.temporary);

  constructor(folder: Folder) {
    this.#folder = folder;
  }

  /** Makes the directory, or removes what earlier runs have left in it. */
  async clear(): Promise<void> {
    await ensureDirectory(this.#folder, OWN.temporary);
    await removeEntries(this.#folder, OWN.temporary);
  }

  async ofText(content: string): Promise<TemporaryFile> {
    const file = this.#next();
    await this.#folder.create(file, content);
    return { file, bytes: Buffer.byteLength(content), hash: hashText(content) };
  }

  /** Of what `write` writes to where it is told; undefined when that comes to nothing. */
  async ofWriter<T extends Measured>(
    write: (location: string) => Promise<T | undefined>,
  ): Promise<(TemporaryFile & T) | undefined> {
    const file = await this.#nextDraft();
    try {
      const written = await this.#folder.createBy(file, write);
      if (written !== undefined) return { ...written, file };
      await this.#discard(file);
      return undefined;
    } catch (error) {
      await this.#discard(file);
      throw error;
    }
  }

  /**
   * `target`: where in the mirror it is to appear.
   * @throws MediaError when the stream is longer or shorter than it should be
   */
  async ofStream(
    stream: Readable,
    expectedBytes: number | undefined,
    target: string,
  ): Promise<TemporaryFile> {
    const file = this.#next();
    const { through, result } = measure(expectedBytes);
    const failed = { inTarget: true };
    try {
      await this.#folder.createFrom(file, async (target) => {
        failed.inTarget = false;
        target.once('error', () => {
          failed.inTarget = stream.errored === null;
        });
        await pipeline(stream, through, target);
      });
      const measured = result();
      if (expectedBytes !== undefined && measured.bytes !== expectedBytes)
        throw wrongLength(String(measured.bytes), expectedBytes);
      return { file, ...measured };
    } catch (error) {
      await this.#discard(file);
      throw failed.inTarget ? storeFailure(`The attachment "${target}" cannot be stored`, error) : error;
    }
  }

  /** Replaces one of rxsync's own files by another with that content, in one step that survives a power cut. */
  async replace(own: string, content: string): Promise<void> {
    const { file } = await this.ofText(content);
    await this.#folder.sync(file);
    await this.#folder.rename(file, own);
    await this.#folder.sync(own);
  }

  read({ file }: Pick<TemporaryFile, 'file'>): Promise<Buffer | undefined> {
    return this.#folder.read(file);
  }

  /** Whether the file is still there. */
  has({ file }: Pick<TemporaryFile, 'file'>): boolean {
    return this.#folder.stat(file) !== undefined;
  }

  /** Removes a file that is not needed after all. */
  remove({ file }: Pick<TemporaryFile, 'file'>): Promise<void> {
    return this.#folder.unlink(file);
  }

  /** When it is by the clock of the file system, which need not be ours; in ms. */
  async time(): Promise<number> {
    const probe = await this.ofText('');
    const { mtimeMs = 0 } = this.#folder.stat(probe.file) ?? {};
    await this.remove(probe);
    return mtimeMs;
  }

  /** Where a file of the mirror may be taken in. */
  vacancy(): string {
    return this.#next();
  }

  /** Drafts are written in one directory while others are moved out of the one before: each lets in one change at a time. */
  async #nextDraft(): Promise<string> {
    const number = this.#drafts;
    this.#drafts += 1;
    if (number % DRAFTS === 0) {
      const directory = this.#next();
      this.#directory = this.#folder.makeDirectory(directory).then(() => directory);
    }
    return `${await this.#directory}/${number}`;
  }

  /** Whatever there is of a file that came to nothing. */
  async #discard(file: string): Promise<void> {
    await this.remove({ file }).catch(() => undefined);
  }

  #next(): string {
    this.#count += 1;
    return `${OWN.temporary}/${this.#run}-${this.#count}`;
  }
}
