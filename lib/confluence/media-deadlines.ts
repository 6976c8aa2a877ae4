import { type Readable, Transform, pipeline } from 'node:stream';
import { MediaError } from '../errors/media-error.js';

/** A file that comes in drops is let go: it may take ten time-outs, and longer only at this speed. */
const SLOWEST_BYTES_PER_MS = 16;
const DEADLINE_FACTOR = 10;
/** What a file of unknown length is taken for. */
const UNKNOWN_BYTES = 1024 ** 3;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

const longestMs = (timeoutMs: number, lengthBytes = UNKNOWN_BYTES): number =>
  Math.min(LONGEST_TIMER_MS, DEADLINE_FACTOR * timeoutMs + lengthBytes / SLOWEST_BYTES_PER_MS);

/**
 * Returns a stream of the bytes of `source` that fails with a `MediaError` when none pass for `timeoutMs`, or when it has
 * not come to its end in ten times that and a second for each 16 KB. Destroying it destroys the source.
 */
export const withDeadlines = (source: Readable, timeoutMs: number, lengthBytes?: number): Readable => {
  const watched = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      silence.refresh();
      done(null, chunk);
    },
  });
  const fail = (what: string): void =>
    void watched.destroy(new MediaError('media-connection', `The media host ${what}.`));
  const silence = setTimeout(
    () => fail(`fell silent for ${timeoutMs} ms in the middle of a transfer`),
    timeoutMs,
  );
  const end = setTimeout(
    () => fail('sent a file so slowly that it would never end'),
    longestMs(timeoutMs, lengthBytes),
  );
  return pipeline(source, watched, () => {
    clearTimeout(silence);
    clearTimeout(end);
  });
};
