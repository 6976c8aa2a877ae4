import type { RxsyncEvent } from '../../events/events.js';
import type { Style } from './style.js';

/** Shows the events of a run to somebody. */
export interface Renderer {
  readonly render: (event: RxsyncEvent) => void;
  /** Leaves the terminal in order; more text may follow. */
  readonly end: () => void;
}

/** How events look to a person. */
export interface Look {
  /** Whether each file, retry and change of pace is named. */
  readonly isVerbose: boolean;
  readonly style: Style;
  /** Whether warnings go untold that are of how a pull works, not of what is in its mirror. */
  readonly isQuiet?: boolean;
  /** Whose events they are, where several runs are shown at once. */
  readonly label?: string | undefined;
  /** Columns to which sentences are wrapped; without it they stay on one line. */
  readonly width?: number;
}

export type Write = (text: string) => void;
