import type { ContentStore } from './content-store.js';
import type { Content, ContentType } from './model.js';

interface Pending {
  readonly before: Content | undefined;
  readonly visibleAt: number;
}

/** What search sees: the store as it was `lagMs` ago. A change hides what came after it until the lag has passed. */
export interface SearchIndex {
  /** Tells of a change before it is made. */
  note(id: string): void;
  /** The content of one type as the index knows it. */
  ofType(type: ContentType): Iterable<Content>;
  /** Changes when the answer of `ofType` may have changed. */
  readonly revision: string;
  /** Makes every change searchable now. */
  flush(): void;
}

export const createSearchIndex = (store: ContentStore, lagMs: number, timer: () => number): SearchIndex => {
  const pending = new Map<string, Pending>();
  const settle = (): void => {
    for (const [id, entry] of pending) if (entry.visibleAt <= timer()) pending.delete(id);
  };
  return {
    note(id) {
      if (lagMs === 0) return;
      settle();
      const known = pending.get(id);
      pending.set(id, {
        before: known === undefined ? store.get(id) : known.before,
        visibleAt: timer() + lagMs,
      });
    },
    *ofType(type) {
      settle();
      for (const content of store.ofType(type)) {
        const indexed = pending.has(content.id) ? pending.get(content.id)?.before : content;
        if (indexed !== undefined) yield indexed;
      }
    },
    get revision() {
      settle();
      return `${store.revision}:${pending.size}`;
    },
    flush: () => pending.clear(),
  };
};
