export { pull$ } from './pull/pull.js';
export { pull, type PullHandlers, type PullSummary } from './pull/pull-promise.js';
export { visibleSpaces$, type VisibleSpace, type VisibleSpaces } from './pull/visible-spaces.js';
export { createWiki, type Fetchers, type Wiki } from './pull/wiki/create-wiki.js';
export type { Cursors, FoundPageInTree, ListPagesConfig, WithinWiki } from './pull/wiki/cursors.js';
export type { ListingPart } from './pull/wiki/listing-part.js';
export type { Fetched, FetchConfig } from './pull/wiki/fetching.js';
export type { FetchPagesConfig, PageRef } from './pull/wiki/fetch-pages.js';
export type { FolderRef } from './pull/wiki/fetch-folders.js';
export type { CommentedPage, PageComments } from './pull/wiki/fetch-comments.js';
export type { AttachmentFile, AttachmentSink, Downloaded } from './pull/wiki/download-attachments.js';
export { documents, documents$, type DocumentsOptions } from './pull/documents.js';
export type { Ancestor, DocumentLine, EndLine, MirrorDocument, MirrorLine } from './documents/document.js';
export { status, type StatusOptions } from './pull/status.js';
export { verify, type VerifyOptions, type VerifyResult } from './pull/verify.js';
export { doctor, type DoctorHandlers, type DoctorOptions } from './doctor/doctor-promise.js';
export type { Diagnosis } from './doctor/doctor.js';
export type { Estimate } from './doctor/estimate.js';
export type { Finding, Health } from './doctor/finding.js';
export type { RemoteDifference, RemoteItem } from './pull/compare-remote.js';
export type { MirrorStatus } from './store/mirror-status.js';
export type { Verification, VerifiedFile } from './store/verify-mirror.js';
export type { FromWiki, InWiki, MirrorOptions, PullOptions } from './pull/run/pull-options.js';
export type { WikiOptions } from './pull/run/wiki-options.js';
export type { SharedWiki, WikiSession } from './pull/run/shared-wiki.js';
export type { WikiRate } from './core/wiki-rate.js';
export type { BurstReading, QuotaReading } from './core/rate-limit.js';
export type {
  CommentWithBody,
  ContainerType,
  ListedAttachment,
  ListedComment,
  ListedFolder,
  ListedPage,
  PageKind,
  PageWithBody,
  Space,
} from './core/content.js';
export type { SearchedFolder, SearchedPage } from './core/searched.js';
export type { FolderById } from './confluence/listings.js';
export type { SettingOptions } from './pull/run/setting-options.js';
export type { Chance, PullDeps } from './pull/run/pull-deps.js';
export { liveDeps } from './pull/run/live-deps.js';
export type { ResolvedWikiOptions } from './pull/run/wiki-options.js';
export type { WikiClient } from './confluence/wiki-client.js';
export type { MediaAnswer } from './confluence/media.js';
export type { Admission, Gate } from './confluence/gate.js';
export type { ListingPage } from './confluence/walk.js';
export type { RunSummary } from './events/run-summary.js';
export type { OpenMirror, OpenMirrorOptions } from './store/open-mirror.js';
export type { ReadMirror, ReadMirrorOptions } from './store/read-mirror.js';
export type { ReadState } from './store/state-file.js';
export type { Credentials } from './confluence/authorization.js';
export type { Format } from './core/content.js';

export * from './convert/index.js';
export type { Kind, ListingOf } from './core/kinds.js';
export type { AttachmentMode, SettingChange } from './core/mirror-settings.js';
export type * from './events/events.js';
export type { FailedItem } from './events/failed-item.js';
export type { IncompleteListing } from './events/incomplete-listing.js';
export { encodeEvent } from './events/encode-event.js';
export { parseEvent } from './events/parse-event.js';

export { AccountError } from './errors/account-error.js';
export { AncestorNotFoundError } from './errors/ancestor-not-found-error.js';
export { ConversionError } from './errors/conversion-error.js';
export { CredentialsError } from './errors/credentials-error.js';
export { type Consequence, consequenceOf, isRetryable } from './errors/consequence.js';
export { CursorLoopError } from './errors/cursor-loop-error.js';
export { CursorRejectedError } from './errors/cursor-rejected-error.js';
export { DataCenterError } from './errors/data-center-error.js';
export { DeletionRefusedError } from './errors/deletion-refused-error.js';
export { EmptyScopeError } from './errors/empty-scope-error.js';
export { EndlessListingError } from './errors/endless-listing-error.js';
export { HttpError, isHttpError, isNotVisible } from './errors/http-error.js';
export { LoginPageError } from './errors/login-page-error.js';
export { MalformedEventError } from './errors/malformed-event-error.js';
export { MalformedResponseError } from './errors/malformed-response-error.js';
export { MediaError } from './errors/media-error.js';
export { MissingScopeError } from './errors/missing-scope-error.js';
export { MirrorLockedError } from './errors/mirror-locked-error.js';
export { MirrorMismatchError } from './errors/mirror-mismatch-error.js';
export { NoMirrorError } from './errors/no-mirror-error.js';
export { NotSearchableError } from './errors/not-searchable-error.js';
export { OptionsError } from './errors/options-error.js';
export { RateLimitWaitError } from './errors/rate-limit-wait-error.js';
export { EXIT, RxsyncError, isRxsyncError } from './errors/rxsync-error.js';
export { RefusedFileError } from './errors/refused-file-error.js';
export { SpaceNotFoundError } from './errors/space-not-found-error.js';
export { StoreError } from './errors/store-error.js';
export { SymbolicLinkError } from './errors/symbolic-link-error.js';
export { UnknownRunError } from './errors/unknown-run-error.js';
export { UnreachableError } from './errors/unreachable-error.js';
