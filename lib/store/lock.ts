import os from 'node:os';
import fs from 'fs-extra';
import { z } from 'zod';
import { MirrorLockedError } from '../errors/mirror-locked-error.js';
import { systemCode } from './store-failure.js';

const HEARTBEAT_MS = 10_000;
/** An owner that was silent for this long is dead. */
const SILENCE_MS = 60_000;

const Owner = z.object({
  pid: z.number(),
  host: z.string(),
  /** ISO 8601. */
  startedAt: z.string(),
});
/** Who works on a mirror. */
export type LockOwner = z.infer<typeof Owner>;

export interface Lock {
  release(): Promise<void>;
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
};

interface Held {
  readonly owner: LockOwner | undefined;
  readonly text: string;
  readonly mtimeMs: number;
}

const readLock = async (file: string): Promise<Held | undefined> => {
  try {
    const [text, { mtimeMs }] = await Promise.all([fs.readFile(file, 'utf8'), fs.stat(file)]);
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      json = undefined;
    }
    return { owner: Owner.safeParse(json).data, text, mtimeMs };
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
};

const isDead = ({ owner, mtimeMs }: Held, nowMs: number): boolean => {
  if (nowMs - mtimeMs > SILENCE_MS) return true;
  return owner?.host === os.hostname() && !isAlive(owner.pid);
};

/** Who holds the lock; nobody when its owner is dead. */
export const lockOwner = async (file: string, nowMs: number): Promise<LockOwner | undefined> => {
  const held = await readLock(file);
  return held === undefined || isDead(held, nowMs) ? undefined : held.owner;
};

const lockedError = (dir: string, owner: LockOwner | undefined): MirrorLockedError =>
  new MirrorLockedError(
    owner
      ? `Another rxsync (process ${owner.pid} on ${owner.host}, since ${owner.startedAt}) is working on ${dir}.`
      : `Another rxsync is working on ${dir}.`,
    { hint: 'Wait until it has ended, or stop it. The lock of a process that died is taken over by itself.' },
  );

/** Creates the file; false when it is there already. */
const create = async (file: string, text: string): Promise<boolean> => {
  try {
    await fs.writeFile(file, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
};

/** Replaces a dead owner's lock; false when somebody else was quicker. One at a time may do so, lest two win. */
const takeOver = async (file: string, dead: Held, text: string, nowMs: number): Promise<boolean> => {
  const guard = `${file}.takeover`;
  const other = await readLock(guard);
  if (other && nowMs - other.mtimeMs > SILENCE_MS) await fs.remove(guard);
  if (!(await create(guard, ''))) return false;
  try {
    if ((await readLock(file))?.text !== dead.text) return false;
    await fs.remove(file);
    return await create(file, text);
  } finally {
    await fs.remove(guard);
  }
};

/**
 * Takes the lock of a mirror and keeps its heartbeat until released.
 * @throws MirrorLockedError naming the owner
 */
export const takeLock = async (file: string, dir: string, now: () => number): Promise<Lock> => {
  const text = JSON.stringify({
    pid: process.pid,
    host: os.hostname(),
    startedAt: new Date(now()).toISOString(),
  });
  while (!(await create(file, text))) {
    const held = await readLock(file);
    if (held === undefined) continue;
    if (isDead(held, now()) && (await takeOver(file, held, text, now()))) break;
    throw lockedError(dir, (await readLock(file))?.owner ?? held.owner);
  }
  const heartbeat = setInterval(() => {
    const at = new Date(now());
    fs.utimes(file, at, at).catch(() => undefined);
  }, HEARTBEAT_MS);
  heartbeat.unref();
  return {
    release: async () => {
      clearInterval(heartbeat);
      // Whoever slept for long, as a laptop does, may have lost it to another run.
      if ((await readLock(file))?.text === text) await fs.remove(file);
    },
  };
};
