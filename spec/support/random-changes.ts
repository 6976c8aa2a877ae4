import { SandboxError } from '../../lib/errors/sandbox-error.js';
import type { Prng } from '../../lib/sandbox/data/prng.js';
import type { ContentType } from '../../lib/sandbox/wiki/model.js';
import type { Wiki } from '../../lib/sandbox/wiki/wiki.js';

const SPACE = 'LARGE';

/** Titles that often mean the same file name, with some that need care. */
const TITLES = ['Plan', 'plan!', 'Plän', 'PLAN 2', 'Plan-2', 'plan 2?', 'CON', 'index', 'Blog', '…', '東京'];

interface Hands {
  readonly wiki: Wiki;
  readonly random: Prng;
  /** Ids of what was put into the trash or the archive and may come back. */
  readonly trashed: Set<string>;
  readonly archived: Set<string>;
  /** A number that no other change has. */
  readonly next: () => number;
}

type Change = (hands: Hands) => void;

const homepageOf = ({ wiki }: Hands): string | undefined =>
  wiki.list('page', SPACE).find((page) => 'parentId' in page && page.parentId === null)?.id;

/** The id of some current content; the homepage stays as it is. */
const some = (hands: Hands, ...types: readonly ContentType[]): string => {
  const homepage = homepageOf(hands);
  const found = types.flatMap((type) => hands.wiki.list(type, SPACE)).filter(({ id }) => id !== homepage);
  if (found.length === 0) throw new SandboxError(`There is no ${types.join(' or ')}`);
  return hands.random.pick(found).id;
};

const someOf = ({ random }: Hands, ids: ReadonlySet<string>): string => {
  if (ids.size === 0) throw new SandboxError('There is none');
  return random.pick([...ids]);
};

const titleOf = ({ wiki }: Hands, id: string): string => wiki.get(id)?.title ?? '';

const parentOf = ({ wiki }: Hands, id: string): string | null => {
  const content = wiki.get(id);
  return content !== undefined && 'parentId' in content ? content.parentId : null;
};

const newTitle = ({ random, next }: Hands): string =>
  random.chance(0.6) ? random.pick(TITLES) : `Topic ${next()}`;

/** A body that shows whatever depends on the rest of the space. */
const newBody = (hands: Hands, id: string): string => {
  const title = titleOf(hands, some(hands, 'page')).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const file = hands.wiki
    .list('attachment', SPACE)
    .find((content) => 'containerId' in content && content.containerId === id);
  const edit = hands.next();
  return [
    `<p>Edit ${edit}: <ac:link><ri:page ri:content-title="${title}" /></ac:link></p>`,
    file ? `<p><ac:image><ri:attachment ri:filename="${file.title}" /></ac:image></p>` : '',
    hands.random.chance(0.5) ? '<ac:structured-macro ac:name="children" />' : '',
    hands.random.chance(0.5) ? '<ac:structured-macro ac:name="attachments" />' : '',
    // Without a random number of its own: the seeds that are tried stay what they were.
    edit % 2 === 0
      ? `<ac:structured-macro ac:name="include"><ac:parameter ac:name="">${title}</ac:parameter></ac:structured-macro>`
      : '',
  ].join('');
};

const swapTitles: Change = (hands) => {
  const [a, b] = [some(hands, 'page'), some(hands, 'page')];
  const [titleA, titleB] = [titleOf(hands, a), titleOf(hands, b)];
  if (a === b) throw new SandboxError('One page alone');
  hands.wiki.renamePage(a, { title: `Swapping ${hands.next()}` });
  hands.wiki.renamePage(b, { title: titleA });
  hands.wiki.renamePage(a, { title: titleB });
};

const swapPlaces: Change = (hands) => {
  const [a, b] = [some(hands, 'page'), some(hands, 'page')];
  const [aboveA, aboveB] = [parentOf(hands, a), parentOf(hands, b)];
  hands.wiki.movePage(a, { parentId: aboveB });
  hands.wiki.movePage(b, { parentId: aboveA });
};

