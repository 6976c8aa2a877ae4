/** Longest time for one thing, however alive it seems. */
export interface Deadline {
  /** Aborts with the outer signal, or when the time is over. */
  readonly signal: AbortSignal;
  readonly isOver: () => boolean;
  readonly clear: () => void;
}

/** A signal that aborts with `outer`, or `afterMs` from now. Clear it when the thing is done. */
export const withDeadline = (outer: AbortSignal | undefined, afterMs: number): Deadline => {
  const abort = new AbortController();
  let isOver = false;
  const passOn = (): void => abort.abort();
  const timer = setTimeout(() => {
    isOver = true;
    abort.abort();
  }, afterMs);
  if (outer?.aborted) abort.abort();
  outer?.addEventListener('abort', passOn, { once: true });
  return {
    signal: abort.signal,
    isOver: () => isOver,
    clear: () => {
      clearTimeout(timer);
      outer?.removeEventListener('abort', passOn);
    },
  };
};
