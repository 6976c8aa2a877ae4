import { createHash } from 'node:crypto';
import { leavesOut } from '../../core/attachment-filter.js';
import { compareIds } from '../../core/compare-ids.js';
import type { Inventory, ListedPage } from '../../core/content.js';
import { type PlacedAttachment, placeAttachments } from '../../core/attachment-paths.js';
import { pageFingerprint, pageShape } from '../../core/fingerprint.js';
import { createLinkIndex, type LinkIndex } from '../../core/link-index.js';
import { memoize } from '../../core/memoize.js';
import { linkShapes, linkStates, mirroredHref } from '../../core/link-state.js';
import { bodyPath, metaPath, pagePaths, type PagePaths } from '../../core/page-paths.js';
import type { PlannedComments, PlannedPage } from '../../core/pull-plan.js';
import type { Run } from '../run/run.js';

/** What an inventory means for the mirror: where everything goes, and what links lead to. */
export interface MirrorLayout {
  readonly inventory: Inventory;
  readonly paths: PagePaths;
  /** The attachments of a page in the mirror, in ascending order of ids. */
  readonly attachmentsOn: (pageId: string) => readonly PlacedAttachment[];
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

/** Links lead to the attachments of few other pages. */
const REMEMBERED_PAGES = 256;

const attachmentPlaces = ({ attachments }: Inventory, { pages }: PagePaths) =>
  memoize((pageId): readonly PlacedAttachment[] => {
    const base = pages.get(pageId);
    return base === undefined ? [] : placeAttachments(attachments.of(pageId), base);
  }, REMEMBERED_PAGES);

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 22);

const digestOf = (...parts: readonly unknown[]): string => digest(JSON.stringify(parts));

export const layoutOf = ({ options, people }: Run, inventory: Inventory): MirrorLayout => {
  const paths = pagePaths(inventory);
  const attachmentsOn = attachmentPlaces(inventory, paths);
  const links = createLinkIndex({
    inventory,
    paths,
    attachmentsOn,
    leavesFilesOut: leavesOut(options),
    bodyPath: (base) => bodyPath(base, options.format),
  });
  /** The form of the body: the dialect is that of Markdown only. */
  const form = options.format === 'markdown' ? options.flavor : options.format;
  /** Comments are Markdown in any format, which decides where their links to pages lead. */
  const commentsForm = [options.format, options.flavor];
  const authorOf = (accountId: string | undefined): string =>
    accountId === undefined ? '' : (people.nameOf(accountId) ?? accountId);
  const known = { links, nameOf: people.nameOf };
  const states = (references: readonly string[], pageId: string): string[] =>
    linkStates(references, pageId, known);
  const shapes = (references: readonly string[], pageId: string): string[] =>
    linkShapes(references, pageId, known);
  const commented = markersOf(options.format === 'markdown' ? [] : inventory.comments);
  const shown = (references: readonly string[], pageId: string): string[] => [
    ...shapes(references, pageId),
    ...(commented.get(pageId) ?? []),
  ];
  return {
    inventory,
    paths,
    attachmentsOn,
    links,
    authorOf,
    hrefOf: (reference, pageId) => mirroredHref(reference, pageId, known) ?? '',
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
        pageShape({ page, space: inventory.space.key, format: form, links: shown(references, page.id) }),
      ),
    commentsFingerprint: ({ page, base, comments }, references) => {
      const links = states(references, page.id);
      return digestOf(base, page.title, ...commentsForm, versionsOf(comments), links);
    },
    commentsShape: ({ page, comments }, references) =>
      digestOf(...commentsForm, versionsOf(comments), shapes(references, page.id)),
  };
};
