import type { ItemRecord } from '../../core/records.js';

/** What a mirror holds when the run begins. */
export interface Prior {
  readonly records: ReadonlyMap<string, ItemRecord>;
  /** Keys of the records whose files are whole. */
  readonly sound: ReadonlySet<string>;
  /** Since when a quick delta has to look: time of the last complete pull, ISO 8601. Absent: the listing is whole. */
  readonly since?: string;
  /** Account id of who pulled last; null when nobody knows. */
  readonly account: string | null;
  /** Whether the mirror holds what is asked for now, by space, ancestor, label and CQL. */
  readonly isSameScope: boolean;
}
