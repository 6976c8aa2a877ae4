import { pipeline, type Readable, Transform } from 'node:stream';
import { MediaError } from '../errors/media-error.js';

/** How a document of HTML begins, read as Latin-1, be there a byte order mark or not. */
const HTML = /^(?:ï»¿)?\s*<(?:!doctype html|html)[\s>]/i;
const HEAD_BYTES = 256;

/** The same stream, which ends with a `MediaError` when it begins as a page of HTML does. */
export const refusePage = (stream: Readable): Readable => {
  let isFirst = true;
  const look = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const isPage = isFirst && HTML.test(chunk.toString('latin1', 0, HEAD_BYTES));
      isFirst = false;
      if (isPage) done(new MediaError('media-type', 'The media host sent a page instead of the file.'));
      else done(null, chunk);
    },
  });
  return pipeline(stream, look, () => undefined);
};
