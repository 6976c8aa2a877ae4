import { SandboxError } from '../../errors/sandbox-error.js';
import { checkTitle, placeOf } from './document-changes.js';
import { type Content, type Space, type TreeNode, isOfType, isTreeNode } from './model.js';
import { type WikiState, commit, requireContent, spaceIdOf } from './wiki-state.js';

const change = (state: WikiState, key: string, fields: Partial<Space>): Space => {
  const space = state.store.spaces.get(spaceIdOf(state, key));
  if (space === undefined) throw new SandboxError(`No such space: ${key}`);
  state.clock.tick();
  return state.store.putSpace({ ...space, ...fields });
};

const rekey = (state: WikiState, spaceKey: string, key: string): Space => {
  for (const space of state.store.spaces.values())
    if (space.key.toLowerCase() === key.toLowerCase())
      throw new SandboxError(`A space with this key already exists: ${key}`);
  return change(state, spaceKey, { key });
};

/** A node and everything that stands below it or belongs to it, the node first. */
const subtree = (state: WikiState, root: Content): readonly Content[] => [
  root,
  ...state.store.below(root.id).flatMap((child) => subtree(state, child)),
];

const moveToSpace = (state: WikiState, id: string, spaceKey: string): TreeNode => {
  const page = requireContent(state, id, isTreeNode);
  const spaceId = spaceIdOf(state, spaceKey);
  const moved = subtree(state, page);
  for (const content of moved.filter(isOfType('page'))) checkTitle(state, spaceId, content.title, content.id);
  const place = placeOf(state, spaceId, undefined);
  state.clock.tick();
  for (const content of moved.slice(1)) commit(state, { ...content, spaceId });
  return commit(state, { ...page, ...place, spaceId });
};

/** Changes of spaces, and between them. Unknown keys and ids, taken keys and titles throw SandboxError. */
export const spaceChanges = (state: WikiState) => ({
  /** Gives a space another key; its id stays. */
  rekeySpace: (spaceKey: string, { key }: { readonly key: string }) => rekey(state, spaceKey, key),
  /** Archives a space, or with `archived: false` brings it back. */
  archiveSpace: (spaceKey: string, { archived = true }: { readonly archived?: boolean } = {}) =>
    change(state, spaceKey, { status: archived ? 'archived' : 'current' }),
  /** Moves a node with all below it under the homepage of another space. Makes no version. */
  moveToSpace: (id: string, { spaceKey }: { readonly spaceKey: string }) => moveToSpace(state, id, spaceKey),
});
