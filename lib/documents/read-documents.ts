import { z } from 'zod';
import { type Flavor, toMarkdown } from '../convert/index.js';
import { splitFrontMatter } from '../core/front-matter.js';
import type { FileStamp } from '../core/records.js';
import { RefusedFileError } from '../errors/refused-file-error.js';
import { SymbolicLinkError } from '../errors/symbolic-link-error.js';
import { hashText } from '../store/hash-text.js';
import type { MirrorDirectory } from '../store/mirror-directory.js';
import { storeFailure } from '../store/store-failure.js';
import { cutComments, cutPage } from './cut-text.js';
import { type HashedDocument, type Home, type PageFacts, pageDocuments } from './page-documents.js';
import type { PageSource } from './page-source.js';

/** What the front matter of a page says that its documents have. */
const Facts = z.object({
  title: z.string(),
  space: z.string(),
  version: z.number(),
  created: z.string(),
  updated: z.string(),
  author: z.string(),
  url: z.string(),
  labels: z.array(z.string()).exactOptional(),
});

/** A mirror that documents are made of. */
export interface Source extends Home {
  readonly directory: MirrorDirectory;
  readonly flavor: Flavor;
}

/** The text of a file as rxsync has written it; undefined when it is not there, cannot be read or is another one. */
const textOf = async (directory: MirrorDirectory, { path, hash }: FileStamp): Promise<string | undefined> => {
  try {
    const content = await directory.read(path);
    return content !== undefined && hashText(content) === hash ? content.toString() : undefined;
  } catch (error) {
    if (error instanceof RefusedFileError || error instanceof SymbolicLinkError) return undefined;
    throw storeFailure(`"${path}" cannot be read`, error);
  }
};

interface PageText {
  readonly path: string;
  readonly matter: unknown;
  readonly markdown: string;
  readonly flavor: Flavor;
}

const META = '.meta.json';

const readPage = async (
  { directory, flavor }: Source,
  files: readonly FileStamp[],
): Promise<PageText | undefined> => {
  const [body] = files.filter(({ path }) => !path.endsWith(META));
  const [meta] = files.filter(({ path }) => path.endsWith(META));
  const content = body && (await textOf(directory, body));
  if (body === undefined || content === undefined) return undefined;
  if (meta === undefined) {
    const { matter, text } = splitFrontMatter(content);
    return { path: body.path, matter, markdown: text, flavor };
  }
  const json = await textOf(directory, meta);
  if (json === undefined) return undefined;
  return { path: body.path, matter: JSON.parse(json), markdown: toMarkdown(content), flavor: 'github' };
};

/** The documents of a page and of the comments on it; undefined when a file is not as rxsync has written it. */
export const readDocuments = async (
  source: Source,
  { id, kind, files, comments, ancestors }: PageSource,
): Promise<readonly HashedDocument[] | undefined> => {
  const page = await readPage(source, files);
  if (page === undefined) return undefined;
  const found = Facts.parse(page.matter);
  const facts: PageFacts = { kind, page: id, path: page.path, ancestors: [...ancestors], ...found };
  const documents = pageDocuments(source, facts, cutPage(page.markdown, facts.title, page.flavor));
  if (comments === undefined) return documents;
  const text = await textOf(source.directory, comments);
  if (text === undefined) return undefined;
  const sections = cutComments(splitFrontMatter(text).text, source.flavor);
  const commentsFacts: PageFacts = { ...facts, kind: 'comments', path: comments.path };
  return [...documents, ...pageDocuments(source, commentsFacts, sections)];
};
