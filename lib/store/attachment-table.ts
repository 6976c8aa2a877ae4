import { z } from 'zod';
import type { Attachments } from '../core/attachments.js';
import { compareIds } from '../core/compare-ids.js';
import type { ListedAttachment } from '../core/content.js';
import type { Rows } from './rows.js';

/** The checksum of a row vouches for what is in it. */
const Row = z.custom<readonly ListedAttachment[]>((row) => Array.isArray(row));

const PAGE = 'page:';
const ID = 'id:';
const FILE = 'file:';

type IsWanted = (attachment: ListedAttachment) => boolean;

const isNewer = (item: ListedAttachment, known: ListedAttachment): boolean => item.version >= known.version;

/** What one write changes of the pages and of where the attachments are. */
interface Changes {
  readonly pages: Map<string, Map<string, ListedAttachment>>;
  readonly pageIds: Map<string, string>;
}

/** What is listed of the attachments of a space as rows, which were empty, each attachment once. */
export class AttachmentTable implements Attachments {
  readonly #rows: Rows;
  readonly #isWanted: IsWanted | undefined;
  /** Then nothing need be looked up: the rows are empty at first. */
  #isEmpty = true;

  /** @param isWanted which attachments the mirror takes; absent: all */
  constructor(rows: Rows, isWanted?: IsWanted) {
    this.#rows = rows;
    this.#isWanted = isWanted;
  }

  of(pageId: string): readonly ListedAttachment[] {
    const all = this.listedOn(pageId);
    return this.#isWanted === undefined ? all : all.filter(this.#isWanted);
  }

  leftOutOf(pageId: string): readonly ListedAttachment[] {
    const isWanted = this.#isWanted;
    return isWanted === undefined ? [] : this.listedOn(pageId).filter((each) => !isWanted(each));
  }

  /** All of one page, in ascending order of ids. */
  listedOn(pageId: string): readonly ListedAttachment[] {
    const text = this.#isEmpty ? undefined : this.#rows.get(PAGE + pageId);
    return text === undefined ? [] : Row.parse(JSON.parse(text));
  }

  /** Whether an attachment is listed and the mirror does not take it. */
  isLeftOut(id: string): boolean {
    const pageId = this.#isWanted === undefined ? undefined : this.pageOf(id);
    return pageId !== undefined && this.leftOutOf(pageId).some((each) => each.id === id);
  }

  byFileId(fileId: string): ListedAttachment | undefined {
    const pageId = this.#rows.get(FILE + fileId);
    return pageId === undefined ? undefined : this.listedOn(pageId).find((each) => each.fileId === fileId);
  }

  /** The page that an attachment hangs on; undefined when none is listed with the id. */
  pageOf(id: string): string | undefined {
    return this.#isEmpty ? undefined : this.#rows.get(ID + id);
  }

  /** The pages that attachments were listed of. */
  async *pageIds(): AsyncGenerator<string> {
    for await (const key of this.#rows.keys(PAGE)) yield key.slice(PAGE.length);
  }

  add(items: readonly ListedAttachment[]): Promise<readonly ListedAttachment[]> {
    return this.#take(items, isNewer);
  }

  /** Takes attachments in, whatever was known of them. */
  async replace(items: readonly ListedAttachment[]): Promise<void> {
    await this.#take(items, () => true);
  }

  async #take(
    items: readonly ListedAttachment[],
    isBetter: (item: ListedAttachment, known: ListedAttachment) => boolean,
  ): Promise<readonly ListedAttachment[]> {
    const changes: Changes = { pages: new Map(), pageIds: new Map() };
    const fresh: ListedAttachment[] = [];
    for (const item of items) {
      const before = changes.pageIds.get(item.id) ?? this.pageOf(item.id);
      const known = before === undefined ? undefined : this.#onPage(changes, before).get(item.id);
      if (known !== undefined && !isBetter(item, known)) continue;
      if (before !== undefined) this.#onPage(changes, before).delete(item.id);
      this.#onPage(changes, item.pageId).set(item.id, item);
      changes.pageIds.set(item.id, item.pageId);
      if (before === undefined) fresh.push(item);
    }
    if (items.length > 0) this.#isEmpty = false;
    await this.#write(changes);
    return fresh;
  }

  #onPage({ pages }: Changes, pageId: string): Map<string, ListedAttachment> {
    const known = pages.get(pageId);
    if (known !== undefined) return known;
    const page = new Map(this.listedOn(pageId).map((each) => [each.id, each]));
    pages.set(pageId, page);
    return page;
  }

  #write({ pages, pageIds }: Changes): Promise<void> {
    const lists = [...pages].map(
      ([pageId, page]) => [pageId, [...page.values()].sort((a, b) => compareIds(a.id, b.id))] as const,
    );
    return this.#rows.write([
      ...lists.map(([pageId, list]) => [PAGE + pageId, JSON.stringify(list)] as const),
      ...[...pageIds].map(([id, pageId]) => [ID + id, pageId] as const),
      ...lists.flatMap(([pageId, list]) =>
        list.flatMap(({ fileId }) => (fileId === undefined ? [] : [[FILE + fileId, pageId] as const])),
      ),
    ]);
  }
}
