import { createHash } from 'node:crypto';
import type { MirrorDocument } from './document.js';
import type { Section } from './cut-text.js';

/** What a document has of its page. */
export type PageFacts = Omit<MirrorDocument, 'id' | 'headings' | 'text'>;

/** A document with what tells it from another one of the same id. */
export interface HashedDocument {
  readonly document: MirrorDocument;
  /** Of all but the version and its time. */
  readonly hash: string;
}

/** The space that a page stands in: the page may move to another one, which another mirror tells of. */
export interface Home {
  readonly site: string;
  readonly spaceId: string;
}

/** 64 bits, hex. */
export const shortHash = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);

/**
 * The documents of one page, or of the comments on it. An id depends on the page, its space and what stands in the document alone, so that it outlasts moves
 * within the space, new titles, and whatever is written before it; the same text twice below the same headings is told apart by a number.
 */
export const pageDocuments = (
  { site, spaceId }: Home,
  facts: PageFacts,
  sections: readonly Section[],
): readonly HashedDocument[] => {
  const counts = new Map<string, number>();
  const { kind, page, title, url, path, space, labels, version, updated, created, author, ancestors } = facts;
  return sections.map(({ headings, text }) => {
    const stem = `${page}-${shortHash([site, spaceId, kind, headings, text])}`;
    const count = (counts.get(stem) ?? 0) + 1;
    counts.set(stem, count);
    const id = count === 1 ? stem : `${stem}-${count}`;
    const document = {
      ...{
        id,
        kind,
        page,
        title,
        headings: [...headings],
        text,
        url,
        path,
        space,
        ...(labels && { labels }),
      },
      ...{ version, updated, created, author, ancestors },
    };
    return { document, hash: shortHash({ ...document, version: 0, updated: '' }) };
  });
};
