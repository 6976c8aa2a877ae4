import { memoize } from '../core/memoize.js';
import { type FileStamp, type ItemRecord, recordKey } from '../core/records.js';
import type { Records } from '../store/record-table.js';
import type { Ancestor, MirrorDocument } from './document.js';
import { shortHash } from './page-documents.js';

/** Counts up when the same files give other documents than before. */
const CUT = 2;

/** What the documents of a page are made of. */
export interface PageSource {
  readonly key: string;
  readonly id: string;
  readonly kind: Exclude<MirrorDocument['kind'], 'comments'>;
  /** Its text, and what stands beside it in formats that have no front matter. */
  readonly files: readonly FileStamp[];
  readonly comments: FileStamp | undefined;
  readonly ancestors: readonly Ancestor[];
  /** Another one means that the documents may be others. */
  readonly source: string;
}

interface Place extends Ancestor {
  readonly parentId: string | undefined;
}

/** Ancestors that are remembered: most pages share theirs with others. */
const MOST_PLACES = 10_000;

const placeOf = (record: ItemRecord | undefined): Place | undefined => {
  const item = record?.page ?? record?.folder;
  return item && { id: item.id, title: item.title, parentId: item.parentId };
};

type PlaceOf = (id: string) => Place | undefined;

const ancestorsOf = (placeAt: PlaceOf, parentId: string | undefined): readonly Ancestor[] => {
  const ancestors: Ancestor[] = [];
  const seen = new Set<string>();
  for (let id = parentId; id !== undefined && !seen.has(id);) {
    seen.add(id);
    const place = placeAt(id);
    if (place !== undefined) ancestors.unshift({ id, title: place.title });
    id = place?.parentId;
  }
  return ancestors;
};

const sourceOf = (records: Records, placeAt: PlaceOf, record: ItemRecord): PageSource => {
  const { id, files, page } = record;
  const kind = record.kind === 'blogpost' ? 'blogpost' : 'page';
  const [comments] = records.get(recordKey('comments', id))?.files ?? [];
  const ancestors = ancestorsOf(placeAt, page?.parentId);
  const stamps = [...files, ...(comments ? [comments] : [])].map(({ path, hash }) => [path, hash]);
  const source = shortHash([CUT, stamps, ancestors]);
  return { key: recordKey(kind, id), id, kind, files, comments, ancestors, source };
};

/** All pages and blog posts of a mirror that have a file, by ascending keys. */
export async function* pageSources(records: Records): AsyncGenerator<PageSource> {
  const placeAt = memoize(
    (id) => placeOf(records.get(recordKey('page', id)) ?? records.get(recordKey('folder', id))),
    MOST_PLACES,
  );
  for (const kind of ['blogpost', 'page'] as const)
    for await (const record of records.all(kind))
      if (record.files.length > 0) yield sourceOf(records, placeAt, record);
}
