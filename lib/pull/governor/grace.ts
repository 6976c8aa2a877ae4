import { setMaxListeners } from 'node:events';

/** A run that is to stop waits no longer than this for answers and files that are on their way. */
const GRACE_MS = 10_000;

/** The time that what is in flight has once a run is to stop. */
export interface Grace {
  /** Aborted when that time is over, or the run is. */
  readonly ending: AbortSignal;
  /** The time begins; once. */
  readonly begin: () => void;
  readonly dispose: () => void;
}

export const createGrace = (): Grace => {
  const abort = new AbortController();
  // Every request in flight listens to it.
  setMaxListeners(0, abort.signal);
  let timer: NodeJS.Timeout | undefined;
  return {
    ending: abort.signal,
    begin: () => {
      timer ??= setTimeout(() => abort.abort(), GRACE_MS);
    },
    dispose: () => {
      clearTimeout(timer);
      abort.abort();
    },
  };
};
