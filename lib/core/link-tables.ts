import type { LabelCondition } from '../convert/index.js';
import type { PageReference } from '../convert/reference.js';
import { compareIds } from './compare-ids.js';
import type { Inventory, ListedPage, PageKind } from './content.js';
import { findById } from './find-by-id.js';
import { lazy } from './lazy.js';

/** Finds pages of an inventory by what references say of them; lists are in ascending order of ids. */
export interface LinkTables {
  readonly findPage: (reference: PageReference) => ListedPage | undefined;
  /** The homepage of the space with this key. */
  readonly homepageOf: (spaceKey: string) => ListedPage | undefined;
  readonly childrenOf: (pageId: string) => readonly ListedPage[];
  /** The pages with certain labels; undefined when labels are not mirrored. */
  readonly labelled: (condition: LabelCondition) => readonly ListedPage[] | undefined;
}

const titleKey = (title: string): string => title.normalize('NFC').trim().toLowerCase();

const byId = <T extends { readonly id: string }>(items: readonly T[]): T[] =>
  [...items].sort((a, b) => compareIds(a.id, b.id));

const groupBy = <T>(items: Iterable<T>, key: (item: T) => string | undefined): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = key(item);
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return groups;
};

/** Those of a kind by their titles. Nearly all have one of their own: a list for each would take much memory. */
const titleTable = (pages: readonly ListedPage[], kind: PageKind) => {
  const first = new Map<string, ListedPage>();
  const namesakes = new Map<string, ListedPage[]>();
  for (const page of pages) {
    if (page.kind !== kind) continue;
    const key = titleKey(page.title);
    const known = first.get(key);
    const all = namesakes.get(key);
    if (known === undefined) first.set(key, page);
    else if (all === undefined) namesakes.set(key, [known, page]);
    else all.push(page);
  }
  return (title: string): readonly ListedPage[] => {
    const key = titleKey(title);
    const known = first.get(key);
    return known === undefined ? [] : (namesakes.get(key) ?? [known]);
  };
};

/** Of posts with one title that of the day; the only one whatever its day, which depends on the author's time zone. */
const postOfDay = (posts: readonly ListedPage[], postingDay: string | undefined): ListedPage | undefined => {
  const day = postingDay?.replaceAll('/', '-');
  const ofDay = posts.find(({ createdAt }) => day === undefined || createdAt?.startsWith(day));
  return ofDay ?? (posts.length === 1 ? posts[0] : undefined);
};

/** Each table is made when a reference first needs it: of an unchanged mirror none is. */
export const linkTables = (inventory: Pick<Inventory, 'space' | 'pages'>): LinkTables => {
  const pages = lazy(() => byId(inventory.pages));
  const titled = {
    page: lazy(() => titleTable(pages(), 'page')),
    blogpost: lazy(() => titleTable(pages(), 'blogpost')),
  };
  const hasLabels = lazy(() => inventory.pages.some(({ labels }) => labels !== undefined));
  const children = lazy(() => groupBy(pages(), (page) => page.parentId));

  const findPage = (reference: PageReference): ListedPage | undefined => {
    if (reference.kind === 'page-id') return findById(pages(), reference.id);
    if (reference.spaceKey !== undefined && reference.spaceKey !== inventory.space.key) return undefined;
    const found = titled[reference.kind]()(reference.title);
    return reference.kind === 'page' ? found[0] : postOfDay(found, reference.postingDay);
  };

  return {
    findPage,
    homepageOf: (spaceKey) => {
      const { key, homepageId } = inventory.space;
      return spaceKey !== key || homepageId === undefined ? undefined : findById(pages(), homepageId);
    },
    childrenOf: (pageId) => children().get(pageId) ?? [],
    labelled: (condition) =>
      hasLabels()
        ? pages().filter(({ labels = [] }) =>
            condition.every((some) => some.some((label) => labels.includes(label))),
          )
        : undefined,
  };
};
