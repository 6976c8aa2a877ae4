import type { Space, Status, TreeNode, TreeType } from '../wiki/model.js';
import { type BuildContext, generatedFields, someLabels } from './build-context.js';

const MAX_DEPTH = 8;
const OTHER_TYPES = ['whiteboard', 'database', 'embed'] as const;

interface Parent {
  readonly id: string;
  readonly depth: number;
}

export interface TreePlan {
  readonly pages: number;
  readonly folders: number;
  readonly title: () => string;
}

/** Adds nodes below parents of one space and remembers who can be a parent. */
const createPlanter = (context: BuildContext, space: Space) => {
  const { state, prng } = context;
  const parents: Parent[] = [];
  let position = 0;
  const parent = (): Parent | null => {
    if (parents.length > 20 && prng.chance(0.01)) return null;
    const recent = prng.chance(0.7) ? Math.max(0, parents.length - 40) : 0;
    const found = parents[recent + prng.int(parents.length - recent)] ?? null;
    return found !== null && found.depth >= MAX_DEPTH ? (parents[0] ?? null) : found;
  };
  const add = (
    type: TreeType,
    title: string,
    above: Parent | null,
    id = state.ids.content(),
    status: Status = 'current',
  ) => {
    position += 1 + prng.int(500);
    const labels = type === 'page' ? someLabels(prng) : [];
    const parentId = above?.id ?? null;
    const node: TreeNode = {
      ...generatedFields(context),
      labels,
      type,
      id,
      title,
      spaceId: space.id,
      parentId,
      position,
      status,
    };
    state.store.put(node);
    return { id, depth: (above?.depth ?? 0) + 1 };
  };
  return { add, parent, adopt: (node: Parent) => parents.push(node) };
};

type Planter = ReturnType<typeof createPlanter>;

const plantOthers = (planter: Planter, { title }: TreePlan, home: Parent): readonly Parent[] =>
  OTHER_TYPES.map((type) => planter.add(type, `${title()} ${type}`, home));

/** Pages that no listing of current pages shows. */
const plantHidden = (planter: Planter, { pages, title }: TreePlan, home: Parent): void => {
  const count = Math.min(20, Math.max(1, Math.floor(pages / 100)));
  for (const status of ['archived', 'trashed', 'draft'] as const) {
    for (let index = 0; index < count; index += 1)
      planter.add('page', `${title()} (${status})`, home, undefined, status);
  }
};

/** Fills a space: the homepage, then pages and folders evenly mixed; the last folder stays empty. */
export const buildTree = (context: BuildContext, space: Space, plan: TreePlan): readonly string[] => {
  const planter = createPlanter(context, space);
  const home = planter.add('page', `${space.name} home`, null, space.homepageId);
  planter.adopt(home);
  const ids = [home.id];
  const others = plan.pages >= 50 ? plantOthers(planter, plan, home) : [];
  const total = plan.pages - 1 + plan.folders;
  let shared = '';
  let folders = 0;
  for (let index = 0; index < total; index += 1) {
    const isFolder = Math.floor(((index + 1) * plan.folders) / total) > folders;
    if (isFolder) folders += 1;
    const title = isFolder && folders === 2 && shared !== '' ? shared : plan.title();
    const node = planter.add(isFolder ? 'folder' : 'page', title, others[index] ?? planter.parent());
    if (!isFolder) ids.push(node.id);
    if (!isFolder && shared === '') shared = title;
    if (!isFolder || folders < plan.folders) planter.adopt(node);
  }
  plantHidden(planter, plan, home);
  return ids;
};
