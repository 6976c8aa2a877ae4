import { SandboxError } from '../../errors/sandbox-error.js';
import { type BlogPost, type Content, type TreeNode, isDocument, isTreeNode } from './model.js';
import { type WikiState, commit, fresh, nextVersion, requireContent, spaceIdOf } from './wiki-state.js';

/** Where new content stands and what it says. */
export interface CreateOptions {
  /** Default: the large space. */
  readonly spaceKey?: string;
  /** Page, folder or other node to stand under; null for the space's root. Default: the homepage. */
  readonly parentId?: string | null;
  /** Storage format. Default: generated. */
  readonly body?: string;
}

/** Refuses a title that another current page or blog post of the space has, ignoring case; `own` is the id that may. */
export const checkTitle = (state: WikiState, spaceId: string, title: string, own?: string): void => {
  for (const type of ['page', 'blogpost'] as const)
    for (const other of state.store.ofType(type))
      if (
        other.id !== own &&
        other.spaceId === spaceId &&
        other.status === 'current' &&
        sameTitle(other.title, title)
      )
        throw new SandboxError(`A page with this title already exists in the space: ${title}`);
};

const sameTitle = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

const isPage = (content: Content | undefined): content is TreeNode => content?.type === 'page';

/** Where a new or moved node stands: checks that the parent is in the tree of the space. */
export const placeOf = (state: WikiState, spaceId: string, parentId: string | null | undefined) => {
  const wanted = parentId === undefined ? (state.store.spaces.get(spaceId)?.homepageId ?? null) : parentId;
  if (wanted !== null && requireContent(state, wanted, isTreeNode).spaceId !== spaceId)
    throw new SandboxError(`The parent stands in another space: ${wanted}`);
  const siblings = wanted === null ? [] : state.store.below(wanted).filter(isTreeNode);
  return { parentId: wanted, position: 1 + Math.max(0, ...siblings.map((node) => node.position)) };
};

/** Moves the children of a node that goes away up to its parent. */
export const liftChildren = (state: WikiState, node: TreeNode): void => {
  for (const child of state.store.below(node.id))
    if (isTreeNode(child)) commit(state, { ...child, parentId: node.parentId });
};

const leave = (state: WikiState, id: string, status: 'trashed' | 'archived') => {
  const content = requireContent(state, id, isDocument);
  state.clock.tick();
  if (isTreeNode(content)) liftChildren(state, content);
  return commit(state, { ...content, status });
};

const isBelow = (state: WikiState, id: string, ancestorId: string): boolean => {
  for (let node = state.store.get(id); isTreeNode(node);) {
    if (node.id === ancestorId) return true;
    node = node.parentId === null ? undefined : state.store.get(node.parentId);
  }
  return false;
};

/** Where a node comes back to whose parent is not there any more: below the homepage, unless that stands below it. */
const placeAnew = (state: WikiState, { id, spaceId }: TreeNode) => {
  const home = state.store.spaces.get(spaceId)?.homepageId ?? null;
  return placeOf(state, spaceId, home !== null && isBelow(state, home, id) ? null : home);
};

const comeBack = (state: WikiState, id: string, from: 'trashed' | 'archived') => {
  const content = requireContent(state, id, isDocument);
  if (content.status !== from) throw new SandboxError(`Content ${id} is ${content.status}, not ${from}`);
  checkTitle(state, content.spaceId, content.title, id);
  state.clock.tick();
  if (!isTreeNode(content)) return commit(state, { ...content, status: 'current' });
  const parent = content.parentId === null ? undefined : state.store.get(content.parentId);
  const place = parent?.status === 'current' ? {} : placeAnew(state, content);
  return commit(state, { ...content, ...place, status: 'current' });
};

const purge = (state: WikiState, id: string): Content => {
  const content = requireContent(state, id, isDocument);
  if (isTreeNode(content)) liftChildren(state, content);
  state.clock.tick();
  for (const gone of [...state.store.below(id), content]) {
    state.index.note(gone.id);
    state.store.remove(gone);
  }
  return content;
};

