import type { ResolvedOptions } from '../options.js';
import { type BlogPost, type Content, type Space } from '../wiki/model.js';
import { BASE_TIME } from '../wiki/wiki-clock.js';
import type { WikiState } from '../wiki/wiki-state.js';
import { buildAttachments } from './attachment-builder.js';
import { type BuildContext, generatedFields, someLabels } from './build-context.js';
import { buildComments } from './comment-builder.js';
import { createPrng, hash32 } from './prng.js';
import { createTitles } from './titles.js';
import { buildTree } from './tree-builder.js';

const addSpace = (
  { state }: BuildContext,
  given: Pick<Space, 'id' | 'key' | 'name' | 'type' | 'status'>,
): Space => {
  const author = state.users[0]?.accountId ?? '';
  return state.store.putSpace({
    ...given,
    homepageId: state.ids.content(),
    authorId: author,
    createdAt: BASE_TIME - 800 * 86_400_000,
  });
};

const addBlogPosts = (
  context: BuildContext,
  space: Space,
  count: number,
  title: () => string,
): readonly Content[] =>
  Array.from({ length: count }, () => {
    const post: BlogPost = {
      ...generatedFields(context),
      type: 'blogpost',
      id: context.state.ids.content(),
      spaceId: space.id,
      title: title(),
      labels: someLabels(context.prng),
    };
    context.state.store.put(post);
    return post;
  });

const contentsOf = (state: WikiState, ids: readonly string[]): readonly Content[] =>
  ids.flatMap((id) => state.store.get(id) ?? []);

const buildMain = (context: BuildContext, options: ResolvedOptions): void => {
  const { state } = context;
  const title = createTitles(options.seed, options.nasty);
  const space = addSpace(context, {
    id: '98306',
    key: options.spaceKey,
    name: 'Large',
    type: 'global',
    status: 'current',
  });
  const ids = buildTree(context, space, { pages: options.pages, folders: options.folders, title });
  for (const id of ids) state.bodies.linkTargets.push(id);
  const posts = addBlogPosts(context, space, options.blogposts, title);
  const containers = [...contentsOf(state, ids), ...posts];
  buildAttachments(context, containers, options.attachments);
  buildComments(context, containers, options.comments);
};

const buildSide = (
  context: BuildContext,
  seed: number,
  given: Parameters<typeof addSpace>[1],
  pages: number,
): void => {
  const space = addSpace(context, given);
  const ids = buildTree(context, space, {
    pages,
    folders: Math.floor(pages / 10),
    title: createTitles(seed, false),
  });
  const containers = contentsOf(context.state, ids);
  buildAttachments(context, containers, pages);
  buildComments(context, containers, pages);
};

/** Ids of further spaces follow those of the four that are always there. */
const buildSmallSpaces = (context: BuildContext, count: number): void => {
  for (let n = 1; n <= count; n += 1) {
    const [id, key] = [String(98_309 + n), `S${n}`];
    buildSide(context, 100 + n, { id, key, name: `Space ${n}`, type: 'global', status: 'current' }, 5);
  }
};

/**
 * Fills an empty wiki: the large space, `SMALL`, the personal space `~sandbox`, the archived space `OLD`, and as many small
 * ones as are asked for.
 */
export const buildWiki = (state: WikiState, options: ResolvedOptions): void => {
  const context: BuildContext = {
    state,
    prng: createPrng(hash32(options.seed, 'wiki')),
    nasty: options.nasty,
  };
  buildMain(context, options);
  const plain = { ...context, nasty: false };
  buildSide(plain, 11, { id: '98307', key: 'SMALL', name: 'Small', type: 'global', status: 'current' }, 20);
  buildSide(
    plain,
    12,
    { id: '98308', key: '~sandbox', name: 'Sandy Box', type: 'personal', status: 'current' },
    3,
  );
  buildSide(plain, 13, { id: '98309', key: 'OLD', name: 'Old', type: 'global', status: 'archived' }, 5);
  buildSmallSpaces(plain, options.spaces);
};
