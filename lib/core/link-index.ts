import type { LabelCondition, Target } from '../convert/index.js';
import { isPageReference, type PageReference, type Reference } from '../convert/reference.js';
import type { PlacedAttachment } from './attachment-paths.js';
import type { Inventory, ListedAttachment, ListedPage } from './content.js';
import { type LinkTables, linkTables } from './link-tables.js';
import type { PagePaths } from './page-paths.js';
import { relativeHref } from './relative-href.js';
import { attachmentAddress } from './view-address.js';

export type { PageReference };

export interface LinkIndexInput {
  readonly inventory: Inventory;
  readonly paths: PagePaths;
  /** The attachments of a page in the mirror, in ascending order of ids. */
  readonly attachmentsOn: (pageId: string) => readonly PlacedAttachment[];
  /** Whether the settings leave attachments out, so that one which the mirror does not hold may be in the wiki. */
  readonly leavesFilesOut: boolean;
  /** Path without extension to the path of the file that holds the body. */
  readonly bodyPath: (base: string) => string;
}

/** A page in the list that a macro stands for. */
export interface ChildLink {
  readonly title: string;
  readonly href: string;
  readonly children: readonly ChildLink[];
}

/** Finds what the links of a space mean. */
export interface LinkIndex {
  /**
   * Where a reference on a page leads, as a relative path; undefined when the mirror does not hold it. Where the mirror leaves files
   * out, those that it does not hold lead to the wiki.
   */
  readonly resolve: (reference: Reference, pageId: string) => Target | undefined;
  /** The id of the page or attachment that a reference on a page means: the same title may come to mean another one. */
  readonly targetIdOf: (reference: Reference, pageId: string) => string | undefined;
  /** The attachment that a reference on a page means. */
  readonly attachmentFor: (reference: Reference, pageId: string) => ListedAttachment | undefined;
  /** The page in the mirror that a reference means. */
  readonly pageFor: (reference: PageReference) => ListedPage | undefined;
  /** Whether a reference on a page means an attachment that is listed, and that a filter leaves out. */
  readonly isLeftOut: (reference: Reference, pageId: string) => boolean;
  readonly attachmentsOf: (pageId: string) => readonly { readonly name: string; readonly href: string }[];
  readonly attachmentIdsOf: (pageId: string) => readonly string[];
  /** The pages below `page`, or below the page itself; undefined when the mirror does not know it. */
  readonly childrenOf: (pageId: string, page?: PageReference) => readonly ChildLink[] | undefined;
  /** The pages with certain labels; undefined when labels are not mirrored. */
  readonly labelled: (pageId: string, condition: LabelCondition) => readonly ChildLink[] | undefined;
}

/** Lists of child pages end here, as cycles of parents would not. */
const MAX_CHILD_DEPTH = 20;

/** The page that an attachment hangs on, by a reference to it on a page. */
const ownerOf = (
  { page }: Reference & { readonly kind: 'attachment' },
  pageId: string,
  { findPage }: LinkTables,
): string | undefined => (page === undefined ? pageId : findPage(page)?.id);

/** Finds among some attachments the one that a reference on a page means. */
const attachmentFinder =
  <T extends Pick<PlacedAttachment, 'attachment'>>(
    { inventory: { attachments } }: LinkIndexInput,
    tables: LinkTables,
    someOn: (pageId: string) => readonly T[],
  ) =>
  (reference: Reference, pageId: string): T | undefined => {
    if (reference.kind === 'attachment-file') {
      const file = attachments.byFileId(reference.fileId);
      return file && someOn(file.pageId).find(({ attachment }) => attachment.id === file.id);
    }
    if (reference.kind !== 'attachment') return undefined;
    const owner = ownerOf(reference, pageId, tables);
    const name = reference.filename.normalize('NFC');
    return owner === undefined
      ? undefined
      : someOn(owner).findLast(({ attachment }) => attachment.title.normalize('NFC') === name);
  };

/**
 * Where the wiki has an attachment that the mirror may leave out. By the reference alone: a quick delta lists no attachments
 * that the mirror does not have.
 */
const wikiTarget = (
  { inventory: { space }, leavesFilesOut }: LinkIndexInput,
  tables: LinkTables,
  reference: Reference,
  pageId: string,
): Target | undefined => {
  if (!leavesFilesOut || reference.kind !== 'attachment') return undefined;
  const owner = ownerOf(reference, pageId, tables);
  return owner === undefined
    ? undefined
    : { href: attachmentAddress(space.baseUrl, owner, reference.filename) };
};

/** The page that a reference means. */
const pageMeant = (reference: Reference, { homepageOf, findPage }: LinkTables): ListedPage | undefined => {
  if (reference.kind === 'space') return homepageOf(reference.key);
  return isPageReference(reference) ? findPage(reference) : undefined;
};

export const createLinkIndex = (input: LinkIndexInput): LinkIndex => {
  const { inventory, paths, attachmentsOn, bodyPath } = input;
  const tables = linkTables(inventory);
  const findAttachment = attachmentFinder(input, tables, attachmentsOn);
  const findLeftOut = attachmentFinder(input, tables, (pageId) =>
    inventory.attachments.leftOutOf(pageId).map((attachment) => ({ attachment })),
  );

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

  const attachmentTarget = ({ attachment, path }: PlacedAttachment, fromPageId: string): Target => ({
    href: hrefTo(fromPageId, path) ?? '',
    title: attachment.title,
  });

  const childLinks = (pageId: string, fromPageId: string, depth: number): ChildLink[] =>
    tables.childrenOf(pageId).map((child) => ({
      title: child.title,
      href: hrefTo(fromPageId, fileOf(child.id)) ?? '',
      children: depth === 0 ? [] : childLinks(child.id, fromPageId, depth - 1),
    }));

  return {
    resolve: (reference, pageId) => {
      const file = findAttachment(reference, pageId);
      if (file) return attachmentTarget(file, pageId);
      const page = pageMeant(reference, tables);
      return page ? pageTarget(page, pageId) : wikiTarget(input, tables, reference, pageId);
    },
    targetIdOf: (reference, pageId) =>
      (pageMeant(reference, tables) ?? findAttachment(reference, pageId)?.attachment)?.id,
    attachmentFor: (reference, pageId) => findAttachment(reference, pageId)?.attachment,
    pageFor: tables.findPage,
    isLeftOut: (reference, pageId) => findLeftOut(reference, pageId) !== undefined,
    attachmentsOf: (pageId) =>
      attachmentsOn(pageId).map((file) => ({
        name: file.attachment.title,
        href: attachmentTarget(file, pageId).href,
      })),
    attachmentIdsOf: (pageId) => attachmentsOn(pageId).map(({ attachment: { id } }) => id),
    labelled: (pageId, condition) =>
      tables.labelled(condition)?.map(({ id, title }) => ({
        title,
        href: hrefTo(pageId, fileOf(id)) ?? '',
        children: [],
      })),
    childrenOf: (pageId, page) => {
      const parentId = page === undefined ? pageId : tables.findPage(page)?.id;
      return parentId === undefined ? undefined : childLinks(parentId, pageId, MAX_CHILD_DEPTH);
    },
  };
};
