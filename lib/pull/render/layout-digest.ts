import { createHash, type Hash } from 'node:crypto';
import { leavesOut } from '../../core/attachment-filter.js';
import type { Inventory, ListedAttachment, ListedComment, ListedPage } from '../../core/content.js';
import { version } from '../../version.js';
import type { Run } from '../run/run.js';

/** What of a page may reach files that are not written anew for its version. */
const factsOf = (page: ListedPage): unknown => ({ ...page, version: undefined, updatedAt: undefined });

const factsOfFile = (file: ListedAttachment): unknown => ({
  ...file,
  version: undefined,
  sizeBytes: undefined,
  updatedAt: undefined,
});

const factsOfComment = ({ id, pageId }: ListedComment): unknown => [id, pageId];

const add = (hash: Hash, facts: unknown): void => {
  hash.update(`${JSON.stringify(facts)}\n`);
};

/** What is hashed at once. */
const CHUNK = 500;

/** Paths follow from what is listed. */
const hashListed = ({ options }: Run, inventory: Inventory): string => {
  const { space, pages, folders, comments, attachments: listed } = inventory;
  const { format, flavor, attachments } = options;
  const hash = createHash('sha256');
  add(hash, [
    version(),
    format,
    flavor,
    attachments,
    leavesOut(options),
    space.key,
    space.name,
    space.baseUrl,
    space.homepageId,
  ]);
  for (let i = 0; i < pages.length; i += CHUNK) {
    const chunk = pages.slice(i, i + CHUNK);
    add(hash, chunk.map(factsOf));
    for (const { id } of chunk) for (const file of listed.of(id)) add(hash, factsOfFile(file));
  }
  add(
    hash,
    folders.map(({ id, title, type, parentId }) => [id, title, type, parentId]),
  );
  // Bodies in the wiki's own formats hold the markers of comments.
  if (format !== 'markdown') for (const comment of comments) add(hash, factsOfComment(comment));
  return hash.digest('base64url');
};

const hashNames = (names: ReadonlyMap<string, string>): string => {
  const sorted = [...names].sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('base64url');
};

/**
 * Returns what tells one layout from another: everything beside their own text and version that shapes the files of pages
 * and comments, and where they are. Two pulls with equal digests would write equal files for equal versions to equal places, so
 * that the links of none need a look. Names count as they are known when it is asked.
 */
export const digestLayout = (run: Run, inventory: Inventory): (() => string) => {
  const ofListed = hashListed(run, inventory);
  return () => `${ofListed} ${hashNames(run.people.names())}`;
};
