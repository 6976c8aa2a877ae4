import type { Terminal } from './render/choose-renderer.js';

/** The world as the commands see it. */
export interface Cli {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly terminal: Terminal;
  readonly exitCode: () => number;
  readonly setExitCode: (code: number) => void;
}
