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
export type { Connection, Diagnosis } from './doctor/doctor.js';
export type { Estimate, SpaceCounts, UNCOUNTED, Uncounted } from './doctor/estimate.js';
export type { Finding, Health, HEALTHS } from './doctor/finding.js';
export type { RemoteDifference, RemoteItem } from './pull/compare-remote.js';
export type { MirrorStatus } from './store/mirror-status.js';
export type { Verification, VerifiedFile } from './store/verify-mirror.js';
export type { FromWiki, InWiki, MirrorOptions, PullOptions } from './pull/run/pull-options.js';
export type { WikiOptions } from './pull/run/wiki-options.js';
export type { SharedWiki, WikiSession } from './pull/run/shared-wiki.js';
export type { WikiRate } from './core/wiki-rate.js';
export type { BurstReading, QuotaReading } from './core/rate-limit.js';
export type {
  BodyFormat,
  CommentWithBody,
  ContainerType,
  FoundPage,
  ListedAttachment,
  ListedComment,
  ListedFolder,
  ListedPage,
  PageKind,
  PageWithBody,
  Space,
} from './core/content.js';
export type { SearchedChange, SearchedFolder, SearchedLabels, SearchedPage } from './core/searched.js';
export type { FolderById, Listings, PageListingConfig, Within } from './confluence/listings.js';
export type { SettingOptions } from './pull/run/setting-options.js';
export type { Chance, PullDeps } from './pull/run/pull-deps.js';
export { liveDeps } from './pull/run/live-deps.js';
export type { ResolvedWikiOptions } from './pull/run/wiki-options.js';
export type { GovernorStats } from './pull/governor/governor-options.js';
export type { Session } from './pull/governor/session.js';
export type {
  AdaptiveMergeMapConfig,
  CursorPage,
  ExpandCursorConfig,
  Fulfilled,
  Rejected,
  Settled,
} from './operators/index.js';
export type { WikiClient } from './confluence/wiki-client.js';
export type { Bodies } from './confluence/bodies.js';
export type { Identity } from './confluence/identity.js';
export type { FoundAttachment, FoundComment, FoundFolder, Presence } from './confluence/presence.js';
export type { REQUEST_LANES, RequestLane, ResponseSample, RetryNotice } from './core/request-lane.js';
export type { MediaAnswer } from './confluence/media.js';
export type { Admission, Gate } from './confluence/gate.js';
export type { ListingPage, UnreadableRow } from './confluence/walk.js';
export type { RunSummary } from './events/run-summary.js';
export type {
  OpenMirror,
  OpenMirrorOptions,
  ReadMirrorOptions,
  StoredMirror,
} from './store/stored-mirror.js';
export type { MirrorState, ReadState } from './store/state-file.js';
export type { LostState } from './store/lost-state.js';
export type { LockOwner } from './store/lock.js';
export type { Names } from './store/names-file.js';
export type { Draft, Store } from './store/store.js';
export {
  type Checkpoint,
  type FileStamp,
  type HrefSpan,
  type ItemRecord,
  type MirrorScope,
  recordKey,
} from './core/records.js';
export { type Outline, outlineOf } from './core/outline.js';
export { memoryRows } from './store/memory-rows.js';
export {
  type KindSize,
  type Records,
  RecordTable,
  type Sizes,
  type StoredOutline,
  type StoredRecord,
} from './store/record-table.js';
export type { Change, Rows } from './store/rows.js';
export type { Measured } from './store/write-new-file.js';
export type { Credentials } from './confluence/authorization.js';
export type { Format } from './core/content.js';

export * from './convert/index.js';
export type { AttachmentFilter } from './core/attachment-filter.js';
export type { Scope } from './core/cql.js';
export type { Kind, KINDS, ListingOf, LISTINGS } from './core/kinds.js';
export type {
  ATTACHMENT_MODES,
  AttachmentMode,
  MirrorSettings,
  SettingChange,
} from './core/mirror-settings.js';
export { DEFAULT_SETTINGS } from './core/mirror-settings.js';
export type * from './events/events.js';
export type { FailedItem } from './events/failed-item.js';
export type { PlannedItem } from './events/planned-item.js';
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
export { HttpError, type HttpErrorOptions, isHttpError, isNotVisible } from './errors/http-error.js';
export { LoginPageError } from './errors/login-page-error.js';
export { MalformedEventError } from './errors/malformed-event-error.js';
export {
  MalformedResponseError,
  type MalformedResponseErrorOptions,
} from './errors/malformed-response-error.js';
export { MediaError, type MediaErrorCode, type MediaErrorOptions } from './errors/media-error.js';
export { MissingScopeError } from './errors/missing-scope-error.js';
export { MirrorLockedError } from './errors/mirror-locked-error.js';
export { MirrorMismatchError } from './errors/mirror-mismatch-error.js';
export { NoMirrorError } from './errors/no-mirror-error.js';
export { NotSearchableError } from './errors/not-searchable-error.js';
export { OptionsError } from './errors/options-error.js';
export { RateLimitWaitError } from './errors/rate-limit-wait-error.js';
export { EXIT, RxsyncError, type RxsyncErrorOptions, isRxsyncError } from './errors/rxsync-error.js';
export { RefusedFileError } from './errors/refused-file-error.js';
export { SpaceNotFoundError } from './errors/space-not-found-error.js';
export { StoreError } from './errors/store-error.js';
export { SymbolicLinkError } from './errors/symbolic-link-error.js';
export { UnknownRunError } from './errors/unknown-run-error.js';
export { type UnreachableCode, UnreachableError } from './errors/unreachable-error.js';
