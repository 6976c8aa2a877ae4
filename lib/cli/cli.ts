import type { ErrorTellers } from './report-error.js';
import type { LiveTerminal } from './render/live-terminal.js';
import type { Terminal } from './terminal.js';

/** The world as the commands see it. */
export interface Cli extends World {
  readonly terminal: LiveTerminal;
  readonly errors: ErrorTellers;
}

/** The process. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly terminal: Terminal;
  readonly exitCode: () => number;
  readonly setExitCode: (code: number) => void;
  /** Waits until both streams have taken everything; why one has not, if so, but for a reader of stderr that went away. */
  readonly outFailure: () => Promise<Error | undefined>;
}
