import { slug } from 'github-slugger';
import type { Dialect } from '../dialects/dialect.js';
import type { Block, Heading, Inline } from '../document/nodes.js';
import { trimInlines } from '../document/trim-inlines.js';
import { headingsOf, plainText } from '../document/plain-text.js';

const MAX_PREFIXES = 8;

/** Anchors compare by their letters and digits: Confluence drops or replaces all else, in several ways. */
const keyOf = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** What Cloud writes into an anchor for what is no text in a heading: `[inlineExtension]`, `:smile:`. */
const NO_TEXT =
  /\[[a-z]+[A-Z][A-Za-z]*\]|\[(?:emoji|date|status|mention|media|placeholder)\]|:[a-z][\w+-]*:/g;

/** The name of an anchor without what stands in it for other things than text. */
export const anchorText = (name: string): string => name.replace(NO_TEXT, '').replace(/^-+/, '');

/** A status or the like, which Cloud leaves out of the names of anchors. */
const isLabel = (inline: Inline): boolean => inline.type === 'inlineCode' && inline.isLabel === true;

/** The links to the headings of a page, in their order, by name too, and the ids of the headings. */
interface HeadingLinks {
  readonly ids: ReadonlySet<string>;
  readonly hrefs: ReadonlyMap<Heading, string>;
  readonly hrefsByKey: ReadonlyMap<string, string>;
}

function headingLinks(
  headings: readonly Heading[],
  { headingIds, fragment }: Dialect,
  title: Heading | undefined,
): HeadingLinks {
  const ids = new Set<string>();
  const hrefs = new Map<Heading, string>();
  const hrefsByKey = new Map<string, string>();
  const nextId = headingIds();
  // A name leads to the heading of the text that has it, and to the title only where there is none.
  const titleId = title && nextId(plainText(title.children, ''));
  for (const heading of headings) {
    const text = plainText(heading.children);
    // GitHub makes ids from the text alone: a line break leaves nothing between the words.
    const id = nextId(plainText(heading.children, ''));
    ids.add(id);
    const href = fragment(id, text);
    hrefs.set(heading, href);
    if (!hrefsByKey.has(keyOf(text))) hrefsByKey.set(keyOf(text), href);
  }
  for (const [heading, href] of hrefs) {
    const key = keyOf(plainText(heading.children.filter((inline) => !isLabel(inline))));
    if (!hrefsByKey.has(key)) hrefsByKey.set(key, href);
  }
  if (title !== undefined && titleId !== undefined) {
    const name = plainText(title.children);
    ids.add(titleId);
    if (!hrefsByKey.has(keyOf(name))) hrefsByKey.set(keyOf(name), fragment(titleId, name));
  }
  return { ids, hrefs, hrefsByKey };
}

/** Where links within one page lead: to its headings, by the ids that GitHub gives them, or to its anchors. */
export class PageAnchors {
  /** The dialect in which the links are. */
  readonly dialect: Dialect;
  readonly #blocks: readonly Block[];
  readonly #title: Heading | undefined;
  #known: HeadingLinks | undefined;

  /** `title`: a heading above the blocks, which is none of their own. */
  constructor(blocks: readonly Block[], dialect: Dialect, title?: Heading) {
    this.#blocks = blocks;
    this.#title = title;
    this.dialect = dialect;
  }

  /** Read once something asks for them: most pages have no links within. */
  get #links(): HeadingLinks {
    this.#known ??= headingLinks(headingsOf(this.#blocks), this.dialect, this.#title);
    return this.#known;
  }

  /** Of the text: the title is not among them. */
  headings(): readonly Heading[] {
    return [...this.#links.hrefs.keys()];
  }

  /** The link to a heading of the page. */
  hrefOfHeading(heading: Heading): string {
    return this.#links.hrefs.get(heading) ?? '';
  }

  /** The id of an anchor. */
  idOf(name: string): string {
    return slug(name.trim().replace(/\s+/g, ' '));
  }

  /** Whether a heading has the id of this anchor: every link to either leads to the heading. */
  isHeading(name: string): boolean {
    return this.#links.ids.has(this.idOf(name));
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
      const href = this.#links.hrefsByKey.get(keyOf(name.slice(start)));
      if (href !== undefined) return href;
    }
    return undefined;
  }
}

/** Content without the anchors that only repeat the id of a heading, and without the breaks that stand at its ends then. */
export function withoutRepeatedAnchors(inlines: readonly Inline[], anchors: PageAnchors): readonly Inline[] {
  if (!inlines.some(({ type }) => type === 'anchor')) return inlines;
  const kept = inlines.filter((inline) => inline.type !== 'anchor' || !anchors.isHeading(inline.name));
  const isAtEnd = kept[0] !== inlines[0] || kept.at(-1) !== inlines.at(-1);
  return isAtEnd ? trimInlines(kept) : kept;
}
