import type { Target } from '../convert/index.js';
import { isPageReference, type PageReference, type Reference } from '../convert/reference.js';
import type { Inventory, ListedAttachment, ListedPage } from './content.js';
import { linkTables } from './link-tables.js';
import type { PagePaths } from './page-paths.js';
import { relativeHref } from './relative-href.js';

export type { PageReference };

export interface LinkIndexInput {
  readonly inventory: Inventory;
  readonly paths: PagePaths;
  /** Attachment id to path; only those that the mirror holds. */
  readonly attachmentPaths: ReadonlyMap<string, string>;
  /** Path without extension to the path of the file that holds the body. */
  readonly bodyPath: (base: string) => string;
}

/** A page in the list that a children macro stands for. */
export interface ChildLink {
  readonly title: string;
  readonly href: string;
  readonly children: readonly ChildLink[];
}

/** Finds what the links of a space mean. */
export interface LinkIndex {
  /** Where a reference on a page leads: a relative path when the mirror holds it, an absolute URL when only the wiki does. */
  readonly resolve: (reference: Reference, pageId: string) => Target | undefined;
  /** The id of the page or attachment that a reference on a page means: the same title may come to mean another one. */
  readonly targetIdOf: (reference: Reference, pageId: string) => string | undefined;
  /** The attachment that a reference on a page means. */
  readonly attachmentFor: (reference: Reference, pageId: string) => ListedAttachment | undefined;
  readonly attachmentsOf: (pageId: string) => readonly { readonly name: string; readonly href: string }[];
  readonly attachmentIdsOf: (pageId: string) => readonly string[];
  /** The pages below `page`, or below the page itself; undefined when the mirror does not know it. */
  readonly childrenOf: (pageId: string, page?: PageReference) => readonly ChildLink[] | undefined;
}

/** Lists of child pages end here, as cycles of parents would not. */
const MAX_CHILD_DEPTH = 20;

/** The wiki's own address of an attachment. Half a surrogate pair cannot stand in an address. */
const downloadUrl = (baseUrl: string, { pageId, title }: ListedAttachment): string =>
  `${baseUrl}/download/attachments/${pageId}/${encodeURIComponent(title.replace(/\p{Cs}/gu, '\ufffd'))}`;

export const createLinkIndex = (input: LinkIndexInput): LinkIndex => {
  const { paths, attachmentPaths, bodyPath } = input;
  const { baseUrl } = input.inventory.space;
  const tables = linkTables(input.inventory);

  const fileOf = (pageId: string): string | undefined => {
    const base = paths.pages.get(pageId);
    return base === undefined ? undefined : bodyPath(base);
  };

  const hrefTo = (fromPageId: string, target: string | undefined): string | undefined => {
    const from = fileOf(fromPageId);
    return from === undefined || target === undefined ? undefined : relativeHref(from, target);
  };

  const pageTarget = ({ id, title }: ListedPage, fromPageId: string): Target | undefined => {
    const href = hrefTo(fromPageId, fileOf(id));
    return href === undefined ? undefined : { href, title };
  };

  const attachmentTarget = (file: ListedAttachment, fromPageId: string): Target => ({
    href: hrefTo(fromPageId, attachmentPaths.get(file.id)) ?? downloadUrl(baseUrl, file),
    title: file.title,
  });

  const childLinks = (pageId: string, fromPageId: string, depth: number): ChildLink[] =>
    tables.childrenOf(pageId).map((child) => ({
      title: child.title,
      href: hrefTo(fromPageId, fileOf(child.id)) ?? '',
      children: depth === 0 ? [] : childLinks(child.id, fromPageId, depth - 1),
    }));

  const pageFor = (reference: Reference): ListedPage | undefined => {
    if (reference.kind === 'space') return tables.homepageOf(reference.key);
    return isPageReference(reference) ? tables.findPage(reference) : undefined;
  };

  return {
    resolve: (reference, pageId) => {
      const file = tables.findAttachment(reference, pageId);
      if (file) return attachmentTarget(file, pageId);
      const page = pageFor(reference);
      return page && pageTarget(page, pageId);
    },
    targetIdOf: (reference, pageId) => (pageFor(reference) ?? tables.findAttachment(reference, pageId))?.id,
    attachmentFor: tables.findAttachment,
    attachmentsOf: (pageId) =>
      tables
        .attachmentsOf(pageId)
        .map((file) => ({ name: file.title, href: attachmentTarget(file, pageId).href })),
    attachmentIdsOf: (pageId) => tables.attachmentsOf(pageId).map(({ id }) => id),
    childrenOf: (pageId, page) => {
      const parentId = page === undefined ? pageId : tables.findPage(page)?.id;
      return parentId === undefined ? undefined : childLinks(parentId, pageId, MAX_CHILD_DEPTH);
    },
  };
};
