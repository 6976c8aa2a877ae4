export { adaptiveMergeMap, type AdaptiveMergeMapConfig } from './adaptive-merge-map.js';
export { checkpointOn, type CheckpointOnConfig } from './checkpoint-on.js';
export {
  type CursorPage,
  expandCursor$,
  type ExpandCursorConfig,
  RepeatedCursorError,
} from './expand-cursor.js';
export { fromAsyncIterable$, type FromAsyncIterableConfig } from './from-async-iterable.js';
export {
  type BackoffOptions,
  type RetryAttempt,
  retryWithJitter,
  type RetryWithJitterConfig,
} from './retry-with-jitter.js';
export { sampleProgress, type SampleProgressConfig } from './sample-progress.js';
export { type Fulfilled, type Rejected, settle, type SettleConfig, type Settled } from './settle.js';
export { toAsyncIterable, type ToAsyncIterableConfig } from './to-async-iterable.js';
