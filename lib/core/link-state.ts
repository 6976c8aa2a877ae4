import { z } from 'zod';
import type { PageReference, Reference } from '../convert/index.js';
import type { LinkIndex } from './link-index.js';
import { secondsOf } from './versions.js';

const Page = z.object({ kind: z.literal('page'), title: z.string(), spaceKey: z.string().exactOptional() });
const PageId = z.object({ kind: z.literal('page-id'), id: z.string() });
const BlogPost = z.object({
  kind: z.literal('blogpost'),
  title: z.string(),
  spaceKey: z.string().exactOptional(),
  postingDay: z.string().exactOptional(),
});
const AnyPage = z.discriminatedUnion('kind', [Page, PageId, BlogPost]);
const Recorded = z.discriminatedUnion('kind', [
  Page,
  PageId,
  BlogPost,
  z.object({ kind: z.literal('attachment'), filename: z.string(), page: AnyPage.exactOptional() }),
  z.object({ kind: z.literal('attachment-file'), fileId: z.string() }),
  z.object({ kind: z.literal('space'), key: z.string() }),
  z.object({ kind: z.literal('user'), accountId: z.string() }),
  z.object({ kind: z.literal('children'), page: AnyPage.exactOptional() }),
  z.object({ kind: z.literal('attachments') }),
  z.object({ kind: z.literal('include'), page: AnyPage }),
  z.object({ kind: z.literal('labelled'), condition: z.array(z.array(z.string()).readonly()).readonly() }),
]);

/**
 * What a rendered body depends on: the references that lead somewhere, people, lists of what hangs on the page or has a label, and pages
 * whose text it includes.
 */
export type Dependency = z.infer<typeof Recorded>;

/** The form in which a dependency stands in the record of its page. */
export const encodeDependency = (dependency: Dependency): string => JSON.stringify(dependency);

const decode = (encoded: string): Dependency | undefined => Recorded.safeParse(JSON.parse(encoded)).data;

/** True for references that a mirror can resolve. */
export const isDependency = (reference: Reference): reference is Reference & Dependency =>
  reference.kind !== 'short-link';

/** The accounts among recorded dependencies. */
export const accountsIn = (encoded: Iterable<string>): string[] =>
  [...encoded].flatMap((text) => {
    // Of the few that are accounts, in the records of a whole mirror.
    if (!text.includes('"user"')) return [];
    const data = decode(text);
    return data?.kind === 'user' ? [data.accountId] : [];
  });

/** Cheap, as it looks at the records of a whole mirror: whether any of the recorded dependencies may be an include. */
export const mayInclude = (encoded: readonly string[]): boolean =>
  encoded.some((text) => text.includes('"include"'));

/** The pages among recorded dependencies whose text is included. */
export const includesIn = (encoded: readonly string[]): PageReference[] =>
  mayInclude(encoded)
    ? encoded.flatMap((text) => {
        const data = decode(text);
        return data?.kind === 'include' ? [data.page] : [];
      })
    : [];

/** Whether a recorded dependency may be a file, or all of a page's: cheap, as few are. */
const mayBeFile = (text: string): boolean => text.includes('"attachment');

/** Whether any of the recorded dependencies may be a file. */
export const mayNameFiles = (encoded: readonly string[]): boolean => encoded.some(mayBeFile);

/** The ids of the attachments that the recorded dependencies of a page mean. */
export const attachmentsIn = (encoded: Iterable<string>, pageId: string, links: LinkIndex): string[] =>
  [...encoded].filter(mayBeFile).flatMap((text) => {
    const data = decode(text);
    if (data?.kind === 'attachments') return links.attachmentIdsOf(pageId);
    if (data?.kind !== 'attachment' && data?.kind !== 'attachment-file') return [];
    const found = links.attachmentFor(data, pageId);
    return found ? [found.id] : [];
  });

/**
 * The pages on which a file should hang, by the recorded dependencies of a page, that no listing has told of. A file that
 * is named by its media id is looked for on the page itself.
 */
export const pagesLackingFiles = (
  encoded: Iterable<string>,
  pageId: string,
  links: LinkIndex,
): readonly string[] =>
  [...encoded].filter(mayBeFile).flatMap((text) => {
    const data = decode(text);
    if (data?.kind !== 'attachment' && data?.kind !== 'attachment-file') return [];
    if (links.attachmentFor(data, pageId) !== undefined || links.isLeftOut(data, pageId)) return [];
    if (data.kind === 'attachment-file' || data.page === undefined) return [pageId];
    return links.targetIdOf(data.page, pageId) ?? [];
  });

