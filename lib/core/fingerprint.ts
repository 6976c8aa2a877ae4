import type { FrontMatterContext } from './front-matter.js';
import type { ListedPage } from './content.js';
import { secondsOf } from './versions.js';

/** Raised when the same body would be rendered otherwise than by an earlier release: everything is fetched again once. */
const RENDERER_VERSION = 3;

/** What beside its body shapes a page's file. */
export interface PageShape {
  readonly page: Pick<ListedPage, 'title' | 'createdAt' | 'updatedAt' | 'parentId' | 'labels'>;
  /** Where people read it. */
  readonly url: string;
  /** Key of the space. */
  readonly space: string;
  /** Path without extension. */
  readonly base: string;
  /** The format of the body; of Markdown its dialect. */
  readonly format: string;
  readonly author: FrontMatterContext['author'];
  /** Each reference of the body with what it leads to. */
  readonly links: readonly string[];
}

/**
 * One text for what of a page's file only a new rendering can change. What is left out (place, address, author, times, parent, labels,
 * where links to mirrored files lead) can be written into the file as it is.
 */
export const pageShape = ({
  page,
  space,
  format,
  links,
}: Pick<PageShape, 'page' | 'space' | 'format' | 'links'>): string =>
  JSON.stringify([RENDERER_VERSION, page.title, space, format, links]);

/** One text for everything beside its body that shapes a page's file; equal texts, equal files. */
export const pageFingerprint = ({ page, url, space, base, format, author, links }: PageShape): string =>
  JSON.stringify([
    RENDERER_VERSION,
    page.title,
    page.createdAt,
    secondsOf(page.updatedAt),
    url,
    page.parentId,
    page.labels && [...page.labels].sort(),
    space,
    base,
    format,
    author,
    links,
  ]);
