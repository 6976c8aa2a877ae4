import { Document, parse, visit } from 'yaml';
import { z } from 'zod';
import type { Flavor } from '../convert/index.js';
import type { PageWithBody } from './content.js';
import { FLAVOR_KEYS, type FlavorKeys } from './flavor-keys.js';
import { simpleYaml } from './simple-yaml.js';
import { unicodeEscape } from './unicode-escape.js';
import { pageAddress } from './view-address.js';
import type { CommentsMatter } from './comments-matter.js';

/** What stands above a page's text, or in its `.meta.json`. */
export interface FrontMatter extends FlavorKeys {
  readonly id: string;
  readonly title: string;
  readonly space: string;
  readonly type: string;
  readonly status: string;
  readonly version: number;
  readonly created: string;
  readonly updated: string;
  readonly author: string;
  readonly url: string;
  readonly parent?: string;
  readonly labels?: readonly string[];
  /** The page properties, by name. */
  readonly properties?: Readonly<Record<string, string>>;
}

export interface FrontMatterContext {
  readonly spaceKey: string;
  /** The site's base, ending in `/wiki`. */
  readonly baseUrl: string;
  readonly author: string;
  readonly labels?: readonly string[];
  readonly properties?: ReadonlyMap<string, string>;
  /** The dialect of the text below; absent where the front matter stands alone. */
  readonly flavor?: Flavor;
}

/** The labels in order, and the keys that the dialect's readers look for. */
const labelKeys = (
  title: string,
  labels: readonly string[] | undefined,
  flavor: Flavor | undefined,
): FlavorKeys & Pick<FrontMatter, 'labels'> => {
  const named = labels && { labels: [...labels].sort() };
  return { ...named, ...(flavor && FLAVOR_KEYS[flavor]({ title, ...named })) };
};

export const frontMatter = (page: PageWithBody, context: FrontMatterContext): FrontMatter => ({
  id: page.id,
  title: page.title,
  space: context.spaceKey,
  type: page.kind,
  status: page.status,
  version: page.version,
  created: page.createdAt,
  updated: page.updatedAt,
  author: context.author,
  url: pageAddress(context.baseUrl, page),
  ...(page.parentId !== undefined && { parent: page.parentId }),
  ...labelKeys(page.title, context.labels, context.flavor),
  ...(context.properties?.size && { properties: Object.fromEntries(context.properties) }),
});

/**
 * What must not stand in a file as it is: it would break the line, or act on a terminal, or be no character of YAML, or
 * mean a type of YAML 1.1 that some parsers fail on, or a number of YAML 1.2.
 */
const UNSAFE = /[\p{Cc}\u2028\u2029\ufeff\ufffe\uffff]|^(?:=|<<|[-+]?0o[0-7]+)$/u;
/** The tag of the key `<<`, which is a text here. */
const MERGE = 'tag:yaml.org,2002:merge';
/** The controls that a quoted YAML text may hold as they are. */
const QUOTED_CONTROLS = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** Any front matter as YAML, each text on one line. */
const anyYaml = (matter: FrontMatter | CommentsMatter): string => {
  const document = new Document(matter, {
    schema: 'yaml-1.1',
    version: '1.1',
    customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || tag.tag !== MERGE),
  });
  visit(document, {
    Scalar: (_key, node) => {
      if (typeof node.value === 'string' && UNSAFE.test(node.value)) node.type = 'QUOTE_DOUBLE';
    },
  });
  const yaml = document.toString({
    lineWidth: 0,
    doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
  });
  return yaml.replace(QUOTED_CONTROLS, unicodeEscape);
};

/** The front matter as a YAML block with its fences, followed by an empty line; each text on one line. */
export const renderFrontMatter = (matter: FrontMatter | CommentsMatter): string =>
  `---\n${simpleYaml(matter) ?? anyYaml(matter)}---\n\n`;

const Matter = z.object({
  id: z.string(),
  title: z.string(),
  space: z.string(),
  type: z.string(),
  status: z.string(),
  version: z.number(),
  created: z.string(),
  updated: z.string(),
  author: z.string(),
  url: z.string(),
  properties: z.record(z.string(), z.string()).exactOptional(),
});

/** What of the front matter can change without a new version of the page; what is not told of it stays. */
export type Placement = Partial<
  Pick<FrontMatter, 'author' | 'created' | 'updated' | 'url' | 'parent' | 'labels'>
>;

/** Front matter that was written before, for the page at its new place. @throws ZodError when it is none */
export const withPlacement = (
  before: unknown,
  { author, created, updated, url, parent, labels }: Placement,
  flavor?: Flavor,
): FrontMatter => {
  const { properties, ...kept } = Matter.parse(before);
  return {
    ...kept,
    ...(author !== undefined && { author }),
    ...(created !== undefined && { created }),
    ...(updated !== undefined && { updated }),
    ...(url !== undefined && { url }),
    ...(parent !== undefined && { parent }),
    ...labelKeys(kept.title, labels, flavor),
    ...(properties && { properties }),
  };
};

export interface SplitText {
  readonly matter: unknown;
  /** What stands below the front matter. */
  readonly text: string;
}

const END = '\n---\n\n';

/** Takes a file apart that begins with front matter as {@link renderFrontMatter} writes it. */
export const splitFrontMatter = (content: string): SplitText => {
  const end = content.indexOf(END);
  const matter: unknown = parse(content.slice('---\n'.length, end + 1), {
    schema: 'yaml-1.1',
    version: '1.1',
  });
  return { matter, text: content.slice(end + END.length) };
};
