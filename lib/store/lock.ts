import { randomUUID } from 'node:crypto';
import os from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { isMainThread, threadId } from 'node:worker_threads';
import { MirrorLockedError } from '../errors/mirror-locked-error.js';
import type { RxsyncError } from '../errors/rxsync-error.js';
import { StoreError } from '../errors/store-error.js';
import type { Folder } from './folder.js';
import { isOpenIn } from './is-open-in.js';
import { type Held, type Holder, readLock, readLockText } from './lock-file.js';
import { lossOf } from './lost-lock.js';
import { OWN } from './own-files.js';
import { livenessOf, processIdentity } from './process-identity.js';
import { systemCode } from './store-failure.js';
import { traceOf } from './trace-of.js';

const HEARTBEAT_MS = 10_000;
/** An owner of whom nothing else is known is dead when it was silent for this long. */
const SILENCE_MS = 60_000;
/** One of this machine whose number is in use, perhaps by another process, is dead after this long. */
const LONG_SILENCE_MS = 600_000;
/** What was seen of the lock holds for this long: nobody takes it over that soon. */
const SEEN_MS = 10;
/** Nobody takes longer to write its name into the lock it has made, and to open it. */
const NAMELESS_MS = 1_000;

/** Who works on a mirror. */
export interface LockOwner {
  readonly pid: number;
  readonly host: string;
  /** ISO 8601. */
  readonly startedAt: string;
}

/** The lock of a mirror: a fence, which lets nobody through who has lost it. */
export interface Lock {
  /** @throws MirrorLockedError, or StoreError where the mirror has gone, when the lock is not ours any more */
  check(): void;
  /** Whether it is still ours. */
  isHeld(): boolean;
  release(): Promise<void>;
}

/** By a clock of the file system's own where possible; a lock of the future is as old as one of the past. */
const isSilent = ({ mtimeMs }: Held, nowMs: number, forMs = SILENCE_MS): boolean =>
  Math.abs(nowMs - mtimeMs) > forMs;

const livenessOfHolder = ({ pid, host, world, birth }: Holder) =>
  livenessOf(
    pid,
    world === undefined || birth === undefined ? undefined : { world, birth },
    host === os.hostname(),
  );

/** Whether the owner is a worker thread that has ended in a process that lives: as long as it lives it has its lock open. */
const isEndedThread = ({ root }: Folder, file: string, holder: Holder): boolean => {
  const { pid, thread } = holder;
  const isOurs = pid === process.pid && thread === threadId;
  if (thread === undefined || isOurs || livenessOfHolder(holder) !== 'alive') return false;
  return isOpenIn(pid, `${root}/${file}`) === false;
};

/** Whether the owner that the lock names has gone; a suspended one counts as gone when it is silent. */
const isDead = (holder: Holder, held: Held, nowMs: number): boolean => {
  const liveness = livenessOfHolder(holder);
  if (liveness === 'dead' || liveness === 'alive') return liveness === 'dead';
  return isSilent(held, nowMs, liveness === 'unsure' ? LONG_SILENCE_MS : SILENCE_MS);
};

/** Who holds the lock; nobody when its owner is dead or not named. */
export const lockOwner = (folder: Folder, nowMs: number): LockOwner | undefined => {
  const held = readLock(folder, OWN.lock);
  if (held?.holder === undefined || isDead(held.holder, held, nowMs)) return undefined;
  if (isEndedThread(folder, OWN.lock, held.holder)) return undefined;
  const { pid, host, startedAt } = held.holder;
  return { pid, host, startedAt };
};

const lockedError = ({ root }: Folder, owner: LockOwner | undefined): MirrorLockedError =>
  new MirrorLockedError(
    owner
      ? `Another rxsync (process ${owner.pid} on ${owner.host}, since ${owner.startedAt}) is working on ${root}.`
      : `Another rxsync is working on ${root}.`,
    { hint: 'Wait until it has ended, or stop it. The lock of a process that died is taken over by itself.' },
  );

