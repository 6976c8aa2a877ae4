import { z } from 'zod';
import type { HashedDocument } from './page-documents.js';

/**
 * A document as it was sent: its id without the page's, its hash, the number of the run that it has changed in, and the page's
 * version then, with its time.
 */
const Sent = z.tuple([z.string(), z.string(), z.number(), z.number(), z.string()]);
type Sent = z.infer<typeof Sent>;

/** A document that is no more, with the number of the run that it left in. */
const Gone = z.tuple([z.string(), z.number()]);

/** What is remembered of the documents of one page. */
export const PageEntry = z.object({
  key: z.string(),
  /** Stands for all that they are made of: with an equal one they are as they were. */
  source: z.string(),
  sent: z.array(Sent),
  gone: z.array(Gone),
});
export type PageEntry = Readonly<z.infer<typeof PageEntry>>;

export const noEntry = (key: string): PageEntry => ({ key, source: '', sent: [], gone: [] });

/** The entry of a page that is what it was, or another one now. */
export const entryOf = (
  before: PageEntry,
  { source, documents, run }: { source: string; documents: readonly HashedDocument[]; run: number },
): PageEntry => {
  const sentBefore = new Map(before.sent.map((each) => [each[0], each]));
  const sent = documents.map(({ document: { id, version, updated }, hash }): Sent => {
    const known = sentBefore.get(id);
    return known?.[1] === hash ? known : [id, hash, run, version, updated];
  });
  const ids = new Set(sent.map(([id]) => id));
  return {
    key: before.key,
    source,
    sent,
    gone: [
      ...before.gone.filter(([id]) => !ids.has(id)),
      ...before.sent.flatMap(([id]): [string, number][] => (ids.has(id) ? [] : [[id, run]])),
    ],
  };
};

/** The entry of a page that cannot be read now: what a reader lacks of it comes with the run after this one. */
export const postponed = (before: PageEntry, since: number, run: number): PageEntry => ({
  ...before,
  sent: before.sent.map(([id, hash, changed, ...rest]): Sent => [
    id,
    hash,
    changed > since ? run + 1 : changed,
    ...rest,
  ]),
});

/** What nobody asks for any more who asks for what has changed since that run, or a later one. */
export const withoutGone = (entry: PageEntry, oldest: number): PageEntry => ({
  ...entry,
  gone: entry.gone.filter(([, run]) => run > oldest),
});
