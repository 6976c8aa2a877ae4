import GithubSlugger, { slug } from 'github-slugger';
import type { Heading } from '../document/nodes.js';
import { plainText } from '../document/plain-text.js';

const MAX_PREFIXES = 8;

/** Anchors compare by their letters and digits: Confluence drops or replaces all else, in several ways. */
const keyOf = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Where links within one page lead: to its headings, by the ids that GitHub gives them, or to its anchors. */
export class PageAnchors {
  readonly #ids = new Map<Heading, string>();
  readonly #idsByKey = new Map<string, string>();

  constructor(headings: readonly Heading[]) {
    const slugger = new GithubSlugger();
    for (const heading of headings) {
      const text = plainText(heading.children);
      // GitHub makes ids from the text alone: a line break leaves nothing between the words.
      const id = slugger.slug(plainText(heading.children, ''));
      this.#ids.set(heading, id);
      if (!this.#idsByKey.has(keyOf(text))) this.#idsByKey.set(keyOf(text), id);
    }
  }

  headings(): readonly Heading[] {
    return [...this.#ids.keys()];
  }

  /** The id of a heading of the page. */
  idOfHeading(heading: Heading): string {
    return this.#ids.get(heading) ?? '';
  }

  /** The id of an anchor. */
  idOf(name: string): string {
    return slug(name.trim().replace(/\s+/g, ' '));
  }

  /** The link to a heading or an anchor by name; old names start with the page's title and a hyphen. */
  hrefOf(name: string): string {
    const parts = name.split('-', MAX_PREFIXES);
    for (
      let count = 0, start = 0;
      count < parts.length;
      start += (parts[count]?.length ?? 0) + 1, count += 1
    ) {
      const id = this.#idsByKey.get(keyOf(name.slice(start)));
      if (id !== undefined) return `#${id}`;
    }
    return `#${this.idOf(name)}`;
  }
}
