import type { Flavor } from '../convert/index.js';

/** Keys of the front matter by which the readers of a dialect find pages. */
export interface FlavorKeys {
  readonly aliases?: readonly string[];
  readonly tags?: readonly string[];
}

interface Named {
  readonly title: string;
  readonly labels?: readonly string[];
}

const NOT_IN_TAGS = /[^\p{L}\p{N}_/-]/gu;

/** A label as Obsidian takes it for a tag: fewer characters, and not digits alone. */
const obsidianTag = (label: string): string => {
  const tag = label.replace(NOT_IN_TAGS, '-');
  return /^\d+$/.test(tag) ? `_${tag}` : tag;
};

/** What each dialect's readers look for: Obsidian calls a note by its file or its aliases, and the plugins of MkDocs read tags. */
export const FLAVOR_KEYS: Readonly<Record<Flavor, (page: Named) => FlavorKeys>> = {
  github: () => ({}),
  obsidian: ({ title, labels }) => ({
    aliases: [title],
    ...(labels && { tags: [...new Set(labels.map(obsidianTag))] }),
  }),
  mkdocs: ({ labels }) => (labels ? { tags: [...labels] } : {}),
};
