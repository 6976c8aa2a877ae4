import path from 'node:path';
import { z } from 'zod';
import { splitFrontMatter } from '../core/front-matter.js';
import { type FileStamp, recordKey } from '../core/records.js';
import { RefusedFileError } from '../errors/refused-file-error.js';
import type { Dirent } from './files.js';
import type { MirrorDirectory } from './mirror-directory.js';
import { STATE_DIRECTORY } from './own-files.js';

const Matter = z.object({ id: z.string(), space: z.string() });
const CommentsMatter = z.object({ page: z.string(), comments: z.number() });

/** What rxsync keeps aside is the user's. */
const KEPT_ASIDE = /\.local-\d+$/;

/** What nobody may read tells nothing of itself. */
const unlessRefused = <T>(error: unknown, instead: T): T => {
  if (error instanceof RefusedFileError) return instead;
  throw error;
};

const entriesOf = (directory: MirrorDirectory, relative: string): readonly Dirent[] => {
  try {
    return directory.list(relative);
  } catch (error) {
    return unlessRefused(error, []);
  }
};

/** Links are not followed, and what is within another mirror is that one's. */
function* walk(directory: MirrorDirectory, relative: string): Generator<string> {
  const entries = [...entriesOf(directory, relative)];
  if (relative !== '' && entries.some((entry) => entry.name === STATE_DIRECTORY && entry.isDirectory()))
    return;
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = relative === '' ? entry.name : `${relative}/${entry.name}`;
    if (entry.name === STATE_DIRECTORY) continue;
    if (entry.isDirectory()) yield* walk(directory, name);
    else if (entry.isFile()) yield name;
  }
}

const matterOf = (name: string, content: string): unknown => {
  try {
    return name.endsWith('.md') ? splitFrontMatter(content).matter : JSON.parse(content);
  } catch {
    return undefined;
  }
};

const readMatter = async (directory: MirrorDirectory, name: string): Promise<unknown> => {
  const content = await directory.read(name).catch((error: unknown) => unlessRefused(error, undefined));
  return matterOf(name, content?.toString() ?? '');
};

const isOfMirror = (name: string): boolean => name.endsWith('.md') || name.endsWith('.meta.json');

const looksOurs = async (
  directory: MirrorDirectory,
  name: string,
  space: string | undefined,
): Promise<boolean> => {
  if (KEPT_ASIDE.test(name)) return false;
  if (path.posix.dirname(name).endsWith('.attachments')) return true;
  if (!isOfMirror(name)) return false;
  const read = await readMatter(directory, name);
  const matter = Matter.safeParse(read);
  if (matter.success) return space === undefined || matter.data.space === space;
  return CommentsMatter.safeParse(read).success;
};

/**
 * Paths of the files that claim to be rxsync's own without being `recorded`: in a directory of attachments, or with the
 * front matter of a page of the space, or of comments.
 */
export const unrecordedFiles = async (
  directory: MirrorDirectory,
  recorded: ReadonlySet<string>,
  space: string | undefined,
): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const name of walk(directory, ''))
    if (!recorded.has(name) && (await looksOurs(directory, name, space))) found.push(name);
  return found;
};

const PageMatter = Matter.extend({ type: z.enum(['page', 'blogpost']) });

/** The record key of the item that a file says it is of. */
const ownerBy = (matter: unknown, space: string | undefined): string | undefined => {
  const page = PageMatter.safeParse(matter).data;
  if (page) return space === undefined || page.space === space ? recordKey(page.type, page.id) : undefined;
  const comments = CommentsMatter.safeParse(matter).data;
  return comments && recordKey('comments', comments.page);
};

const stampOf = async (directory: MirrorDirectory, name: string): Promise<FileStamp> => ({
  path: name,
  bytes: directory.stat(name)?.size ?? 0,
  hash: (await directory.hash(name)) ?? '',
});

/** The body that stands beside its meta data, in one of the wiki's own formats. */
const BODIES = ['.xhtml', '.adf.json'];

/** The files that go with one that says which page it is of; the body first. */
const stampsWith = async (directory: MirrorDirectory, name: string): Promise<readonly FileStamp[]> => {
  const stem = name.slice(0, -'.meta.json'.length);
  const body = name.endsWith('.meta.json')
    ? BODIES.map((end) => stem + end).find((each) => directory.stat(each)?.isFile())
    : undefined;
  const names = [...(body === undefined ? [] : [body]), name];
  return Promise.all(names.map((each) => stampOf(directory, each))).catch((error: unknown) =>
    unlessRefused(error, []),
  );
};

/**
 * What the files of a mirror say of themselves, by the record key of the item. Of two that say they are the same item one is a
 * copy that somebody has made, so that both stay out of it.
 */
export const readClaims = async (
  directory: MirrorDirectory,
  space: string | undefined,
): Promise<ReadonlyMap<string, readonly FileStamp[]>> => {
  const claims = new Map<string, readonly FileStamp[]>();
  for (const name of walk(directory, '')) {
    if (KEPT_ASIDE.test(name) || !isOfMirror(name)) continue;
    const owner = ownerBy(await readMatter(directory, name), space);
    if (owner !== undefined) claims.set(owner, claims.has(owner) ? [] : await stampsWith(directory, name));
  }
  return claims;
};
