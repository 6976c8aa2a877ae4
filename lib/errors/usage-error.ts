import { EXIT, RxsyncError } from './rxsync-error.js';

/** The command line, the environment or the config file asks for something that cannot be. */
export class UsageError extends RxsyncError {
  override readonly code = 'usage';
  override readonly exitCode = EXIT.usage;
}