const edit = (
  state: WikiState,
  id: string,
  options: { readonly body?: string; readonly message?: string },
) => {
  const content = requireContent(state, id, isDocument);
  const next = nextVersion(state, content, options.message);
  const body = options.body ?? `${state.bodies.read(content)}<p>Edited in version ${next.version}.</p>`;
  state.bodies.write(id, next.version, body);
  return commit(state, next);
};

const rename = (state: WikiState, id: string, title: string) => {
  const content = requireContent(state, id, isDocument);
  checkTitle(state, content.spaceId, title, id);
  const next = { ...nextVersion(state, content), title };
  state.bodies.write(id, next.version, state.bodies.read(content));
  return commit(state, next);
};

/** Moves a node; throws SandboxError when the new parent stands below it. */
export const moveNode = (state: WikiState, node: TreeNode, parentId: string | null): TreeNode => {
  if (parentId !== null && isBelow(state, parentId, node.id))
    throw new SandboxError(`${parentId} stands below ${node.id}`);
  state.clock.tick();
  return commit(state, { ...node, ...placeOf(state, node.spaceId, parentId) });
};

const relabel = (
  state: WikiState,
  id: string,
  change: { readonly add?: string; readonly remove?: string },
) => {
  const content = requireContent(state, id, isDocument);
  state.clock.tick();
  const kept = content.labels.filter((label) => label !== change.remove && label !== change.add);
  return commit(state, { ...content, labels: change.add === undefined ? kept : [...kept, change.add] });
};

const createPage = (state: WikiState, title: string, options: CreateOptions = {}): TreeNode => {
  const spaceId = spaceIdOf(state, options.spaceKey);
  checkTitle(state, spaceId, title);
  const id = state.ids.content();
  if (options.body !== undefined) state.bodies.write(id, 1, options.body);
  return commit(state, {
    ...fresh(state, spaceId, title),
    ...placeOf(state, spaceId, options.parentId),
    type: 'page',
    id,
  });
};

const createBlogpost = (
  state: WikiState,
  title: string,
  options: Omit<CreateOptions, 'parentId'> = {},
): BlogPost => {
  const spaceId = spaceIdOf(state, options.spaceKey);
  checkTitle(state, spaceId, title);
  const id = state.ids.content();
  if (options.body !== undefined) state.bodies.write(id, 1, options.body);
  return commit(state, { ...fresh(state, spaceId, title), type: 'blogpost', id });
};

/** Changes of pages and blog posts. Unknown ids and taken titles throw SandboxError. */
export const documentChanges = (state: WikiState) => ({
  createPage: (title: string, options?: CreateOptions) => createPage(state, title, options),
  createBlogpost: (title: string, options?: Omit<CreateOptions, 'parentId'>) =>
    createBlogpost(state, title, options),
  /** A new version with this body, or with a line added to the present one. */
  editPage: (id: string, options: { readonly body?: string; readonly message?: string } = {}) =>
    edit(state, id, options),
  /** A new version with this title. */
  renamePage: (id: string, { title }: { readonly title: string }) => rename(state, id, title),
  /** Moves a page below another node, null for the root. Makes no version. */
  movePage: (id: string, { parentId }: { readonly parentId: string | null }) =>
    moveNode(state, requireContent(state, id, isPage), parentId),
  /** Into the trash; children move up to the parent. */
  deletePage: (id: string) => leave(state, id, 'trashed'),
  restorePage: (id: string) => comeBack(state, id, 'trashed'),
  archivePage: (id: string) => leave(state, id, 'archived'),
  unarchivePage: (id: string) => comeBack(state, id, 'archived'),
  /** Removes for good, with attachments and comments. */
  purge: (id: string) => purge(state, id),
  /** Adds or removes a label. Makes no version. */
  label: (id: string, change: { readonly add?: string; readonly remove?: string }) =>
    relabel(state, id, change),
  /** Restricts a page so that the caller does not see it and what is below it; `hidden: false` lifts that. */
  hidePage: (id: string, { hidden = true }: { readonly hidden?: boolean } = {}) =>
    commit(state, { ...requireContent(state, id, isDocument), hidden }),
});
