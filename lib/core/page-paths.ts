import { compareIds } from './compare-ids.js';
import type { Format, Inventory, ListedPage } from './content.js';
import { createNamePool, isDeviceName } from './file-names.js';
import { pageTree, type TreeNode } from './page-tree.js';
import { MAX_SLUG_BYTES, slugify } from './slug.js';
import { utf8Length } from './utf8.js';

/** No path of a mirror is longer, in bytes of UTF-8. */
export const MAX_PATH_BYTES = 240;
/** In a directory whose path is longer than this, slugs are cut to {@link SHORT_SLUG_BYTES}. */
const LONG_DIRECTORY_BYTES = 80;
const SHORT_SLUG_BYTES = 24;
/** A directory path longer than this is not nested further: its children stand below {@link DEEP}. */
const MAX_DIRECTORY_BYTES = 156;
/** No slug starts with an underscore. */
const DEEP = '_deep';

/** Where things are, as POSIX paths relative to the mirror. */
export interface PagePaths {
  /** Page or blog post id to its path without extension. */
  readonly pages: ReadonlyMap<string, string>;
  /** Folder (whiteboard, database, …) id to its directory. */
  readonly folders: ReadonlyMap<string, string>;
}

const EXTENSION: Readonly<Record<Format, string>> = { markdown: '.md', storage: '.xhtml', adf: '.adf.json' };

export const bodyPath = (base: string, format: Format): string => base + EXTENSION[format];

/** The format of a page's file. */
export const formatOf = (path: string): Format => {
  if (path.endsWith(EXTENSION.storage)) return 'storage';
  return path.endsWith(EXTENSION.adf) ? 'adf' : 'markdown';
};

export const metaPath = (base: string): string => `${base}.meta.json`;
export const commentsPath = (base: string): string => `${base}.comments.md`;
export const attachmentsDirectory = (base: string): string => `${base}.attachments`;

/** As one text: a template would keep its parts in memory, for every page of a space. */
const join = (directory: string, name: string): string =>
  directory === '' ? name : [directory, name].join('/');

type NamePool = ReturnType<typeof createNamePool>;

/** The names of a directory, without those that mean something else there. */
const namesOf = (directory: string): NamePool =>
  createNamePool(directory === '' ? ['index', 'blog'] : ['index']);

/** Gives the item its name within a directory; ask in ascending order of ids. */
const nameIn = (directory: string, pool: NamePool, id: string, title: string, prefix = ''): string => {
  const room = utf8Length(directory) > LONG_DIRECTORY_BYTES ? SHORT_SLUG_BYTES : MAX_SLUG_BYTES;
  const slug = slugify(title, room);
  if (slug === '') return pool(prefix + id, (attempt) => `${prefix}${id}-${attempt}`);
  const withId = `${prefix}${slug}-${id}`;
  const wish = isDeviceName(slug) ? withId : prefix + slug;
  return pool(wish, (attempt) => (attempt === 1 ? withId : `${withId}-${attempt}`));
};

const childDirectory = (path: string, id: string): string =>
  utf8Length(path) > MAX_DIRECTORY_BYTES ? `${DEEP}/${id}` : path;

interface Placed {
  readonly pages: Map<string, string>;
  readonly folders: Map<string, string>;
}

const placeTree = (
  roots: readonly TreeNode[],
  homepageId: string | undefined,
  { pages, folders }: Placed,
): void => {
  const home = roots.find(({ id, type }) => id === homepageId && (type === 'page' || type === 'unknown'));
  if (home?.type === 'page') pages.set(home.id, 'index');
  const top = home ? [...roots.filter((node) => node !== home), ...home.children] : [...roots];
  const waiting: { directory: string; nodes: readonly TreeNode[] }[] = [
    { directory: '', nodes: top.sort((a, b) => compareIds(a.id, b.id)) },
  ];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const pool = namesOf(next.directory);
    for (const node of next.nodes) {
      const path = join(next.directory, nameIn(next.directory, pool, node.id, node.title));
      (node.type === 'page' ? pages : folders).set(node.id, path);
      if (node.children.length > 0)
        waiting.push({ directory: childDirectory(path, node.id), nodes: node.children });
    }
  }
};

const DAY = /^\d{4}-\d{2}-\d{2}/;

/** Blog posts stand by the UTC day of their creation; without one, below `blog/undated`. */
const placeBlogPosts = (posts: readonly ListedPage[], pages: Map<string, string>): void => {
  const pools = new Map<string, NamePool>();
  for (const post of [...posts].sort((a, b) => compareIds(a.id, b.id))) {
    const day = DAY.exec(post.createdAt ?? '')?.[0];
    const directory = `blog/${day?.slice(0, 4) ?? 'undated'}`;
    const pool = pools.get(directory) ?? namesOf(directory);
    pools.set(directory, pool);
    pages.set(post.id, `${directory}/${nameIn(directory, pool, post.id, post.title, day ? `${day}-` : '')}`);
  }
};

/**
 * Gives every page, blog post and folder of a space its path. A path depends on the item's own title, those of its
 * ancestors and, where names would clash, its siblings; no two items share one on a case-insensitive file system.
 */
export const pagePaths = ({
  space,
  pages,
  folders,
}: Pick<Inventory, 'space' | 'pages' | 'folders'>): PagePaths => {
  const placed: Placed = { pages: new Map(), folders: new Map() };
  placeTree(pageTree(pages, folders), space.homepageId, placed);
  placeBlogPosts(
    pages.filter((page) => page.kind === 'blogpost'),
    placed.pages,
  );
  return placed;
};