/** What people do to a space, by name. */
const CHANGES: Readonly<Record<string, Change>> = {
  create: (hands) => {
    const parentId = some(hands, 'page', 'folder');
    hands.wiki.createPage(newTitle(hands), { parentId });
  },
  edit: (hands) => {
    const id = some(hands, 'page');
    hands.wiki.editPage(id, { body: newBody(hands, id) });
  },
  touch: (hands) => void hands.wiki.editPage(some(hands, 'page')),
  rename: (hands) => void hands.wiki.renamePage(some(hands, 'page'), { title: newTitle(hands) }),
  move: (hands) => void hands.wiki.movePage(some(hands, 'page'), { parentId: some(hands, 'page', 'folder') }),
  'swap titles': swapTitles,
  'swap places': swapPlaces,
  delete: (hands) => {
    const id = some(hands, 'page');
    hands.wiki.deletePage(id);
    hands.trashed.add(id);
  },
  restore: (hands) => {
    const id = someOf(hands, hands.trashed);
    hands.wiki.restorePage(id);
    hands.trashed.delete(id);
  },
  archive: (hands) => {
    const id = some(hands, 'page');
    hands.wiki.archivePage(id);
    hands.archived.add(id);
  },
  unarchive: (hands) => {
    const id = someOf(hands, hands.archived);
    hands.wiki.unarchivePage(id);
    hands.archived.delete(id);
  },
  attach: (hands) =>
    void hands.wiki.attach(some(hands, 'page', 'blogpost'), {
      fileName: hands.random.pick(['a.txt', 'A.txt', `file ${hands.next()}.bin`]),
      sizeBytes: hands.random.int(300),
    }),
  replace: (hands) =>
    void hands.wiki.replaceAttachment(some(hands, 'attachment'), { sizeBytes: hands.random.int(300) }),
  detach: (hands) => void hands.wiki.detach(some(hands, 'attachment')),
  comment: (hands) => {
    const location = hands.random.pick(['footer', 'inline'] as const);
    hands.wiki.comment(some(hands, 'page', 'blogpost'), { location });
  },
  reply: (hands) => {
    const parentCommentId = some(hands, 'comment');
    const parent = hands.wiki.get(parentCommentId);
    if (parent && 'containerId' in parent) hands.wiki.comment(parent.containerId, { parentCommentId });
  },
  'edit a comment': (hands) => void hands.wiki.editComment(some(hands, 'comment')),
  'resolve a comment': (hands) => void hands.wiki.resolveComment(some(hands, 'comment')),
  'delete a comment': (hands) => void hands.wiki.deleteComment(some(hands, 'comment')),
  'create a folder': (hands) =>
    void hands.wiki.createFolder(newTitle(hands), { parentId: some(hands, 'page', 'folder') }),
  'rename a folder': (hands) =>
    void hands.wiki.renameFolder(some(hands, 'folder'), { title: newTitle(hands) }),
  'move a folder': (hands) =>
    void hands.wiki.moveFolder(some(hands, 'folder'), { parentId: some(hands, 'page', 'folder') }),
  'delete a folder': (hands) => void hands.wiki.deleteFolder(some(hands, 'folder')),
  label: (hands) =>
    void hands.wiki.label(some(hands, 'page', 'blogpost'), {
      [hands.random.pick(['add', 'remove'])]: hands.random.pick(['red', 'green']),
    }),
  blog: (hands) => void hands.wiki.createBlogpost(`Post ${hands.next()}`),
  'edit a blog post': (hands) => void hands.wiki.editPage(some(hands, 'blogpost')),
};

/** The names of all changes. */
export const CHANGE_NAMES = Object.keys(CHANGES);

/**
 * Returns a function that does one random change to the large space and names it. Equal wikis and equal dice give equal
 * changes.
 */
export const randomChanges = (wiki: Wiki, random: Prng): (() => string) => {
  let count = 0;
  const hands: Hands = {
    wiki,
    random,
    trashed: new Set(),
    archived: new Set(),
    next: () => {
      count += 1;
      return count;
    },
  };
  const attempt = (): string | undefined => {
    const name = random.pick(CHANGE_NAMES);
    try {
      CHANGES[name]?.(hands);
      return name;
    } catch (error) {
      // What the wiki refuses is no change: a taken title, a move below itself.
      if (error instanceof SandboxError) return undefined;
      throw error;
    }
  };
  return () => {
    for (;;) {
      const name = attempt();
      if (name !== undefined) return name;
    }
  };
};
