import type { Terminal } from './render/choose-renderer.js';
import type { ErrorTellers } from './report-error.js';

/** The world as the commands see it. */
export interface Cli extends World {
  readonly errors: ErrorTellers;
}

/** The process. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly terminal: Terminal;
  readonly exitCode: () => number;
  readonly setExitCode: (code: number) => void;
}
