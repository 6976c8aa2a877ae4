import type {
  Envelope,
  InventoryDone,
  RatePaused,
  RunStarted,
  RxsyncEvent,
  SettingChanged,
} from '../../events/events.js';
import type { ListingOf } from '../../core/kinds.js';
import type { IncompleteListing } from '../../events/incomplete-listing.js';
import { humanCount, humanDuration, quantity } from '../../core/human.js';
import { printable } from '../../core/printable.js';
import { GIVEN_AS } from '../name-flags.js';
import { changeLine } from './change-line.js';
import { LABELS } from '../../core/kind-labels.js';
import type { Look } from './renderer.js';
import type { Style } from './style.js';
import { wrapWords } from './wrap-words.js';

const secondsOf = ({ untilTs, ts }: RatePaused & Envelope): number =>
  Math.max(0, Math.ceil((Date.parse(untilTs) - Date.parse(ts)) / 1000));

const startNotice = ({ space, mode, resumed }: RunStarted): string => {
  if (resumed === undefined || resumed.total === 0) return `Pulling ${space} (${mode}).`;
  const remaining = Math.max(0, resumed.total - resumed.processed);
  return `Resuming: ${humanCount(resumed.processed)} already synced, ${humanCount(remaining)} remaining (${space}).`;
};

/** Why requests are held. */
export const pauseReason = (reason: string): string =>
  reason === 'unavailable' ? 'the wiki is not available and asks to wait' : `rate limit (${reason})`;

const pauseNotice = (event: RatePaused & Envelope): string =>
  `${pauseReason(event.reason)}: waiting ${humanDuration(secondsOf(event) * 1000)}`;

const LISTING_NAMES: Readonly<Record<ListingOf, string>> = {
  ...LABELS,
  comments: 'comments',
  labels: 'labels',
  names: "people's names",
};

/** One line on a listing that is not whole. */
export const incomplete = ({ of, message, hint }: IncompleteListing): string =>
  `${LISTING_NAMES[of]} could not be listed whole: ${printable(message)} ${printable(hint)}`;

/** A file that is done, for who wants to follow them one by one. */
const fileLine = (event: RxsyncEvent, style: Style): string | undefined => {
  switch (event.type) {
    case 'page.written':
    case 'attachment.written':
    case 'comments.written':
      return changeLine({ action: 'write', path: event.path, isNew: event.change === 'new' }, style);
    case 'folder.written':
      return changeLine({ action: 'write', path: event.path, isNew: true }, style);
    case 'page.moved':
    case 'attachment.moved':
    case 'comments.moved':
    case 'folder.moved':
      return changeLine({ action: 'move', from: event.from, path: event.to }, style);
    case 'page.deleted':
    case 'attachment.deleted':
    case 'comments.deleted':
    case 'folder.deleted':
      return changeLine({ action: 'delete', path: event.path }, style);
    default:
      return undefined;
  }
};

const paceNotice = (event: RxsyncEvent): string | undefined => {
  switch (event.type) {
    case 'rate.changed':
      return `concurrency${event.lane === undefined ? '' : ` of ${event.lane}`} ${event.previous} -> ${event.limit} (${event.cause})`;
    case 'retry.scheduled':
      return `retry ${event.attempt} (${event.lane}, ${event.status ?? event.code ?? 'no answer'}) in ${event.delayMs} ms`;
    default:
      return undefined;
  }
};

const flagOf = (setting: SettingChanged['setting']): string => GIVEN_AS[setting].replace(/^--/, '');

/** `comments: on -> off, 10 files leave` */
const settingNotice = (change: SettingChanged, { caution }: Style): string => {
  const { setting, from = 'off', to = 'off', effect } = change;
  return `${caution(`${flagOf(setting)}:`)} ${printable(from)} -> ${printable(to)}, ${printable(effect)}`;
};

const listed = (event: InventoryDone): string => {
  const { pages, folders, attachments, attachmentsLeftOut = 0, toFetch, toMove, toDelete } = event;
  const leftOut = attachmentsLeftOut === 0 ? '' : ` (${humanCount(attachmentsLeftOut)} more left out)`;
  const work = [
    `to fetch: ${quantity(toFetch.pages, 'page')}, ${quantity(toFetch.attachments, 'attachment')}`,
    ...(toMove > 0 ? [`to move: ${humanCount(toMove)}`] : []),
    ...(toDelete > 0 ? [`to delete: ${humanCount(toDelete)}`] : []),
  ];
  return `Listed ${quantity(pages, 'page')}, ${quantity(folders, 'folder')}, ${quantity(attachments, 'attachment')}${leftOut}; ${work.join('; ')}.`;
};

/** What is told in sentences; undefined for other events. */
const sentence = (event: RxsyncEvent, { isVerbose, style }: Look): string | undefined => {
  switch (event.type) {
    case 'run.started':
      return startNotice(event);
    case 'setting.changed':
      return settingNotice(event, style);
    case 'inventory.done':
      return listed(event);
    case 'item.failed':
      return `${style.bad('failed:')} ${event.kind} ${event.id} "${printable(event.title)}": ${printable(event.message)}`;
    case 'listing.incomplete':
      return `${style.caution('incomplete:')} ${incomplete(event)}`;
    case 'warning':
      return `${style.caution('warning:')} ${printable(event.message)}`;
    case 'page.skipped':
      return event.reason === 'not-visible'
        ? `gone since it was listed: page ${event.id} (${printable(event.path)})`
        : undefined;
    case 'rate.paused':
      return isVerbose || secondsOf(event) >= 5 ? pauseNotice(event) : undefined;
    default:
      return isVerbose ? paceNotice(event) : undefined;
  }
};

/** What a person wants to read while a pull runs; undefined for events that the progress covers. */
export const notice = (event: RxsyncEvent, look: Look): string | undefined => {
  const text = sentence(event, look);
  if (text !== undefined) return wrapWords(text, look.width ?? 0);
  // A path stays on one line: it is there to be copied.
  return look.isVerbose ? fileLine(event, look.style) : undefined;
};
