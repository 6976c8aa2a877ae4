import type { Pin, PinDirectory } from './pin-directory.js';

/** So many directories stay pinned at a time, beside those that are in use. */
const CAPACITY = 128;

interface Kept {
  readonly pin: Pin;
  users: number;
  isForgotten: boolean;
}

/**
 * Pins the directories below a root as the `PinDirectory` it is given, and keeps those that were asked for last: to work in
 * one of them again costs a glance at where it is.
 */
export class RecentPins {
  readonly #pin: PinDirectory;
  /** By path, the one asked for last at the end. */
  readonly #kept = new Map<string, Kept>();

  constructor(pin: PinDirectory) {
    this.#pin = pin;
  }

  readonly pin: PinDirectory = (root, relative) => {
    const kept = this.#find(relative) ?? { pin: this.#pin(root, relative), users: 0, isForgotten: false };
    if (kept.pin.isCurrent === undefined) return kept.pin;
    kept.users += 1;
    this.#kept.set(relative, kept);
    const [oldest] = this.#kept.size > CAPACITY ? this.#kept.keys() : [];
    if (oldest !== undefined) this.#forget(oldest);
    return {
      at: kept.pin.at,
      release: () => {
        kept.users -= 1;
        if (kept.isForgotten && kept.users === 0) kept.pin.release();
      },
    };
  };

  /** Lets all of them go; those in use as soon as they are released. */
  release(): void {
    for (const relative of [...this.#kept.keys()]) this.#forget(relative);
  }

  /** Takes it out, to be put behind all others. */
  #find(relative: string): Kept | undefined {
    const kept = this.#kept.get(relative);
    if (kept?.pin.isCurrent?.() === false) {
      this.#forget(relative);
      return undefined;
    }
    this.#kept.delete(relative);
    return kept;
  }

  #forget(relative: string): void {
    const kept = this.#kept.get(relative);
    this.#kept.delete(relative);
    if (kept === undefined) return;
    kept.isForgotten = true;
    if (kept.users === 0) kept.pin.release();
  }
}
