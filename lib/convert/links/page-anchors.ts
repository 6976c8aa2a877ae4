import { slug } from 'github-slugger';
import type { Dialect } from '../dialects/dialect.js';
import type { Heading, Inline } from '../document/nodes.js';
import { plainText } from '../document/plain-text.js';

const MAX_PREFIXES = 8;

/** Anchors compare by their letters and digits: Confluence drops or replaces all else, in several ways. */
const keyOf = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** What Cloud writes into an anchor for what is no text in a heading: `[inlineExtension]`, `:smile:`. */
const NO_TEXT =
  /\[[a-z]+[A-Z][A-Za-z]*\]|\[(?:emoji|date|status|mention|media|placeholder)\]|:[a-z][\w+-]*:/g;

/** The name of an anchor without what stands in it for other things than text. */
export const anchorText = (name: string): string => name.replace(NO_TEXT, '').replace(/^-+/, '');

/** Where links within one page lead: to its headings, by the ids that GitHub gives them, or to its anchors. */
export class PageAnchors {
  /** The dialect in which the links are. */
  readonly dialect: Dialect;
  readonly #hrefs = new Map<Heading, string>();
  readonly #headingIds = new Set<string>();
  readonly #hrefsByKey = new Map<string, string>();

  constructor(headings: readonly Heading[], dialect: Dialect) {
    this.dialect = dialect;
    const nextId = dialect.headingIds();
    for (const heading of headings) {
      const text = plainText(heading.children);
      // GitHub makes ids from the text alone: a line break leaves nothing between the words.
      const id = nextId(plainText(heading.children, ''));
      this.#headingIds.add(id);
      const href = dialect.fragment(id, text);
      this.#hrefs.set(heading, href);
      if (!this.#hrefsByKey.has(keyOf(text))) this.#hrefsByKey.set(keyOf(text), href);
    }
  }

  headings(): readonly Heading[] {
    return [...this.#hrefs.keys()];
  }

  /** The link to a heading of the page. */
  hrefOfHeading(heading: Heading): string {
    return this.#hrefs.get(heading) ?? '';
  }

  /** The id of an anchor. */
  idOf(name: string): string {
    return slug(name.trim().replace(/\s+/g, ' '));
  }

  /** Whether a heading has the id of this anchor: every link to either leads to the heading. */
  isHeading(name: string): boolean {
    return this.#headingIds.has(this.idOf(name));
  }

  /** The link to a heading or an anchor by name. */
  hrefOf(name: string): string {
    return (
      this.#headingHref(name) ?? this.#headingHref(anchorText(name)) ?? `#${this.idOf(anchorText(name))}`
    );
  }

  /** The link to a heading by its name; old names start with the page's title and a hyphen. */
  #headingHref(name: string): string | undefined {
    const parts = name.split('-', MAX_PREFIXES);
    for (
      let count = 0, start = 0;
      count < parts.length;
      start += (parts[count]?.length ?? 0) + 1, count += 1
    ) {
      const href = this.#hrefsByKey.get(keyOf(name.slice(start)));
      if (href !== undefined) return href;
    }
    return undefined;
  }
}

/** Content without the anchors that only repeat the id of a heading. */
export const withoutRepeatedAnchors = (
  inlines: readonly Inline[],
  anchors: PageAnchors,
): readonly Inline[] =>
  inlines.some(({ type }) => type === 'anchor')
    ? inlines.filter((inline) => inline.type !== 'anchor' || !anchors.isHeading(inline.name))
    : inlines;