export interface LinkStateContext {
  readonly links: LinkIndex;
  readonly nameOf: (accountId: string) => string | undefined;
  /**
   * What tells the late pages of the mirror from others (`ItemRecord.isLate`). A title that leads nowhere may be the former one of any
   * of them, as links follow renames without a version of their page.
   */
  readonly late?: string | undefined;
}

/** The page that a dependency names by its title. */
const titledBy = (dependency: Dependency): PageReference | undefined => {
  switch (dependency.kind) {
    case 'page':
    case 'blogpost':
      return dependency;
    case 'attachment':
    case 'children':
    case 'include':
      return dependency.page?.kind === 'page-id' ? undefined : dependency.page;
    default:
      return undefined;
  }
};

/** Where a single link leads, the title of that, and its id. */
type LinkState = readonly [href: string, title: string | undefined, id: string | undefined];

const linkStateOf = (
  link: Dependency & Reference,
  pageId: string,
  { links }: LinkStateContext,
): LinkState | undefined => {
  const target = links.resolve(link, pageId);
  return target && [target.href, target.title, links.targetIdOf(link, pageId)];
};

const stateOf = (dependency: Dependency, pageId: string, context: LinkStateContext): unknown => {
  const { links, nameOf } = context;
  switch (dependency.kind) {
    case 'user':
      return nameOf(dependency.accountId);
    case 'children':
      return [
        links.childrenOf(pageId, dependency.page),
        dependency.page && links.targetIdOf(dependency.page, pageId),
      ];
    case 'attachments':
      return links.attachmentsOf(pageId);
    case 'labelled':
      return links.labelled(pageId, dependency.condition);
    case 'include': {
      const source = links.pageFor(dependency.page);
      return source && [source.id, source.version, secondsOf(source.updatedAt)];
    }
    default:
      return linkStateOf(dependency, pageId, context);
  }
};

const mark = (
  encoded: string,
  dependency: Dependency | undefined,
  meaning: unknown,
  { links, late }: LinkStateContext,
): string => {
  const title = late === undefined || dependency === undefined ? undefined : titledBy(dependency);
  const isUnknown = title !== undefined && links.pageFor(title) === undefined;
  return JSON.stringify(isUnknown ? [encoded, meaning, late] : [encoded, meaning]);
};

/** What the recorded dependencies of a page mean now, each as one text: equal texts, equal links. */
export const linkStates = (encoded: readonly string[], pageId: string, context: LinkStateContext): string[] =>
  encoded.map((text) => {
    const dependency = decode(text);
    return mark(text, dependency, dependency && stateOf(dependency, pageId, context), context);
  });

/** True for the hrefs of mirrored files. */
export const isRelativeHref = (href: string): boolean => !/^[a-z][a-z\d+.-]*:/i.test(href);

/** True for dependencies that are a single link. */
const isLink = (dependency: Dependency | undefined): dependency is Dependency & Reference =>
  dependency !== undefined &&
  dependency.kind !== 'user' &&
  dependency.kind !== 'children' &&
  dependency.kind !== 'attachments' &&
  dependency.kind !== 'include' &&
  dependency.kind !== 'labelled';

/** The href of a recorded dependency, when it is the one of a mirrored file. */
export const mirroredHref = (
  encoded: string,
  pageId: string,
  { links }: Pick<LinkStateContext, 'links'>,
): string | undefined => {
  const dependency = decode(encoded);
  const href = isLink(dependency) ? links.resolve(dependency, pageId)?.href : undefined;
  return href !== undefined && isRelativeHref(href) ? href : undefined;
};

/** A dependency as one text in both ways. */
export interface LinkMark {
  /** As of {@link linkStates}. */
  readonly state: string;
  /** Links to mirrored files are alike wherever those are. */
  readonly shape: string;
}

/** What the recorded dependencies of a page mean now, in both ways, each looked up once. */
export const linkMarks = (
  encoded: readonly string[],
  pageId: string,
  context: LinkStateContext,
): LinkMark[] =>
  encoded.map((text) => {
    const dependency = decode(text);
    if (!isLink(dependency)) {
      const state = mark(text, dependency, dependency && stateOf(dependency, pageId, context), context);
      return { state, shape: state };
    }
    const meaning = linkStateOf(dependency, pageId, context);
    const state = mark(text, dependency, meaning, context);
    if (meaning === undefined || !isRelativeHref(meaning[0])) return { state, shape: state };
    const [, title, id] = meaning;
    return { state, shape: mark(text, dependency, ['mirrored', title, id], context) };
  });

/** As {@link linkStates}, but links to mirrored files are alike wherever those are. */
export const linkShapes = (encoded: readonly string[], pageId: string, context: LinkStateContext): string[] =>
  linkMarks(encoded, pageId, context).map(({ shape }) => shape);
