import { EXIT, RxsyncError } from './rxsync-error.js';

/** The wiki's rate limit asks for a longer wait than `--max-wait` allows. */
export class RateLimitWaitError extends RxsyncError {
  override readonly code = 'rate-limit-wait';
  override readonly exitCode = EXIT.rateLimited;
}
