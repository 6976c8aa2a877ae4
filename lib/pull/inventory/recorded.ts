import type { ListedAttachment, ListedPage } from '../../core/content.js';
import { isPageKind, type Kind } from '../../core/kinds.js';
import type { ItemRecord } from '../../core/records.js';
import type { Prior } from '../run/prior.js';

/** What the listing said of a recorded page; a record that was damaged tells no more than that there is one. */
export const recordedPage = ({ kind, id, page }: ItemRecord): ListedPage | undefined => {
  if (page !== undefined || !isPageKind(kind)) return page;
  return {
    kind,
    id,
    title: '',
    parentId: undefined,
    parentType: undefined,
    version: 0,
    createdAt: undefined,
    updatedAt: undefined,
    authorId: undefined,
  };
};

/** As `recordedPage`, of an attachment. */
export const recordedAttachment = ({
  kind,
  id,
  attachment,
  files,
}: ItemRecord): ListedAttachment | undefined => {
  if (attachment !== undefined || kind !== 'attachment') return attachment;
  const title = files[0]?.path.split('/').at(-1) ?? '';
  return { id, pageId: '', title, version: 0, sizeBytes: undefined, mediaType: undefined, fileId: undefined };
};

type IsListed = (kind: Kind, id: string) => boolean;

const idIn = (key: string, kind: Kind): string => key.slice(kind.length + 1);

/**
 * Whether those that were known when the mirror was opened are all that are recorded, and listed: nothing need be read then. None
 * is removed before the survey is complete.
 */
const areAllListed = ({ records, settled }: Absence, kind: Kind, isListed: IsListed): boolean => {
  let listed = 0;
  if (isPageKind(kind)) for (const id of settled[kind].keys()) if (isListed(kind, id)) listed += 1;
  return listed === records.sizes[kind].items;
};

type Absence = Pick<Prior, 'records' | 'settled'>;

/** The records of some kinds that are not listed. */
export async function* absentRecords(
  prior: Absence,
  kinds: readonly Kind[],
  isListed: IsListed,
): AsyncGenerator<ItemRecord> {
  const { records } = prior;
  for (const kind of kinds) {
    if (areAllListed(prior, kind, isListed)) continue;
    for await (const key of records.keys(kind)) {
      const record = isListed(kind, idIn(key, kind)) ? undefined : records.get(key);
      if (record !== undefined) yield record;
    }
  }
}

/** What is taken in at once. */
const CHUNK = 1000;

/** Some at a time. */
export async function* chunksOf<T>(items: AsyncIterable<T>): AsyncGenerator<readonly T[]> {
  let chunk: T[] = [];
  for await (const item of items) {
    chunk.push(item);
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
