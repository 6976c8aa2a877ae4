import { type CreateOptions, liftChildren, moveNode, placeOf } from './document-changes.js';
import type { Content, TreeNode } from './model.js';
import { type WikiState, commit, fresh, nextVersion, requireContent, spaceIdOf } from './wiki-state.js';

const isFolder = (content: Content | undefined): content is TreeNode => content?.type === 'folder';

const create = (state: WikiState, title: string, options: Omit<CreateOptions, 'body'>): TreeNode => {
  const spaceId = spaceIdOf(state, options.spaceKey);
  const place = placeOf(state, spaceId, options.parentId);
  return commit(state, {
    ...fresh(state, spaceId, title),
    ...place,
    type: 'folder',
    id: state.ids.content(),
  });
};

const remove = (state: WikiState, id: string): TreeNode => {
  const folder = requireContent(state, id, isFolder);
  state.clock.tick();
  liftChildren(state, folder);
  return commit(state, { ...folder, status: 'trashed' });
};

/** Changes of folders. Unknown ids throw SandboxError. */
export const folderChanges = (state: WikiState) => ({
  createFolder: (title: string, options: Omit<CreateOptions, 'body'> = {}) => create(state, title, options),
  /** A new version with this title. */
  renameFolder: (id: string, { title }: { readonly title: string }) =>
    commit(state, { ...nextVersion(state, requireContent(state, id, isFolder)), title }),
  /** Moves a folder below another node, null for the root. Makes no version. */
  moveFolder: (id: string, { parentId }: { readonly parentId: string | null }) =>
    moveNode(state, requireContent(state, id, isFolder), parentId),
  /** Removes a folder; what it holds moves up to its parent. */
  deleteFolder: (id: string) => remove(state, id),
});
