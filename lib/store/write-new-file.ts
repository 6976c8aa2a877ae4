import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { hashText } from './hash-text.js';

/** What was written: size in bytes, and SHA-256, hex. */
export interface Measured {
  readonly bytes: number;
  readonly hash: string;
}

/**
 * Writes a file that is not there yet, at once, where it is named by `location`: for threads that have nothing else to do
 * meanwhile. Errors: as the system tells them.
 */
export const writeNewFile = (location: string, content: string): Measured => {
  const bytes = Buffer.from(content);
  const fd = openSync(location, 'wx');
  try {
    writeFileSync(fd, bytes);
  } finally {
    closeSync(fd);
  }
  return { bytes: bytes.length, hash: hashText(bytes) };
};

/** Removes a file at once, if it is there. Errors: as the system tells them. */
export const removeFile = (location: string): void => rmSync(location, { force: true });
