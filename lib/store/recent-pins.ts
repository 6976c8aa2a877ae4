import type { Pin, PinDirectory } from './pin-directory.js';

/** So many directories stay pinned at a time. */
const CAPACITY = 256;

/** Keeps the directories pinned that were asked for last: to look at their files one by one costs one pin. */
export class RecentPins {
  readonly #root: string;
  readonly #pin: PinDirectory;
  /** By path, the one asked for last at the end. */
  readonly #pins = new Map<string, Pin>();

  constructor(root: string, pin: PinDirectory) {
    this.#root = root;
    this.#pin = pin;
  }

  /** The pin of a directory. Errors: as of `PinDirectory`. */
  of(directory: string): Pin {
    const known = this.#pins.get(directory);
    if (known !== undefined) this.#pins.delete(directory);
    const pin = known ?? this.#pin(this.#root, directory);
    this.#pins.set(directory, pin);
    const [oldest] = this.#pins.size > CAPACITY ? this.#pins.keys() : [];
    if (oldest !== undefined) this.#forget(oldest);
    return pin;
  }

  /** Lets all of them go. @throws RxsyncError as `Pin.release` */
  release(): void {
    for (const directory of [...this.#pins.keys()]) this.#forget(directory);
  }

  #forget(directory: string): void {
    const pin = this.#pins.get(directory);
    this.#pins.delete(directory);
    pin?.release();
  }
}
