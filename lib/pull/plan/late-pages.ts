import type { ListedPage, PageKind } from '../../core/content.js';
import { recordKey } from '../../core/records.js';
import type { Prior } from '../run/prior.js';

/**
 * The ids of the listed pages that are late: the complete pull before did not have them, though they are older. They were hidden,
 * archived, in the trash, in another space or outside of what is mirrored, and may have been renamed there.
 */
export const latePages = (
  pages: readonly ListedPage[],
  { records, settled, late, lastSync }: Pick<Prior, 'records' | 'settled' | 'late' | 'lastSync'>,
): ReadonlySet<string> => {
  const syncedMs = Date.parse(lastSync ?? '');
  const isMirrored = (kind: PageKind, id: string): boolean =>
    settled[kind].has(id) || records.has(recordKey(kind, id));
  const isLate = ({ kind, id, createdAt }: ListedPage): boolean =>
    late.has(id) ||
    (!Number.isNaN(syncedMs) && !isMirrored(kind, id) && !(Date.parse(createdAt ?? '') > syncedMs));
  return new Set(pages.filter(isLate).map(({ id }) => id));
};
