export { pull$ } from './pull/pull.js';
export { pull, type PullHandlers, type PullSummary } from './pull/pull-promise.js';
export type { AttachmentMode, PullOptions } from './pull/pull-options.js';
export type { PullDeps } from './pull/pull-deps.js';
export type { Credentials } from './confluence/authorization.js';
export type { Format } from './core/content.js';

export * from './convert/index.js';
export type * from './events/events.js';
export { encodeEvent } from './events/encode-event.js';
export { parseEvent } from './events/parse-event.js';

export { AccountError } from './errors/account-error.js';
export { ConversionError } from './errors/conversion-error.js';
export { CredentialsError } from './errors/credentials-error.js';
export { CursorLoopError } from './errors/cursor-loop-error.js';
export { DeletionRefusedError } from './errors/deletion-refused-error.js';
export { HttpError, isHttpError, isNotVisible, isRateLimited } from './errors/http-error.js';
export { MalformedEventError } from './errors/malformed-event-error.js';
export { MalformedResponseError } from './errors/malformed-response-error.js';
export { MediaError } from './errors/media-error.js';
export { MirrorLockedError } from './errors/mirror-locked-error.js';
export { MirrorMismatchError } from './errors/mirror-mismatch-error.js';
export { OptionsError } from './errors/options-error.js';
export { RateLimitWaitError } from './errors/rate-limit-wait-error.js';
export { EXIT, RxsyncError, isRxsyncError } from './errors/rxsync-error.js';
export { SpaceNotFoundError } from './errors/space-not-found-error.js';
export { StoreError } from './errors/store-error.js';
export { UnreachableError } from './errors/unreachable-error.js';
