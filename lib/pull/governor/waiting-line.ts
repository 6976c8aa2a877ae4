import type { RequestLane } from '../../core/request-lane.js';

export interface Waiter {
  readonly lane: RequestLane;
  /** Whose request it is. */
  readonly party: object | undefined;
  readonly start: () => void;
  readonly fail: (error: unknown) => void;
}

/** Waiting requests, taken lane by lane in turn so that none starves another; within a lane the oldest first. */
export class WaitingLine {
  readonly #lanes = new Map<RequestLane, Set<Waiter>>();

  add(waiter: Waiter): void {
    const waiting = this.#lanes.get(waiter.lane);
    if (waiting) waiting.add(waiter);
    else this.#lanes.set(waiter.lane, new Set([waiter]));
  }

  remove(waiter: Waiter): void {
    this.#lanes.get(waiter.lane)?.delete(waiter);
  }

  /** The next waiter of a lane that is open. Its lane is the last to be asked the next time. */
  take(isOpen: (lane: RequestLane) => boolean): Waiter | undefined {
    for (const [lane, waiting] of this.#lanes) {
      const [first] = waiting;
      if (first === undefined || !isOpen(lane)) continue;
      waiting.delete(first);
      this.#lanes.delete(lane);
      this.#lanes.set(lane, waiting);
      return first;
    }
    return undefined;
  }

  /** The lanes in which somebody waits. */
  waiting(): RequestLane[] {
    return [...this.#lanes].flatMap(([lane, waiting]) => (waiting.size > 0 ? [lane] : []));
  }

  /** Removes and returns all who are meant. */
  drain(isMeant: (waiter: Waiter) => boolean): Waiter[] {
    const drained = [...this.#lanes.values()].flatMap((waiting) => [...waiting].filter(isMeant));
    for (const waiter of drained) this.remove(waiter);
    return drained;
  }
}
