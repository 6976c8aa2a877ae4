import type { RxsyncEvent } from '../../events/events.js';

/** Shows the events of a run to somebody. */
export interface Renderer {
  readonly render: (event: RxsyncEvent) => void;
  /** Shows a line of text that is no event. */
  readonly note: (text: string) => void;
  /** Leaves the terminal in order; more text may follow. */
  readonly end: () => void;
}

export type Write = (text: string) => void;
