import { type Readable, Transform, pipeline } from 'node:stream';
import { MediaError } from '../errors/media-error.js';

/**
 * Returns a stream of the bytes of `source` that fails with a `MediaError` when none pass for `timeoutMs`.
 * Destroying it destroys the source.
 */
export const withIdleDeadline = (source: Readable, timeoutMs: number): Readable => {
  const watched = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      timer.refresh();
      done(null, chunk);
    },
  });
  const timer = setTimeout(
    () =>
      watched.destroy(
        new MediaError(
          'media-connection',
          `The media host fell silent for ${timeoutMs} ms in the middle of a transfer.`,
        ),
      ),
    timeoutMs,
  );
  return pipeline(source, watched, () => clearTimeout(timer));
};
