import type { CommentThread } from '../convert/index.js';
import { compareIds } from './compare-ids.js';
import type { CommentWithBody } from './content.js';

const inOrder = (a: CommentWithBody, b: CommentWithBody): number =>
  a.createdAt === b.createdAt ? compareIds(a.id, b.id) : a.createdAt < b.createdAt ? -1 : 1;

/** Deeper replies than this are laid beside each other: nobody reads them nested, and a chain cannot be endless. */
const MAX_DEPTH = 20;

/** True when the way from parent to parent leads back to the comment: such a circle would hang on no thread. */
const answersItself = (comment: CommentWithBody, byId: ReadonlyMap<string, CommentWithBody>): boolean => {
  const seen = new Set<string>();
  for (let at = comment.parentId; at !== undefined && !seen.has(at); at = byId.get(at)?.parentId) {
    if (at === comment.id) return true;
    seen.add(at);
  }
  return false;
};

const toThread = (comment: CommentWithBody, author: string): CommentThread => ({
  id: comment.id,
  author,
  createdAt: comment.createdAt,
  location: comment.location,
  ...(comment.resolution !== undefined && { resolution: comment.resolution }),
  ...(comment.selection !== undefined && { selection: comment.selection }),
  storage: comment.body,
  replies: [],
});

/**
 * The comments of one page as threads, oldest first. A reply whose parent is not there (deleted, hidden) begins a
 * thread of its own.
 */
export const commentThreads = (
  comments: readonly CommentWithBody[],
  nameOf: (accountId: string | undefined) => string,
): readonly CommentThread[] => {
  const byId = new Map(comments.map((comment) => [comment.id, comment]));
  const replies = new Map<string, CommentWithBody[]>();
  const roots: CommentWithBody[] = [];
  for (const comment of [...comments].sort(inOrder)) {
    const parent = comment.parentId;
    if (parent === undefined || !byId.has(parent) || answersItself(comment, byId)) roots.push(comment);
    else replies.set(parent, [...(replies.get(parent) ?? []), comment]);
  }
  const descendantsOf = (id: string): CommentWithBody[] => {
    const found: CommentWithBody[] = [];
    const waiting = [...(replies.get(id) ?? [])].reverse();
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      found.push(next);
      waiting.push(...[...(replies.get(next.id) ?? [])].reverse());
    }
    return found;
  };
  const withReplies = (comment: CommentWithBody, depth: number): CommentThread => ({
    ...toThread(comment, nameOf(comment.authorId)),
    replies:
      depth < MAX_DEPTH
        ? (replies.get(comment.id) ?? []).map((reply) => withReplies(reply, depth + 1))
        : descendantsOf(comment.id).map((reply) => toThread(reply, nameOf(reply.authorId))),
  });
  return roots.map((root) => withReplies(root, 0));
};
