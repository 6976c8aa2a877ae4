import { SandboxError } from '../../errors/sandbox-error.js';
import type { WikiUser } from '../data/users.js';
import type { BodyStore } from './body-store.js';
import type { ContentStore } from './content-store.js';
import type { FileStore } from './file-store.js';
import type { Ids } from './ids.js';
import type { Content } from './model.js';
import type { SearchIndex } from './search-index.js';
import type { WikiClock } from './wiki-clock.js';

/** Everything a wiki consists of. */
export interface WikiState {
  readonly store: ContentStore;
  readonly users: readonly WikiUser[];
  readonly ids: Ids;
  readonly clock: WikiClock;
  readonly index: SearchIndex;
  readonly bodies: BodyStore;
  readonly files: FileStore;
}

/** Puts a record and tells the search index. */
export const commit = <T extends Content>(state: WikiState, content: T): T => {
  state.index.note(content.id);
  state.store.put(content);
  return content;
};

/** A record as its next version, edited now by the caller of the API. */
export const nextVersion = <T extends Content>(state: WikiState, content: T, message = ''): T => ({
  ...content,
  version: content.version + 1,
  modifiedAt: state.clock.tick(),
  editorId: callerOf(state),
  message,
});

/** The account that the credentials belong to. */
export const callerOf = (state: WikiState): string => state.users[0]?.accountId ?? '';

/** The record with this id that passes the guard; throws SandboxError when there is none. */
export const requireContent = <T extends Content>(
  state: WikiState,
  id: string,
  guard: (content: Content | undefined) => content is T,
): T => {
  const content = state.store.get(id);
  if (!guard(content)) throw new SandboxError(`No such content of this kind: ${id}`);
  return content;
};

/** The fields of a record that is new now. */
export const fresh = (state: WikiState, spaceId: string, title: string) => {
  const now = state.clock.tick();
  const author = callerOf(state);
  return {
    spaceId,
    title,
    status: 'current',
    authorId: author,
    editorId: author,
    createdAt: now,
    modifiedAt: now,
    version: 1,
    message: '',
    hidden: false,
    labels: [],
  } as const;
};

/** Id of the space with this key, by default the first; throws SandboxError when there is none. */
export const spaceIdOf = (state: WikiState, key: string | undefined): string => {
  for (const space of state.store.spaces.values())
    if (key === undefined || space.key === key) return space.id;
  throw new SandboxError(`No such space: ${key ?? ''}`);
};
