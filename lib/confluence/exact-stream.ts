import { Readable } from 'node:stream';
import { MediaError } from '../errors/media-error.js';

/** A stream that ends well only after so many bytes. */
export interface ExactStream {
  readonly stream: Readable;
  /** What has broken the source, or that its length is wrong; undefined when whoever reads it has given up by himself. */
  readonly failure: () => Error | undefined;
}

const wrongLength = (bytes: string, expectedBytes: number): MediaError =>
  new MediaError('media-length', `${bytes} bytes came where the wiki states ${expectedBytes}.`);

/** The bytes of `source`, as they are read; `expectedBytes` undefined: however many there are. */
export const exactStream = (source: Readable, expectedBytes: number | undefined): ExactStream => {
  let failure: Error | undefined;
  async function* count(): AsyncGenerator<Buffer> {
    let bytes = 0;
    // What the reader raises comes in where it was given something.
    let isWithReader = false;
    const most = expectedBytes ?? Infinity;
    try {
      for await (const chunk of source) {
        const buffer = Buffer.from(chunk);
        bytes += buffer.length;
        if (bytes > most) throw wrongLength(`At least ${bytes}`, most);
        isWithReader = true;
        yield buffer;
        isWithReader = false;
      }
      if (expectedBytes !== undefined && bytes < expectedBytes)
        throw wrongLength(String(bytes), expectedBytes);
    } catch (error) {
      if (!isWithReader)
        failure = error instanceof Error ? error : new Error('The source has failed.', { cause: error });
      throw error;
    }
  }
  return { stream: Readable.from(count(), { objectMode: false }), failure: () => failure };
};
