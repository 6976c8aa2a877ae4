import { createHash } from 'node:crypto';
import { compareIds } from '../../core/compare-ids.js';
import type { Inventory, ListedPage } from '../../core/content.js';
import { pageFingerprint, pageShape } from '../../core/fingerprint.js';
import { type LinkStateContext, linkMarks, linkShapes, linkStates } from '../../core/link-state.js';
import type { PagePaths } from '../../core/page-paths.js';
import { pageAddress } from '../../core/view-address.js';
import type { Run } from '../run/run.js';

/** What is recorded of a page to tell whether its files are as they would be written now. */
export interface PageMarks {
  readonly pageFingerprint: (page: ListedPage, references: readonly string[]) => string;
  /** What of the page's files only a new rendering can change; see `ItemRecord.shape`. */
  readonly pageShape: (page: ListedPage, references: readonly string[]) => string;
  /** Both at once. */
  readonly pageMarks: (
    page: ListedPage,
    references: readonly string[],
  ) => { readonly fingerprint: string; readonly shape: string };
}

export interface PageMarksInput {
  readonly options: Pick<Run['options'], 'format' | 'flavor'>;
  readonly inventory: Inventory;
  readonly paths: PagePaths;
  readonly authorOf: (accountId: string | undefined) => string;
  readonly known: LinkStateContext;
}

/**
 * Ids of comments by page. A body in the wiki's own formats holds the markers of inline comments, which come and go
 * without a version of the page.
 */
const markersOf = (comments: Inventory['comments']): ReadonlyMap<string, readonly string[]> => {
  const markers = new Map<string, string[]>();
  for (const { pageId, id } of [...comments].sort((a, b) => compareIds(a.id, b.id)))
    markers.set(pageId, [...(markers.get(pageId) ?? []), id]);
  return markers;
};

/** As short as is long enough. */
export const digest = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, 22);

export const pageMarks = ({ options, inventory, paths, authorOf, known }: PageMarksInput): PageMarks => {
  const isMarkdown = options.format === 'markdown';
  /** The form of the body: the dialect is that of Markdown only. */
  const format = isMarkdown ? options.flavor : options.format;
  const { key: space, baseUrl } = inventory.space;
  const commented = markersOf(isMarkdown ? [] : inventory.comments);
  const withMarkers = (links: readonly string[], pageId: string): string[] => [
    ...links,
    ...(commented.get(pageId) ?? []),
  ];
  const fingerprintOf = (page: ListedPage, told: readonly string[]): string => {
    const [base, author] = [paths.pages.get(page.id) ?? '', authorOf(page.authorId)];
    const url = pageAddress(baseUrl, page);
    const links = withMarkers(told, page.id);
    return digest(pageFingerprint({ page, url, space, base, format, author, links }));
  };
  const shapeOf = (page: ListedPage, shapes: readonly string[]): string =>
    digest(pageShape({ page, space, format, links: withMarkers(shapes, page.id) }));
  /** Only Markdown tells where links lead to. */
  const toldBy = isMarkdown ? linkStates : linkShapes;
  return {
    pageFingerprint: (page, references) => fingerprintOf(page, toldBy(references, page.id, known)),
    pageShape: (page, references) => shapeOf(page, linkShapes(references, page.id, known)),
    pageMarks: (page, references) => {
      const marks = linkMarks(references, page.id, known);
      const shapes = marks.map(({ shape }) => shape);
      const told = isMarkdown ? marks.map(({ state }) => state) : shapes;
      return { fingerprint: fingerprintOf(page, told), shape: shapeOf(page, shapes) };
    },
  };
};
