import { type Kind, PAGE_KINDS } from './kinds.js';
import { type ItemRecord, recordKey } from './records.js';

/**
 * What is known of a mirrored item that no listing tells of. `gone`: trashed, archived, deleted or in another space, by
 * the wiki's own word. `alive`: the listing has left it out. `unseen`: gone or hidden from this account, which of the two
 * nobody says. `outside`: alive, and not a part of what is mirrored now. `unknown`: it could not be asked for.
 */
export type Whereabouts = 'gone' | 'alive' | 'unseen' | 'outside' | 'unknown';

/** Statuses of what has left the space's tree. */
const LEFT: ReadonlySet<string> = new Set(['archived', 'trashed', 'deleted']);

/** What the wiki's word on an item by its id says; undefined where it is not to be seen. Only known words prove anything. */
export const whereaboutsByStatus = (status: string | undefined): Whereabouts => {
  if (status === undefined) return 'unseen';
  if (status === 'current') return 'alive';
  return LEFT.has(status) ? 'gone' : 'unknown';
};

/** Why an item leaves the mirror: its whereabouts, the settings, or that nothing stands below it any more. */
export type DepartureReason = 'gone' | 'unseen' | 'outside' | 'unwanted' | 'childless';

export interface Departure {
  /** Record key of the item. */
  readonly key: string;
  readonly kind: Kind;
  readonly reason: DepartureReason;
}

export interface DepartureInput {
  /** Whether there is a record, by its key. */
  readonly isRecorded: (key: string) => boolean;
  /** Whether an item is listed; of what hangs on a page only where that page is listed, too. */
  readonly isListed: (kind: Kind, id: string) => boolean;
  /** By record key; absent means `unknown`. */
  readonly whereabouts: ReadonlyMap<string, Whereabouts>;
  /** Whether the settings leave an item out. */
  readonly isUnwanted: (kind: Kind, id: string) => boolean;
  /** Whether what this account does not see may leave: it is the one that pulled before, or the user insists. */
  readonly mayLoseUnseen: boolean;
}

/** The id of the page that an item hangs on; undefined for what stands by itself. */
const ownerOf = ({ kind, id, attachment }: ItemRecord): string | undefined =>
  kind === 'attachment' || kind === 'comments' ? (attachment?.pageId ?? id) : undefined;

/**
 * Returns what decides why an item leaves the mirror, which is not listed or not wanted; undefined: it stays. Only what is
 * proven gone, what the user left out, and (for the account that pulled before) what is not to be seen any more; whatever is
 * alive or unknown stays. What hangs on a page shares its fate.
 */
export const departureReasons = ({
  isRecorded,
  isListed,
  whereabouts,
  isUnwanted,
  mayLoseUnseen,
}: DepartureInput): ((record: ItemRecord) => DepartureReason | undefined) => {
  const reasonByPlace = (key: string): DepartureReason | undefined => {
    const place = whereabouts.get(key) ?? 'unknown';
    if (place === 'gone' || place === 'outside') return place;
    return place === 'unseen' && mayLoseUnseen ? 'unseen' : undefined;
  };
  return (record) => {
    const { kind, id } = record;
    const key = recordKey(kind, id);
    if (isUnwanted(kind, id)) return 'unwanted';
    // What has moved to another page does not leave with the one that it hung on.
    if (isListed(kind, id) || whereabouts.get(key) === 'alive') return undefined;
    const owner = ownerOf(record);
    const ownerKind = PAGE_KINDS.find((each) => owner !== undefined && isRecorded(recordKey(each, owner)));
    if (owner !== undefined && ownerKind !== undefined && !isListed(ownerKind, owner))
      return reasonByPlace(recordKey(ownerKind, owner));
    if (record.folder !== undefined && record.folder.type !== 'folder') return 'childless';
    return reasonByPlace(key);
  };
};
