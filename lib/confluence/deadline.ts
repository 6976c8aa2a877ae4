/** Longest time for one thing, however alive it seems. */
export interface Deadline {
  /** Aborts with the outer signals, or when the time is over. */
  readonly signal: AbortSignal;
  readonly isOver: () => boolean;
  readonly clear: () => void;
}

/** A signal that aborts with any of `outer`, or `afterMs` from now. Clear it when the thing is done. */
export const withDeadline = (outer: readonly AbortSignal[], afterMs: number): Deadline => {
  const abort = new AbortController();
  let isOver = false;
  const passOn = (): void => abort.abort();
  const timer = setTimeout(() => {
    isOver = true;
    abort.abort();
  }, afterMs);
  for (const signal of outer) {
    if (signal.aborted) abort.abort();
    signal.addEventListener('abort', passOn, { once: true });
  }
  return {
    signal: abort.signal,
    isOver: () => isOver,
    clear: () => {
      clearTimeout(timer);
      for (const signal of outer) signal.removeEventListener('abort', passOn);
    },
  };
};
