import type { Content, ContentType } from '../wiki/model.js';
import type { WikiState } from '../wiki/wiki-state.js';
import { type Order, sortBy } from './order.js';

export interface ListQuery {
  /** Equal keys, equal query. */
  readonly key: string;
  readonly types: readonly ContentType[];
  readonly where: (content: Content) => boolean;
  readonly order: Order<Content>;
  /** Read the search index, not the wiki itself. */
  readonly indexed?: boolean;
}

/** Sorted listings, kept as long as the wiki does not change. */
export interface Lists {
  query(query: ListQuery): readonly Content[];
}

const KEPT = 24;

const select = (contents: Iterable<Content>, where: (content: Content) => boolean): readonly Content[] => {
  const found: Content[] = [];
  for (const content of contents) if (where(content)) found.push(content);
  return found;
};

export const createLists = ({ store, index }: Pick<WikiState, 'store' | 'index'>): Lists => {
  const kept = new Map<string, readonly Content[]>();
  let revision = '';
  const run = ({ types, where, order, indexed }: ListQuery): readonly Content[] =>
    sortBy(
      order,
      types.flatMap((type) => select(indexed === true ? index.ofType(type) : store.ofType(type), where)),
    );
  return {
    query(query) {
      if (revision !== index.revision) kept.clear();
      revision = index.revision;
      const key = `${store.view.getStore()?.key ?? ''} ${query.key}`;
      const known = kept.get(key);
      if (known !== undefined) return known;
      if (kept.size >= KEPT) kept.clear();
      const found = run(query);
      kept.set(key, found);
      return found;
    },
  };
};
