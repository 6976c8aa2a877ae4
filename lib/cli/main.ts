import { EXIT } from '../errors/rxsync-error.js';
import type { World } from './cli.js';
import { runCommandLine } from './run-command-line.js';

/** Size of a terminal that does not tell: none. What is no terminal is taken for one of 80 columns. */
const sizeOf = ({ isTTY, columns, rows }: NodeJS.WriteStream): { columns: number; rows: number } =>
  isTTY ? { columns, rows } : { columns: 80, rows: 0 };

/** What ends with the first error of stdout, or once it has taken everything. */
const watchStdout = (): World['outFailure'] => {
  const { stdout } = process;
  let failure: Error | undefined;
  stdout.on('error', (error: Error) => (failure ??= error));
  return () =>
    new Promise((resolve) => {
      stdout.write('', (error) => resolve(failure ?? error ?? undefined));
    });
};

const processWorld = (): World => {
  const { stdout, stderr } = process;
  // When stderr takes nothing either, there is nobody left to tell.
  stderr.on('error', () => undefined);
  return {
    env: process.env,
    cwd: process.cwd(),
    terminal: {
      out: (text) => void stdout.write(text),
      err: (text) => void stderr.write(text),
      isOutTty: stdout.isTTY,
      isErrTty: stderr.isTTY,
      columns: () => sizeOf(stderr).columns,
      rows: () => sizeOf(stderr).rows,
      onResize: (listener) => {
        stderr.on('resize', listener);
        return () => stderr.off('resize', listener);
      },
    },
    outFailure: watchStdout(),
    exitCode: () => Number(process.exitCode ?? EXIT.complete),
    setExitCode: (code) => {
      process.exitCode = code;
    },
  };
};

/** Runs the command line of the process; sets its exit code and never throws. */
export const main = (argv: readonly string[]): Promise<void> => runCommandLine(argv, processWorld());
