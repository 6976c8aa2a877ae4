import { z } from 'zod';
import type { Folder } from './folder.js';
import { systemCode } from './store-failure.js';

/** What a lock says of who holds it. */
const Holder = z.object({
  pid: z.number(),
  host: z.string(),
  /** ISO 8601. */
  startedAt: z.string(),
  /** Where and when the process was born, where the system tells. */
  world: z.string().exactOptional(),
  birth: z.string().exactOptional(),
  /** Which worker thread of its process; absent for the main one. */
  thread: z.number().exactOptional(),
  /** No two locks are alike. */
  token: z.string(),
});
export type Holder = z.infer<typeof Holder>;

/** A lock as it lies there. */
export interface Held {
  readonly holder: Holder | undefined;
  /** Undefined when we may not read it. */
  readonly text: string | undefined;
  readonly mtimeMs: number;
}

/** No lock that rxsync has made is longer. */
const MAX_BYTES = 4096;

/** The beginning of a lock, which is all of one of ours; undefined when there is none. */
export const readLockText = (folder: Folder, file: string): string | undefined =>
  folder.readHead(file, MAX_BYTES)?.toString();

/** Undefined when the text names nobody. */
export const parseHolder = (text: string): Holder | undefined => {
  try {
    return Holder.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};

/** What a file that cannot be read says: nothing. */
const readText = (folder: Folder, file: string): string | undefined => {
  try {
    return readLockText(folder, file);
  } catch (error) {
    if (systemCode(error) === 'EACCES' || systemCode(error) === 'EPERM') return undefined;
    throw error;
  }
};

/**
 * Undefined when there is none.
 * @throws StoreError when something else stands in its place
 */
export const readLock = (folder: Folder, file: string): Held | undefined => {
  const text = readText(folder, file);
  const stat = folder.stat(file);
  if (stat === undefined) return undefined;
  return { holder: text === undefined ? undefined : parseHolder(text), text, mtimeMs: stat.mtimeMs };
};
