import { parseHttpDate } from '../core/header-values.js';
import type { ResponseSample } from '../core/request-lane.js';
import { type Finding, ok, skipped, warning } from './finding.js';
import { median } from './median.js';

/** A header tells whole seconds, and answers take their time. */
const TOLERATED_MS = 60_000;

/** By how much the clock here is ahead of the wiki's, in ms; undefined when no answer tells its time. */
export const clockSkewMs = (samples: readonly ResponseSample[]): number | undefined =>
  median(
    samples.flatMap(({ headers, startedAtMs, atMs, lane }) => {
      const dateMs = lane === 'media' ? undefined : parseHttpDate(headers.date);
      return dateMs === undefined ? [] : [(startedAtMs + atMs) / 2 - dateMs];
    }),
  );

const inWords = (ms: number): string => {
  const seconds = Math.round(Math.abs(ms) / 1000);
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
};

/** Whether the clock here goes as the wiki's does. */
export const clockFinding = (samples: readonly ResponseSample[]): Finding => {
  const skewMs = clockSkewMs(samples);
  if (skewMs === undefined) return skipped('clock', 'No answer told the time of the wiki.');
  if (Math.abs(skewMs) <= TOLERATED_MS) return ok('clock', 'The clock here goes as that of the wiki.');
  return warning(
    'clock',
    `The clock here is ${inWords(skewMs)} ${skewMs > 0 ? 'ahead of' : 'behind'} that of the wiki.`,
    'Set it by a time server (timedatectl set-ntp true): certificates, checkpoints and schedules go by it. Deltas go by the clock of the wiki.',
  );
};
