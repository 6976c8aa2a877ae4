import type { ContainerType, ListedFolder, ListedPage } from './content.js';

const CONTAINERS: readonly ContainerType[] = ['folder', 'whiteboard', 'database', 'embed'];

export interface UnknownParent {
  readonly id: string;
  readonly type: ContainerType;
}

/** The parents that no listing has told of and that can be asked for one by one: all kinds but pages. */
export const unknownParents = (
  pages: readonly Pick<ListedPage, 'parentId' | 'parentType'>[],
  folders: readonly ListedFolder[],
): readonly UnknownParent[] => {
  const known = new Set(folders.map((folder) => folder.id));
  const unknown = new Map<string, UnknownParent>();
  for (const { parentId, parentType } of pages) {
    const type = CONTAINERS.find((container) => container === parentType);
    if (parentId !== undefined && type !== undefined && !known.has(parentId))
      unknown.set(parentId, { id: parentId, type });
  }
  return [...unknown.values()];
};
