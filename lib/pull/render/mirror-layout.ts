import { leavesOut } from '../../core/attachment-filter.js';
import type { Inventory } from '../../core/content.js';
import { type PlacedAttachment, placeAttachments } from '../../core/attachment-paths.js';
import { createLinkIndex, type LinkIndex } from '../../core/link-index.js';
import { lazy } from '../../core/lazy.js';
import { memoize } from '../../core/memoize.js';
import { linkShapes, linkStates, mirroredHref } from '../../core/link-state.js';
import { bodyPath, metaPath, pagePaths, type PagePaths } from '../../core/page-paths.js';
import type { PlannedComments, PlannedPage } from '../../core/pull-plan.js';
import type { Run } from '../run/run.js';
import { digest, pageMarks, type PageMarks } from './page-marks.js';

/** What an inventory means for the mirror: where everything goes, and what links lead to. */
export interface MirrorLayout extends PageMarks {
  readonly inventory: Inventory;
  readonly paths: PagePaths;
  /** The attachments of a page in the mirror, in ascending order of ids. */
  readonly attachmentsOn: (pageId: string) => readonly PlacedAttachment[];
  readonly links: LinkIndex;
  readonly commentsFingerprint: (planned: PlannedComments, references: readonly string[]) => string;
  readonly commentsShape: (planned: PlannedComments, references: readonly string[]) => string;
  /** Where a recorded reference of a page leads now, when that is a mirrored file. */
  readonly hrefOf: (reference: string, pageId: string) => string;
  /** The paths of a page's files, in the order of its record. */
  readonly bodyPaths: (planned: Pick<PlannedPage, 'base'>) => string[];
  readonly authorOf: (accountId: string | undefined) => string;
  /** Ids of the pages that are late (`ItemRecord.isLate`). */
  readonly late: ReadonlySet<string>;
}

const versionsOf = (comments: PlannedComments['comments']): string[] =>
  comments.map(({ id, version, resolution }) => [id, version, resolution].join(' ')).sort();

/** Links lead to the attachments of few other pages. */
const REMEMBERED_PAGES = 256;

const attachmentPlaces = ({ attachments }: Inventory, paths: PagePaths) =>
  memoize((pageId): readonly PlacedAttachment[] => {
    const base = paths.pages.get(pageId);
    return base === undefined ? [] : placeAttachments(attachments.of(pageId), base);
  }, REMEMBERED_PAGES);

const digestOf = (...parts: readonly unknown[]): string => digest(JSON.stringify(parts));

/** @param late as in the layout; @default none */
export const layoutOf = (
  { options, people }: Run,
  inventory: Inventory,
  late: ReadonlySet<string> = new Set(),
): MirrorLayout => {
  // Where nothing has changed nobody asks for them.
  const placed = lazy(() => pagePaths(inventory));
  const paths: PagePaths = {
    get pages() {
      return placed().pages;
    },
    get folders() {
      return placed().folders;
    },
  };
  const attachmentsOn = attachmentPlaces(inventory, paths);
  const links = createLinkIndex({
    inventory,
    paths,
    attachmentsOn,
    leavesFilesOut: leavesOut(options),
    bodyPath: (base) => bodyPath(base, options.format),
  });
  /** Comments are Markdown in any format, which decides where their links to pages lead. */
  const commentsForm = [options.format, options.flavor];
  const authorOf = (accountId: string | undefined): string =>
    accountId === undefined ? '' : (people.nameOf(accountId) ?? accountId);
  const known = {
    links,
    nameOf: people.nameOf,
    late: late.size === 0 ? undefined : digest([...late].sort().join()),
  };
  return {
    inventory,
    paths,
    attachmentsOn,
    links,
    authorOf,
    late,
    hrefOf: (reference, pageId) => mirroredHref(reference, pageId, known) ?? '',
    bodyPaths: ({ base }) => [
      bodyPath(base, options.format),
      ...(options.format === 'markdown' ? [] : [metaPath(base)]),
    ],
    ...pageMarks({ options, inventory, paths, authorOf, known }),
    commentsFingerprint: ({ page, base, comments }, references) => {
      const links = linkStates(references, page.id, known);
      return digestOf(base, page.title, ...commentsForm, versionsOf(comments), links);
    },
    commentsShape: ({ page, comments }, references) =>
      digestOf(...commentsForm, versionsOf(comments), linkShapes(references, page.id, known)),
  };
};
