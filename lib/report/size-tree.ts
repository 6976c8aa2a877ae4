import type { ItemRecord } from '../core/records.js';

/** A part of a mirror with what its files come to. */
export interface SizeNode {
  /** The title of its page, else its name. */
  readonly name: string;
  /** Of its page's file, where there is one. */
  readonly path?: string;
  readonly bytes: number;
  readonly files: number;
  /** It stands for many small ones. */
  readonly isRest?: boolean;
  /** The largest first. */
  readonly children: readonly SizeNode[];
}

/** Adds up records. */
export interface SizeTree {
  readonly add: (record: Pick<ItemRecord, 'kind' | 'files' | 'page'>) => void;
  /** Of the largest parts; what is smaller is one part of its own. */
  readonly root: () => SizeNode;
}

interface Part {
  title: string | undefined;
  path: string | undefined;
  bytes: number;
  files: number;
  readonly parts: Map<string, Part>;
}

/** How many parts are told of the whole, and of each part. */
const MOST = [36, 6] as const;

const ATTACHMENTS = '.attachments';
const ENDS = /(?:\.comments\.md|\.meta\.json|\.adf\.json|\.xhtml|\.md)$/;

const newPart = (): Part => ({ title: undefined, path: undefined, bytes: 0, files: 0, parts: new Map() });

const within = (part: Part, name: string): Part => {
  const found = part.parts.get(name) ?? newPart();
  part.parts.set(name, found);
  return found;
};

/** What a file belongs to: a page at the root with all below it, and in that the page itself, its attachments, or a page below it. */
const namesOf = (path: string): readonly [string, string] => {
  const [first = '', second] = path.split('/');
  const stem = first.endsWith(ATTACHMENTS) ? first.slice(0, -ATTACHMENTS.length) : first.replace(ENDS, '');
  if (second === undefined) return [stem, 'the page itself'];
  if (first.endsWith(ATTACHMENTS)) return [stem, 'its attachments'];
  return [
    stem,
    second.endsWith(ATTACHMENTS) ? second.slice(0, -ATTACHMENTS.length) : second.replace(ENDS, ''),
  ];
};

const rest = (nodes: readonly SizeNode[]): SizeNode => ({
  name: `${nodes.length} smaller ones`,
  isRest: true,
  bytes: nodes.reduce((sum, { bytes }) => sum + bytes, 0),
  files: nodes.reduce((sum, { files }) => sum + files, 0),
  children: [],
});

const nodesOf = (parts: ReadonlyMap<string, Part>, depth = 0): SizeNode[] => {
  const most = MOST[depth] ?? 0;
  const nodes = [...parts].map(([name, part]): SizeNode & { readonly part: Part } => ({
    name: part.title ?? name,
    ...(part.path !== undefined && { path: part.path }),
    bytes: part.bytes,
    files: part.files,
    children: [],
    part,
  }));
  const sorted = nodes.sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1));
  const shown = sorted.slice(0, most).map(({ part, ...node }) => ({
    ...node,
    children: part.parts.size > 1 ? nodesOf(part.parts, depth + 1) : [],
  }));
  const left = sorted.slice(most);
  return left.length > 0 ? [...shown, rest(left)] : shown;
};

/** Adds up the files of a mirror by the pages at its root, and within each by those directly below it. */
export const createSizeTree = (): SizeTree => {
  const root = newPart();
  return {
    add: ({ kind, files, page }) => {
      for (const { path, bytes } of files) {
        const [first, second] = namesOf(path);
        const part = within(root, first);
        for (const each of [root, part, within(part, second)]) {
          each.bytes += bytes;
          each.files += 1;
        }
        const isPage = (kind === 'page' || kind === 'blogpost') && !path.endsWith('.meta.json');
        const depth = path.split('/').length;
        if (!isPage || depth > 2) continue;
        const own = depth === 1 ? part : within(part, second);
        own.title = page?.title;
        own.path = path;
      }
    },
    root: () => ({
      name: 'all',
      bytes: root.bytes,
      files: root.files,
      children: nodesOf(root.parts),
    }),
  };
};
