import { uuidOf } from '../data/prng.js';
import { type Comment, type Content, isDocument } from './model.js';
import { type WikiState, commit, fresh, nextVersion, requireContent } from './wiki-state.js';

/** A new comment: where it stands and what it says. */
export interface CommentOptions {
  /** Storage format. Default: generated. */
  readonly body?: string;
  /** Default footer; a reply stands where its parent does. */
  readonly location?: 'footer' | 'inline';
  /** The comment to reply to. */
  readonly parentCommentId?: string;
  /** The text that an inline comment is about. */
  readonly selection?: string;
}

const isComment = (content: Content | undefined): content is Comment => content?.type === 'comment';

const add = (state: WikiState, containerId: string, options: CommentOptions): Comment => {
  const container = requireContent(state, containerId, isDocument);
  const parent =
    options.parentCommentId === undefined
      ? undefined
      : requireContent(state, options.parentCommentId, isComment);
  const location = parent?.location ?? options.location ?? 'footer';
  const isAnchor = location === 'inline' && parent === undefined;
  const id = state.ids.comment();
  if (options.body !== undefined) state.bodies.write(id, 1, options.body);
  return commit(state, {
    ...fresh(state, container.spaceId, `Re: ${container.title}`),
    type: 'comment',
    id,
    containerId,
    location,
    parentCommentId: parent?.id ?? null,
    resolution: 'open',
    markerRef: isAnchor ? uuidOf('marker', id) : null,
    selection: isAnchor ? (options.selection ?? 'this') : null,
  });
};

const edit = (state: WikiState, id: string, { body }: { readonly body?: string }): Comment => {
  const next = nextVersion(state, requireContent(state, id, isComment));
  if (body !== undefined) state.bodies.write(id, next.version, body);
  return commit(state, next);
};

/** Takes the marker of an inline comment out of the body; the text that it marks stays. Makes no version. */
const unmark = (state: WikiState, { containerId, markerRef }: Comment): void => {
  const container = state.store.get(containerId);
  if (markerRef === null || container === undefined) return;
  const marker = new RegExp(
    `<ac:inline-comment-marker ac:ref="${markerRef}">(.*?)</ac:inline-comment-marker>`,
    's',
  );
  const body = state.bodies.read(container);
  if (marker.test(body)) state.bodies.write(container.id, container.version, body.replace(marker, '$1'));
};

const remove = (state: WikiState, comment: Comment): Comment => {
  for (const other of state.store.below(comment.containerId))
    if (isComment(other) && other.parentCommentId === comment.id) remove(state, other);
  unmark(state, comment);
  state.index.note(comment.id);
  state.store.remove(comment);
  return comment;
};

/** Changes of comments. Unknown ids throw SandboxError. */
export const commentChanges = (state: WikiState) => ({
  comment: (containerId: string, options: CommentOptions = {}) => add(state, containerId, options),
  /** A new version with this body, or with a generated one. */
  editComment: (id: string, options: { readonly body?: string } = {}) => edit(state, id, options),
  /** Removes a comment for good, with its replies. */
  deleteComment: (id: string) => {
    state.clock.tick();
    return remove(state, requireContent(state, id, isComment));
  },
  /** Sets the resolution of a comment. Makes no version. */
  resolveComment: (
    id: string,
    { resolution = 'resolved' }: { readonly resolution?: Comment['resolution'] } = {},
  ) => {
    state.clock.tick();
    return commit(state, { ...requireContent(state, id, isComment), resolution });
  },
});
