import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { UsageError } from '../errors/usage-error.js';
import { leadsIntoOwn } from '../store/own-files.js';
import { systemCode } from '../store/store-failure.js';

/** A file that lines are added to. */
export interface LogFile {
  readonly write: (line: string) => void;
  readonly close: () => void;
}

const { O_WRONLY, O_APPEND, O_CREAT, O_NONBLOCK } = constants;

const HINTS: Readonly<Record<string, string>> = {
  ENXIO: 'Nobody reads it: start what reads it first, or name a file with --log-file (or RXSYNC_LOG_FILE).',
  EISDIR: 'It is a folder: name a file in it with --log-file (or RXSYNC_LOG_FILE).',
};

const NO_LOG: LogFile = { write: () => undefined, close: () => undefined };

/**
 * Opens a log, which goes on after what the file has; without a file nothing is logged. Each line is in the file when `write`
 * returns, so that a process that is killed has logged all that it did.
 * @param onFailure told of the first line that the file does not take; no further one is tried
 * @throws UsageError when the file cannot be opened
 */
export const openLogFile = (file: string | undefined, onFailure: (error: Error) => void): LogFile => {
  if (file === undefined) return NO_LOG;
  if (leadsIntoOwn(file))
    throw new UsageError(`The log file "${file}" would be one of rxsync's own files.`, {
      hint: 'Name a file outside .rxsync with --log-file (or RXSYNC_LOG_FILE).',
    });
  let descriptor: number;
  try {
    // A FIFO that nobody reads would be waited for.
    descriptor = openSync(file, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK);
  } catch (cause) {
    const code = systemCode(cause) ?? 'for no known reason';
    throw new UsageError(`The log file "${file}" cannot be written (${code}).`, {
      cause,
      hint: HINTS[code] ?? 'Check --log-file (or RXSYNC_LOG_FILE): its folder must be there.',
    });
  }
  let isBroken = false;
  return {
    write: (line) => {
      if (isBroken) return;
      try {
        writeSync(descriptor, line);
      } catch (error) {
        isBroken = true;
        onFailure(error instanceof Error ? error : new Error(String(error)));
      }
    },
    close: () => closeSync(descriptor),
  };
};
