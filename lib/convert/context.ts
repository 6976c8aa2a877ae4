import type { Flavor } from './dialects/dialect.js';
import type { MacroHandler } from './macros/macro.js';
import type { PageReference, Reference, Target } from './reference.js';

/** A page of a tree, for the macros that list child pages. */
export interface PageLink {
  readonly title: string;
  /** Empty: the page can be named, not linked. */
  readonly href: string;
  readonly children?: readonly PageLink[];
}

/** Labels that a page must have: of each list at least one. */
export type LabelCondition = readonly (readonly string[])[];

/** A file of a page, for the macros that list attachments. */
export interface FileLink {
  readonly name: string;
  readonly href: string;
}

/**
 * What is known beyond the page's own text; every member is optional. Without `resolve` and `baseUrl` links keep their
 * text; with `baseUrl` alone they become absolute addresses.
 */
export interface ConvertContext {
  /** The dialect of Markdown to write. Default: `github`. */
  readonly flavor?: Flavor;
  /** Title of the page: the first heading, `# Title`, unless the body begins with that. Default: none. */
  readonly title?: string;
  /** Address of the wiki, such as `https://example.atlassian.net/wiki`: links to it are recognised as references. */
  readonly baseUrl?: string;
  /** Key of the page's space, for references that name none. */
  readonly spaceKey?: string;
  /** Leads a reference to its target; `undefined`: not known here. */
  readonly resolve?: (reference: Reference) => Target | undefined;
  /** Display name of an account. */
  readonly userName?: (accountId: string) => string | undefined;
  /** Child pages of the page a macro names, of the converted page when it names none. */
  readonly children?: (page?: PageReference) => readonly PageLink[] | undefined;
  /** Pages with certain labels, for reports of page properties. */
  readonly labelled?: (condition: LabelCondition) => readonly PageLink[] | undefined;
  /** Files of the converted page. */
  readonly attachments?: () => readonly FileLink[] | undefined;
  /** Storage format of an included page or excerpt when it is at hand; else a link stands for it. */
  readonly include?: (page: PageReference, macro: 'include' | 'excerpt-include') => string | undefined;
  /** Handlers by macro name; they come before the ones built in. */
  readonly macros?: Readonly<Record<string, MacroHandler>>;
}
