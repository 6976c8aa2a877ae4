import { RxsyncError, type RxsyncErrorOptions } from './rxsync-error.js';

/**
 * `unreachable`: no answer came, or half of one; `offline`: no connection could be made; `proxy`: a proxy refused to
 * make it; `certificate`: nobody we trust vouches for the server.
 */
export type UnreachableCode = 'unreachable' | 'offline' | 'proxy' | 'certificate';

/** The wiki has not answered: name resolution, connection, TLS, proxy or time-out. */
export class UnreachableError extends RxsyncError {
  override readonly code: UnreachableCode;

  constructor(code: UnreachableCode, message: string, options: RxsyncErrorOptions = {}) {
    super(message, options);
    this.code = code;
  }
}
