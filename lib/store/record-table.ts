import { KINDS, type Kind } from '../core/kinds.js';
import { type Outline, outlineOf } from '../core/outline.js';
import { type ItemRecord, recordKey } from '../core/records.js';
import { StoreError } from '../errors/store-error.js';
import type { Change, Rows } from './rows.js';

/** How much of one kind a mirror holds. */
export interface KindSize {
  readonly items: number;
  readonly files: number;
  readonly bytes: number;
}

/** How much of each kind a mirror holds. */
export type Sizes = Readonly<Record<Kind, KindSize>>;

/** How many items there are of each kind. */
export const countsOf = ({ page, blogpost, folder, attachment, comments }: Sizes): Record<Kind, number> => ({
  page: page.items,
  blogpost: blogpost.items,
  folder: folder.items,
  attachment: attachment.items,
  comments: comments.items,
});

/** A record with the number of the run that has put it. */
export interface StoredRecord {
  readonly run: number;
  readonly record: ItemRecord;
}

/** The outline of such a record. */
export interface StoredOutline {
  readonly run: number;
  readonly outline: Outline;
}

const has =
  <T extends object>(key: keyof T & string) =>
  (row: unknown): row is T =>
    typeof row === 'object' && row !== null && key in row;

const isStored = has<StoredRecord>('record');
const isOutlined = has<StoredOutline>('outline');

/** The checksum of a row vouches for what is in it. */
const read = <T>(text: string, isIt: (row: unknown) => row is T): T => {
  const row: unknown = JSON.parse(text);
  if (isIt(row)) return row;
  throw new StoreError('A row of the records is of another kind than its key says.');
};

const recordIn = (text: string): StoredRecord => read(text, isStored);
const outlineIn = (text: string): StoredOutline => read(text, isOutlined);

/** Rows of outlines stand together, so that all of them are read without their records. */
const OUTLINE = 'outline:';

/** Whether a row tells of a record, beside the record itself. */
export const isOfRecord = (key: string): boolean => key.startsWith(OUTLINE);

const NOTHING: KindSize = { items: 0, files: 0, bytes: 0 };

const prefixOf = (kind: Kind): string => recordKey(kind, '');

const outlineRow = ({ run, outline }: StoredOutline): Change => [
  OUTLINE + recordKey(outline.kind, outline.id),
  JSON.stringify({ run, outline }),
];

/** What the mirror holds of each item, by record key. */
export interface Records {
  get(key: string): ItemRecord | undefined;
  has(key: string): boolean;
  /** Record keys, in ascending order; `kind`: of these items only. */
  keys(kind?: Kind): AsyncIterable<string>;
  all(kind?: Kind): AsyncIterable<ItemRecord>;
  /** What they come to. */
  readonly sizes: Sizes;
}

const add = (size: KindSize, { files }: Outline, sign: 1 | -1): KindSize => ({
  items: size.items + sign,
  files: size.files + sign * files.length,
  bytes: size.bytes + sign * files.reduce((sum, { bytes }) => sum + bytes, 0),
});

/** The records of a mirror as rows: each with its outline as another one, written together. */
export class RecordTable implements Records {
  readonly #rows: Rows;
  readonly #sizes: Record<Kind, KindSize> = {
    page: NOTHING,
    blogpost: NOTHING,
    folder: NOTHING,
    attachment: NOTHING,
    comments: NOTHING,
  };

  constructor(rows: Rows) {
    this.#rows = rows;
  }

  /** Of what was counted and put. */
  get sizes(): Sizes {
    return { ...this.#sizes };
  }

  get(key: string): ItemRecord | undefined {
    return this.stored(key)?.record;
  }

  stored(key: string): StoredRecord | undefined {
    const text = this.#rows.get(key);
    return text === undefined ? undefined : recordIn(text);
  }

  outline(key: string): Outline | undefined {
    const text = this.#rows.get(OUTLINE + key);
    return text === undefined ? undefined : outlineIn(text).outline;
  }

  has(key: string): boolean {
    return this.#rows.get(OUTLINE + key) !== undefined;
  }

  async *keys(kind?: Kind): AsyncGenerator<string> {
    for (const each of kind === undefined ? KINDS : [kind])
      for await (const key of this.#rows.keys(OUTLINE + prefixOf(each))) yield key.slice(OUTLINE.length);
  }

  async *all(kind?: Kind): AsyncGenerator<ItemRecord> {
    for await (const { record } of this.#everything(kind)) yield record;
  }

  /** All of them, some at a time: there are many, and each is looked at in a moment. */
  async *outlines(): AsyncGenerator<readonly StoredOutline[]> {
    for (const kind of KINDS)
      for await (const rows of this.#rows.entries(OUTLINE + prefixOf(kind)))
        yield rows.map(([, text]) => outlineIn(text));
  }

  /** Makes the outlines of the records anew, where rows of either may be lost. */
  async outlineAnew(): Promise<void> {
    for await (const key of this.keys())
      if (this.stored(key) === undefined) await this.#rows.write([[OUTLINE + key, undefined]]);
    for await (const { run, record } of this.#everything())
      await this.#rows.write([outlineRow({ run, outline: outlineOf(record) })]);
  }

  /** Takes a record that was there before into the sizes. */
  count(outline: Outline): void {
    this.#sizes[outline.kind] = add(this.#sizes[outline.kind], outline, 1);
  }

  put(run: number, record: ItemRecord): Promise<void> {
    const key = recordKey(record.kind, record.id);
    const stored: StoredRecord = { run, record };
    const outline = outlineOf(record);
    this.#uncount(key);
    this.count(outline);
    return this.#rows.write([[key, JSON.stringify(stored)], outlineRow({ run, outline })]);
  }

  remove(key: string): Promise<void> {
    this.#uncount(key);
    return this.#rows.write([
      [key, undefined],
      [OUTLINE + key, undefined],
    ]);
  }

  async *#everything(kind?: Kind): AsyncGenerator<StoredRecord> {
    for (const each of kind === undefined ? KINDS : [kind])
      for await (const rows of this.#rows.entries(prefixOf(each)))
        for (const [, text] of rows) yield recordIn(text);
  }

  #uncount(key: string): void {
    const before = this.outline(key);
    if (before) this.#sizes[before.kind] = add(this.#sizes[before.kind], before, -1);
  }
}
