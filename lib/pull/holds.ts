import type { Lane } from '../core/lane.js';

/** Until when requests are held, by lane and for all. */
export class Holds {
  readonly #lanes = new Map<Lane, number>();
  #allUntilMs = 0;

  hold(lane: Lane | undefined, untilMs: number): void {
    if (lane === undefined) this.#allUntilMs = Math.max(this.#allUntilMs, untilMs);
    else this.#lanes.set(lane, Math.max(this.#lanes.get(lane) ?? 0, untilMs));
  }

  untilMs(lane: Lane): number {
    return Math.max(this.#allUntilMs, this.#lanes.get(lane) ?? 0);
  }
}
