import { AsyncLocalStorage } from 'node:async_hooks';

import { type Content, type ContentType, type Space, isTreeNode } from './model.js';
import type { View } from './view.js';

/** All content of the wiki by id, by type and by parent. Records are immutable: a change puts a new one. */
export class ContentStore {
  /** Grows with every change: what was computed from the store is valid while it stays the same. */
  revision = 0;
  /** How many records are restricted. */
  hiddenCount = 0;
  /** What the request at hand sees; nothing is hidden from others. */
  readonly view = new AsyncLocalStorage<View>();
  readonly spaces = new Map<string, Space>();
  readonly #contents = new Map<string, Content>();
  readonly #idsByType = new Map<ContentType, string[]>();
  readonly #below = new Map<string, string[]>();

  get(id: string): Content | undefined {
    return this.#contents.get(id);
  }

  /** Adds a space or replaces the one with its id. */
  putSpace(space: Space): Space {
    this.spaces.set(space.id, space);
    this.revision += 1;
    return space;
  }

  /** Adds a record or replaces the one with its id. New ids of a type must ascend. */
  put(content: Content): void {
    const before = this.#contents.get(content.id);
    const above = aboveOf(content);
    if (before === undefined) push(this.#idsByType, content.type, content.id);
    if (before === undefined || aboveOf(before) !== above) {
      if (before !== undefined) this.#unlink(before);
      if (above !== null) push(this.#below, above, content.id);
    }
    this.#contents.set(content.id, content);
    this.#count(content, before);
  }

  remove(content: Content): void {
    this.#unlink(content);
    this.#contents.delete(content.id);
    const ids = this.#idsByType.get(content.type) ?? [];
    this.#idsByType.set(
      content.type,
      ids.filter((id) => id !== content.id),
    );
    this.#count(undefined, content);
  }

  /** Everything of one type, ids ascending. */
  *ofType(type: ContentType): Generator<Content> {
    for (const id of this.#idsByType.get(type) ?? []) {
      const content = this.#contents.get(id);
      if (content !== undefined) yield content;
    }
  }

  /** What stands directly below: children in the tree, attachments and comments of a page, in order of arrival. */
  below(id: string): readonly Content[] {
    return (this.#below.get(id) ?? []).flatMap((child) => this.#contents.get(child) ?? []);
  }

  #count(now: Content | undefined, before: Content | undefined): void {
    this.hiddenCount += Number(now?.hidden ?? false) - Number(before?.hidden ?? false);
    this.revision += 1;
  }

  #unlink(content: Content): void {
    const above = aboveOf(content);
    if (above === null) return;
    const rest = (this.#below.get(above) ?? []).filter((id) => id !== content.id);
    if (rest.length === 0) this.#below.delete(above);
    else this.#below.set(above, rest);
  }
}

const aboveOf = (content: Content): string | null => {
  if (isTreeNode(content)) return content.parentId;
  return content.type === 'blogpost' ? null : content.containerId;
};

const push = <K>(map: Map<K, string[]>, key: K, id: string): void => {
  const ids = map.get(key);
  if (ids === undefined) map.set(key, [id]);
  else ids.push(id);
};
