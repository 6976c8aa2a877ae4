import { FILE_FORMS } from './file-forms.js';
import { createPrng, hash32 } from './prng.js';

const POOL_BYTES = 1 << 18;

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  svg: 'image/svg+xml',
  pdf: 'application/pdf',
  txt: 'text/plain',
  csv: 'text/csv',
  html: 'text/html',
  zip: 'application/zip',
};

/** The media type of a file by the end of its name; `application/octet-stream` when unknown. */
export const mediaTypeOf = (fileName: string): string =>
  MEDIA_TYPES[fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream';

const textPool = (seed: number): Uint8Array => {
  const prng = createPrng(hash32(seed, 'text'));
  const lines = Array.from(
    { length: POOL_BYTES / 32 },
    () => `line,${String(prng.int(1e9)).padStart(9, '0')},ok and well,ÿ\n`,
  );
  return new TextEncoder().encode(lines.join('')).subarray(0, POOL_BYTES);
};

const binaryPool = (seed: number): Uint8Array => {
  const prng = createPrng(hash32(seed, 'binary'));
  return new Uint8Array(Uint32Array.from({ length: POOL_BYTES / 4 }, () => prng.int(2 ** 32)).buffer);
};

/**
 * Makes the bytes of files: a pool of pseudo-random bytes, entered at a place that depends on the file, in the form of its
 * type where that is known and there is room for it.
 */
export const createFileBytes = (
  seed: number,
): ((fileId: string, mediaType: string, size: number) => Uint8Array) => {
  const text = textPool(seed);
  const binary = binaryPool(seed);
  return (fileId, mediaType, size) => {
    const pool = mediaType.startsWith('text/') ? text : binary;
    const bytes = new Uint8Array(size);
    let from = hash32(fileId) % pool.length;
    for (let filled = 0; filled < size; from = 0) {
      const piece = pool.subarray(from, from + size - filled);
      bytes.set(piece, filled);
      filled += piece.length;
    }
    return FILE_FORMS[mediaType]?.(size, bytes) ?? bytes;
  };
};
