import { EXIT } from '../errors/rxsync-error.js';
import type { World } from './cli.js';
import { isReaderGone } from './is-reader-gone.js';
import { runCommandLine } from './run-command-line.js';

/** Size of a terminal that does not tell: none. What is no terminal is taken for one of 80 columns. */
const sizeOf = ({ isTTY, columns, rows }: NodeJS.WriteStream): { columns: number; rows: number } =>
  isTTY ? { columns, rows } : { columns: 80, rows: 0 };

/** What ends with the first error of a stream, or once it has taken everything. */
const watch = (stream: NodeJS.WriteStream): World['outFailure'] => {
  let failure: Error | undefined;
  stream.on('error', (error: Error) => (failure ??= error));
  return () =>
    new Promise((resolve) => {
      stream.write('', (error) => resolve(failure ?? error ?? undefined));
    });
};

/** Of both streams; that nobody reads what is for people is none. */
const watchOutput = (): World['outFailure'] => {
  const [out, err] = [watch(process.stdout), watch(process.stderr)];
  return async () => {
    const failure = await err();
    return (await out()) ?? (failure && isReaderGone(failure) ? undefined : failure);
  };
};

const processWorld = (): World => {
  const { stdout, stderr } = process;
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
    outFailure: watchOutput(),
    exitCode: () => Number(process.exitCode ?? EXIT.complete),
    setExitCode: (code) => {
      process.exitCode = code;
    },
  };
};

/** Runs the command line of the process; sets its exit code and never throws. */
export const main = (argv: readonly string[]): Promise<void> => runCommandLine(argv, processWorld());
