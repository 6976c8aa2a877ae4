import { createHash } from 'node:crypto';
import path from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import fs from 'fs-extra';
import { MediaError } from '../errors/media-error.js';
import type { Files } from './files.js';
import { hashText } from './hash-file.js';
import { storeFailure } from './store-failure.js';

export interface TemporaryFile {
  readonly file: string;
  readonly bytes: number;
  readonly hash: string;
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

/** Writes files below one directory, to be renamed to where they belong. */
export class TemporaryFiles {
  readonly #directory: string;
  readonly #files: Files;
  #count = 0;

  constructor(directory: string, files: Files) {
    this.#directory = directory;
    this.#files = files;
  }

  /** Removes what earlier runs have left. */
  async clear(): Promise<void> {
    await fs.emptyDir(this.#directory);
  }

  async ofText(content: string): Promise<TemporaryFile> {
    const file = this.#next();
    await this.#files.writeFile(file, content);
    return { file, bytes: Buffer.byteLength(content), hash: hashText(content) };
  }

  /** @throws MediaError when the stream is longer or shorter than it should be */
  async ofStream(stream: Readable, expectedBytes: number | undefined): Promise<TemporaryFile> {
    const file = this.#next();
    const { through, result } = measure(expectedBytes);
    const target = this.#files.createWriteStream(file);
    const failed = { inTarget: false };
    target.once('error', () => {
      failed.inTarget = stream.errored === null;
    });
    try {
      await pipeline(stream, through, target);
      const measured = result();
      if (expectedBytes !== undefined && measured.bytes !== expectedBytes)
        throw wrongLength(String(measured.bytes), expectedBytes);
      return { file, ...measured };
    } catch (error) {
      await fs.remove(file).catch(() => undefined);
      throw failed.inTarget ? storeFailure('The attachment cannot be stored', error) : error;
    }
  }

  /** Takes a file of the mirror in. */
  async adopt(file: string, { bytes, hash }: Pick<TemporaryFile, 'bytes' | 'hash'>): Promise<TemporaryFile> {
    const adopted = this.#next();
    await this.#files.rename(file, adopted);
    return { file: adopted, bytes, hash };
  }

  #next(): string {
    this.#count += 1;
    return path.join(this.#directory, `${process.pid}-${this.#count}`);
  }
}
