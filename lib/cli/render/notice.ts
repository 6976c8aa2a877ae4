import type { RunStarted, RxsyncEvent } from '../../events/events.js';
import type { ListingOf } from '../../core/kinds.js';
import type { IncompleteListing } from '../../events/incomplete-listing.js';
import { humanCount } from '../human.js';
import { printable } from '../printable.js';
import { LABELS } from './labels.js';

const secondsUntil = (ts: string, from: string): number =>
  Math.max(0, Math.ceil((Date.parse(ts) - Date.parse(from)) / 1000));

const startNotice = ({ space, mode, resumed }: RunStarted): string => {
  if (resumed === undefined || resumed.total === 0) return `Pulling ${space} (${mode}).`;
  const remaining = Math.max(0, resumed.total - resumed.processed);
  return `Resuming: ${humanCount(resumed.processed)} already synced, ${humanCount(remaining)} remaining (${space}).`;
};

const pauseReason = (reason: string): string =>
  reason === 'unavailable' ? 'the wiki is not available and asks to wait' : `rate limit (${reason})`;

const LISTING_NAMES: Readonly<Record<ListingOf, string>> = {
  ...LABELS,
  comments: 'comments',
  labels: 'labels',
  names: "people's names",
};

/** One line on a listing that is not whole. */
export const incomplete = ({ of, message, hint }: IncompleteListing): string =>
  `${LISTING_NAMES[of]} could not be listed whole: ${printable(message)} ${printable(hint)}`;

/** What a person wants to read while a pull runs; undefined for events that the progress line covers. */
export const notice = (event: RxsyncEvent, isVerbose: boolean): string | undefined => {
  switch (event.type) {
    case 'run.started':
      return startNotice(event);
    case 'inventory.done':
      return `Listed ${humanCount(event.pages)} pages, ${humanCount(event.folders)} folders, ${humanCount(event.attachments)} attachments; to fetch: ${humanCount(event.toFetch.pages)} pages, ${humanCount(event.toFetch.attachments)} attachments.`;
    case 'item.failed':
      return `failed: ${event.kind} ${event.id} "${printable(event.title)}": ${printable(event.message)}`;
    case 'listing.incomplete':
      return `incomplete: ${incomplete(event)}`;
    case 'warning':
      return `warning: ${printable(event.message)}`;
    case 'rate.paused': {
      const seconds = secondsUntil(event.untilTs, event.ts);
      return seconds >= 5 || isVerbose ? `${pauseReason(event.reason)}: waiting ${seconds} s` : undefined;
    }
    case 'rate.changed':
      return isVerbose
        ? `concurrency${event.lane === undefined ? '' : ` of ${event.lane}`} ${event.previous} -> ${event.limit} (${event.cause})`
        : undefined;
    case 'retry.scheduled':
      return isVerbose
        ? `retry ${event.attempt} (${event.lane}, ${event.status ?? event.code ?? 'no answer'}) in ${event.delayMs} ms`
        : undefined;
    case 'page.skipped':
      return event.reason === 'not-visible'
        ? `gone since it was listed: page ${event.id} (${printable(event.path)})`
        : undefined;
    default:
      return undefined;
  }
};
