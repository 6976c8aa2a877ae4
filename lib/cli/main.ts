import { EXIT } from '../errors/rxsync-error.js';
import type { World } from './cli.js';
import { runCommandLine } from './run-command-line.js';

const processWorld = (): World => ({
  env: process.env,
  cwd: process.cwd(),
  terminal: {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    isErrTty: process.stderr.isTTY,
    columns: () => (process.stderr.isTTY ? process.stderr.columns : 80),
  },
  exitCode: () => Number(process.exitCode ?? EXIT.complete),
  setExitCode: (code) => {
    process.exitCode = code;
  },
});

/** Runs the command line of the process; sets its exit code and never throws. */
export const main = (argv: readonly string[]): Promise<void> => runCommandLine(argv, processWorld());
