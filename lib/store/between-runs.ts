import type { KeptRuns } from './run-files.js';

/**
 * Tells of a time whether no run was at work then. Of the time before a run that went on where another was cut off nobody
 * knows, nor of any time once a summary is missing.
 */
export const betweenRuns = ({ runs, damaged }: KeptRuns): ((atMs: number) => boolean) => {
  if (damaged > 0) return () => false;
  const pauses = runs.slice(0, -1).flatMap((later, i) => {
    const earlier = runs[i + 1];
    return earlier === undefined || later.mode === 'resume'
      ? []
      : [{ fromMs: Date.parse(earlier.endedAt), untilMs: Date.parse(later.startedAt) }];
  });
  return (atMs) => pauses.some(({ fromMs, untilMs }) => atMs > fromMs && atMs < untilMs);
};

/** When the last run ended of which a summary is there, in ms; undefined when there is none. */
export const lastEndMs = ({ runs }: KeptRuns): number | undefined => {
  const [last] = runs;
  return last && Date.parse(last.endedAt);
};
