import type { Waiter } from './waiting-line.js';

/** Retries whose time has not come. */
export class Resting {
  readonly #timers = new Map<Waiter, NodeJS.Timeout>();

  /** Calls `wake` after `restMs`, unless the waiter is taken out before. */
  add(waiter: Waiter, restMs: number, wake: () => void): void {
    const wakeUp = (): void => {
      this.#timers.delete(waiter);
      wake();
    };
    this.#timers.set(waiter, setTimeout(wakeUp, restMs));
  }

  remove(waiter: Waiter): void {
    clearTimeout(this.#timers.get(waiter));
    this.#timers.delete(waiter);
  }

  /** Removes and returns all who are meant. */
  drain(isMeant: (waiter: Waiter) => boolean): Waiter[] {
    const waiters = [...this.#timers.keys()].filter(isMeant);
    for (const waiter of waiters) this.remove(waiter);
    return waiters;
  }
}
