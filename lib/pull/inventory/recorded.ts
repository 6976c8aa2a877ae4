import type { ListedAttachment, ListedPage } from '../../core/content.js';
import type { Kind } from '../../core/kinds.js';
import type { ItemRecord } from '../../core/records.js';
import type { Prior } from '../run/prior.js';

/** What the listing said of a recorded page; a record that was damaged tells no more than that there is one. */
export const recordedPage = ({ kind, id, page }: ItemRecord): ListedPage | undefined => {
  if (page !== undefined || (kind !== 'page' && kind !== 'blogpost')) return page;
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

/** The records of some kinds that are not listed. */
export async function* absentRecords(
  { records }: Prior,
  kinds: readonly Kind[],
  isListed: (key: string, id: string, kind: Kind) => boolean,
): AsyncGenerator<ItemRecord> {
  for (const kind of kinds)
    for await (const key of records.keys(kind)) {
      const record = isListed(key, key.slice(kind.length + 1), kind) ? undefined : records.get(key);
      if (record !== undefined) yield record;
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