/** Creates the file; false when something is there already. */
const create = async (folder: Folder, file: string, text: string): Promise<boolean> => {
  try {
    await folder.create(file, text);
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
};

const isSame = (a: Held | undefined, b: Held): boolean => a?.text === b.text && a?.mtimeMs === b.mtimeMs;

type Wait = (ms: number) => Promise<void>;

interface Moment {
  readonly nowMs: number;
  readonly wait: Wait;
}

/** Whether a lock may be taken from its owner; one that nobody seems to be behind is watched until nobody can be about to be. */
const isForfeit = async (
  folder: Folder,
  file: string,
  held: Held,
  { nowMs, wait }: Moment,
): Promise<boolean> => {
  const { holder } = held;
  if (holder !== undefined && !isEndedThread(folder, file, holder)) return isDead(holder, held, nowMs);
  await wait(NAMELESS_MS);
  if (holder !== undefined && !isEndedThread(folder, file, holder)) return false;
  return isSame(readLock(folder, file), held);
};

const removeIfThere = async (folder: Folder, file: string): Promise<void> => {
  try {
    await folder.unlink(file);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
};

/** One at a time may take a lock over, lest two win; whoever died at it is no obstacle. */
const enterTakeover = async (folder: Folder, text: string, wait: Wait): Promise<boolean> => {
  const other = readLock(folder, OWN.takeover);
  if (other && (await isForfeit(folder, OWN.takeover, other, { nowMs: Date.now(), wait })))
    await removeIfThere(folder, OWN.takeover);
  return create(folder, OWN.takeover, text);
};

/** Replaces a dead owner's lock; false when the owner lives or somebody else was quicker. */
const takeOver = async (folder: Folder, text: string, wait: Wait): Promise<boolean> => {
  if (!(await enterTakeover(folder, text, wait))) return false;
  try {
    const held = readLock(folder, OWN.lock);
    // What the file system says is now: on a network share, the clocks of the machines may differ.
    const nowMs = folder.stat(OWN.takeover)?.mtimeMs ?? Date.now();
    if (held !== undefined) {
      if (!(await isForfeit(folder, OWN.lock, held, { nowMs, wait }))) return false;
      if (readLockText(folder, OWN.takeover) !== text) return false;
      await removeIfThere(folder, OWN.lock);
    }
    return await create(folder, OWN.lock, text);
  } finally {
    if (readLockText(folder, OWN.takeover) === text) await removeIfThere(folder, OWN.takeover);
  }
};

/** Watches over a lock that was taken. */
class HeldLock implements Lock {
  readonly #folder: Folder;
  readonly #text: string;
  readonly #now: () => number;
  readonly #fd: number;
  readonly #heartbeat: NodeJS.Timeout;
  /** What the lock looked like when it was last read. */
  #seen: string | undefined;
  /** When it was last looked at, by a clock that goes on while the machine sleeps. */
  #lookedAtMs = -Infinity;
  #loss: RxsyncError | undefined;
  #isReleased = false;

  constructor(folder: Folder, text: string, now: () => number) {
    this.#folder = folder;
    this.#text = text;
    this.#now = now;
    this.#fd = folder.openToUpdate(OWN.lock);
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS);
    this.#heartbeat.unref();
  }

  check(): void {
    if (this.#loss === undefined && this.#isReleased) throw new StoreError('The mirror is closed already.');
    const isFresh = Math.abs(this.#now() - this.#lookedAtMs) < SEEN_MS;
    if (!(isFresh && this.#loss === undefined) && !this.isHeld() && this.#loss) throw this.#loss;
  }

  isHeld(): boolean {
    if (this.#loss !== undefined) return false;
    const nowMs = this.#now();
    this.#lookedAtMs = -Infinity;
    const isHeld = this.#look();
    if (isHeld) this.#lookedAtMs = nowMs;
    return isHeld;
  }

  async release(): Promise<void> {
    clearInterval(this.#heartbeat);
    const wasHeld = this.isHeld();
    this.#isReleased = true;
    this.#folder.close(this.#fd);
    if (wasHeld) await removeIfThere(this.#folder, OWN.lock);
  }

  /** @throws StoreError when something else than a file stands in the place of the lock */
  #look(): boolean {
    const trace = traceOf(this.#folder.glance(OWN.lock));
    if (trace !== undefined && trace === this.#seen) return true;
    const text = readLockText(this.#folder, OWN.lock);
    if (text !== this.#text) this.#loss = lossOf(this.#folder, text);
    this.#seen = trace;
    return this.#loss === undefined;
  }

  /**
   * Gives our own file a new time, which is the file system's, whatever stands at its path by now. What a network share
   * refuses once it may do the next time.
   */
  #beat(): void {
    this.#seen = undefined;
    try {
      this.#folder.update(this.#fd, this.#text);
    } catch {
      return;
    }
  }
}

export interface LockOptions {
  /** @default Date.now */
  readonly now?: () => number;
  /** Resolves after so many ms. @default of the system's clock */
  readonly wait?: Wait;
}

const refuseLiving = (folder: Folder): void => {
  const holder = readLock(folder, OWN.lock)?.holder;
  if (holder === undefined || isEndedThread(folder, OWN.lock, holder)) return;
  if (livenessOfHolder(holder) === 'alive') throw lockedError(folder, holder);
};

/**
 * Takes the lock of a mirror and keeps its heartbeat until released.
 * @throws MirrorLockedError naming the owner
 * @throws StoreError when something else stands in the place of the lock
 */
export const takeLock = async (
  folder: Folder,
  { now = Date.now, wait = delay }: LockOptions = {},
): Promise<Lock> => {
  const identity = processIdentity(process.pid);
  const holder: Holder = {
    pid: process.pid,
    host: os.hostname(),
    startedAt: new Date(now()).toISOString(),
    ...(identity && { world: identity.world, birth: identity.birth }),
    ...(!isMainThread && { thread: threadId }),
    token: randomUUID(),
  };
  const text = JSON.stringify(holder);
  if (!(await create(folder, OWN.lock, text))) {
    refuseLiving(folder);
    if (!(await takeOver(folder, text, wait)))
      throw lockedError(folder, (readLock(folder, OWN.takeover) ?? readLock(folder, OWN.lock))?.holder);
  }
  return new HeldLock(folder, text, now);
};
