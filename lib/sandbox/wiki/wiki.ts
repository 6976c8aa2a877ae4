import { attachmentChanges } from './attachment-changes.js';
import { commentChanges } from './comment-changes.js';
import { documentChanges } from './document-changes.js';
import { folderChanges } from './folder-changes.js';
import type { Content, ContentType } from './model.js';
import { spaceChanges } from './space-changes.js';
import type { WikiState } from './wiki-state.js';

const find = (state: WikiState, type: ContentType, spaceKey?: string): readonly Content[] =>
  [...state.store.ofType(type)].filter(
    (content) =>
      content.status === 'current' &&
      (spaceKey === undefined || state.store.spaces.get(content.spaceId)?.key === spaceKey),
  );

/** The hands on a wiki: what people do to its content while rxsync reads it. */
export const createWiki = (state: WikiState) => ({
  ...documentChanges(state),
  ...folderChanges(state),
  ...attachmentChanges(state),
  ...commentChanges(state),
  ...spaceChanges(state),
  /** The content with this id, whatever its status. */
  get: (id: string) => state.store.get(id),
  /** Current content of a type, ids ascending; of one space when its key is given. */
  list: (type: ContentType, spaceKey?: string) => find(state, type, spaceKey),
  /** The storage-format body of the current version. */
  body: (content: Content) => state.bodies.read(content),
  /** The wiki's time, milliseconds since the epoch. */
  now: () => state.clock.now(),
  /** Moves the wiki's time on. */
  advance: ({ byMs }: { readonly byMs: number }) => state.clock.advance(byMs),
  /** Makes all changes known to search at once. */
  reindex: () => state.index.flush(),
});

/** What can be done to the content of a running wiki. Refused changes throw SandboxError. */
export type Wiki = ReturnType<typeof createWiki>;
