import { createHash } from 'node:crypto';
import { compareIds } from '../../core/compare-ids.js';
import type { Inventory, ListedPage } from '../../core/content.js';
import { attachmentPaths } from '../../core/attachment-paths.js';
import { pageFingerprint, pageShape } from '../../core/fingerprint.js';
import { createLinkIndex, type LinkIndex } from '../../core/link-index.js';
import { linkShapes, linkStates, mirroredHref } from '../../core/link-state.js';
import { bodyPath, metaPath, pagePaths, type PagePaths } from '../../core/page-paths.js';
import type { PlannedComments, PlannedPage } from '../../core/pull-plan.js';
import type { Run } from '../run/run.js';

/** What an inventory means for the mirror: where everything goes, and what links lead to. */
export interface MirrorLayout {
  readonly inventory: Inventory;
  readonly paths: PagePaths;
  readonly attachmentPaths: ReadonlyMap<string, string>;
  readonly links: LinkIndex;
  readonly pageFingerprint: (page: ListedPage, references: readonly string[]) => string;
  readonly commentsFingerprint: (planned: PlannedComments, references: readonly string[]) => string;
  /** What of the page's (or its comments') files only a new rendering can change; see `ItemRecord.shape`. */
  readonly pageShape: (page: ListedPage, references: readonly string[]) => string;
  readonly commentsShape: (planned: PlannedComments, references: readonly string[]) => string;
  /** Where a recorded reference of a page leads now, when that is a mirrored file. */
  readonly hrefOf: (reference: string, pageId: string) => string;
  /** The paths of a page's files, in the order of its record. */
  readonly bodyPaths: (planned: Pick<PlannedPage, 'base'>) => string[];
  readonly authorOf: (accountId: string | undefined) => string;
}

const versionsOf = (comments: PlannedComments['comments']): string[] =>
  comments.map(({ id, version, resolution }) => [id, version, resolution].join(' ')).sort();

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

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);

export const layoutOf = ({ options, people }: Run, inventory: Inventory): MirrorLayout => {
  const paths = pagePaths(inventory);
  const files = attachmentPaths(inventory.attachments, paths);
  const links = createLinkIndex({
    inventory,
    paths,
    attachmentPaths: files,
    bodyPath: (base) => bodyPath(base, options.format),
  });
  /** The form of the body: the dialect is that of Markdown only. */
  const form = options.format === 'markdown' ? options.flavor : options.format;
  /** Comments are Markdown in any format, which decides where their links to pages lead. */
  const commentsForm = [options.format, options.flavor];
  const authorOf = (accountId: string | undefined): string =>
    accountId === undefined ? '' : (people.nameOf(accountId) ?? accountId);
  const states = (references: readonly string[], pageId: string): string[] =>
    linkStates(references, pageId, { links, nameOf: people.nameOf });
  const shapes = (references: readonly string[], pageId: string): string[] =>
    linkShapes(references, pageId, { links, nameOf: people.nameOf });
  const commented = markersOf(options.format === 'markdown' ? [] : inventory.comments);
  const shown = (references: readonly string[], pageId: string): string[] => [
    ...shapes(references, pageId),
    ...(commented.get(pageId) ?? []),
  ];
  return {
    inventory,
    paths,
    attachmentPaths: files,
    links,
    authorOf,
    hrefOf: (reference, pageId) => mirroredHref(reference, pageId, { links, nameOf: people.nameOf }) ?? '',
    bodyPaths: ({ base }) => [
      bodyPath(base, options.format),
      ...(options.format === 'markdown' ? [] : [metaPath(base)]),
    ],
    pageFingerprint: (page, references) =>
      digest(
        pageFingerprint({
          page,
          space: inventory.space.key,
          base: paths.pages.get(page.id) ?? '',
          format: form,
          author: authorOf(page.authorId),
          links: options.format === 'markdown' ? states(references, page.id) : shown(references, page.id),
        }),
      ),
    pageShape: (page, references) =>
      digest(
        pageShape({
          page,
          space: inventory.space.key,
          format: form,
          links: shown(references, page.id),
        }),
      ),
    commentsFingerprint: ({ page, base, comments }, references) =>
      digest(JSON.stringify([base, ...commentsForm, versionsOf(comments), states(references, page.id)])),
    commentsShape: ({ page, comments }, references) =>
      digest(JSON.stringify([...commentsForm, versionsOf(comments), shapes(references, page.id)])),
  };
};
