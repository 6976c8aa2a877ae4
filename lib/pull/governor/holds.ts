import type { RequestLane } from '../../core/request-lane.js';

/** What a hold concerns: one lane, or all of them. */
export type Held = RequestLane | undefined;

/** Until when requests are held, by lane and for all, and how long it has gone on without any answer. */
export class Holds {
  readonly #untilMs = new Map<Held, number>();
  readonly #sinceMs = new Map<Held, number>();

  /** Holds, and tells since when one hold has followed the other. */
  hold(held: Held, atMs: number, untilMs: number): number {
    const sinceMs = this.#sinceMs.get(held) ?? atMs;
    this.#sinceMs.set(held, sinceMs);
    this.#untilMs.set(held, Math.max(this.#untilMs.get(held) ?? 0, untilMs));
    return sinceMs;
  }

  /** A request of the lane was answered: what holds it next is another wait. */
  answered(lane: RequestLane): void {
    this.#sinceMs.delete(lane);
    this.#sinceMs.delete(undefined);
  }

  untilMs(lane: RequestLane): number {
    return Math.max(this.#untilMs.get(undefined) ?? 0, this.#untilMs.get(lane) ?? 0);
  }
}
