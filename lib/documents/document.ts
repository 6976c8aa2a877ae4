import { z } from 'zod';

/** A page or folder above a page. */
export const Ancestor = z.object({ id: z.string(), title: z.string() });

/** A part of a page, of a blog post or of the comments on one, for search and retrieval. */
export const MirrorDocument = z.object({
  /** Of its page, its space and what stands in it: the same text below the same headings of a page keeps its id, wherever it stands. */
  id: z.string(),
  kind: z.enum(['page', 'blogpost', 'comments']),
  /** Id of the page or blog post. */
  page: z.string(),
  title: z.string(),
  /** The headings that it stands below, the outermost first; none for what stands above them, and for comments. */
  headings: z.array(z.string()),
  /** Plain, of at most 2,000 characters; empty where there is nothing below the headings. */
  text: z.string(),
  /** Of the page in the wiki. */
  url: z.string(),
  /** Of the file, relative to the folder that is read. */
  path: z.string(),
  space: z.string(),
  /** Where the mirror has them. */
  labels: z.array(z.string()).exactOptional(),
  /** Of the page when the document became what it is. */
  version: z.number(),
  /** Time of that version, ISO 8601. */
  updated: z.string(),
  created: z.string(),
  author: z.string(),
  /** Pages and folders above the page, the outermost first. */
  ancestors: z.array(Ancestor),
});
/** A part of a page, as a document of its own. */
export type MirrorDocument = Readonly<z.infer<typeof MirrorDocument>>;
/** A page or folder above a page. */
export type Ancestor = Readonly<z.infer<typeof Ancestor>>;

const v = z.literal(1);

/** What happens to one document. */
export const MirrorLine = z.discriminatedUnion('op', [
  /** The document is new, or not what it was. */
  z.object({ v, op: z.literal('upsert'), ...MirrorDocument.shape }),
  /** The document is no more; a reader need not have had it. */
  z.object({ v, op: z.literal('delete'), id: z.string() }),
]);
/** What happens to one document. */
export type MirrorLine = Readonly<z.infer<typeof MirrorLine>>;

/** The last line: without it the stream is not whole. */
export const EndLine = z.object({
  v,
  op: z.literal('end'),
  /** What to ask with the next time. */
  run: z.string(),
  upserts: z.number(),
  deletes: z.number(),
  /** How many pages could not be read now: what was sent of them stays, and what is new comes the next time. */
  pendingCount: z.number(),
  /** Paths of the first hundred of them. */
  pending: z.array(z.string()),
  /** Of several mirrors those of which nothing could be read: what was sent of them stays. */
  failed: z.array(
    z.object({ dir: z.string(), code: z.string(), message: z.string(), hint: z.string().exactOptional() }),
  ),
});
/** The last line of a stream of documents. */
export type EndLine = Readonly<z.infer<typeof EndLine>>;

/** One line of `rxsync documents`. */
export const DocumentLine = z.discriminatedUnion('op', [...MirrorLine.options, EndLine]);
/** One line of `rxsync documents`. */
export type DocumentLine = Readonly<z.infer<typeof DocumentLine>>;
