/** A page or a blog post. Without `spaceKey`: in the space of the page that refers to it. */
export type PageReference =
  | { readonly kind: 'page'; readonly title: string; readonly spaceKey?: string }
  | { readonly kind: 'page-id'; readonly id: string }
  | {
      readonly kind: 'blogpost';
      readonly title: string;
      readonly spaceKey?: string;
      /** As Confluence writes it: `2024/02/29`. */
      readonly postingDay?: string;
    };

/** What a page points to, as its storage format says it. */
export type Reference =
  | PageReference
  /** Without `page`: attached to the page being converted. */
  | { readonly kind: 'attachment'; readonly filename: string; readonly page?: PageReference }
  /** A media file by the id that `fileId` of an attachment gives. */
  | { readonly kind: 'attachment-file'; readonly fileId: string }
  | { readonly kind: 'space'; readonly key: string }
  | { readonly kind: 'user'; readonly accountId: string }
  /** A shortened address of the same wiki: `/x/AbCd`. */
  | { readonly kind: 'short-link'; readonly path: string };

/** Whether a reference leads to a page or blog post. */
export const isPageReference = (reference: Reference | undefined): reference is PageReference =>
  reference?.kind === 'page' || reference?.kind === 'page-id' || reference?.kind === 'blogpost';

/** Where a reference leads. */
export interface Target {
  /** A relative path, percent-encoded, or an absolute address. Goes to the output as it is. */
  readonly href: string;
  /** The target's own title: the text of a link that has none. */
  readonly title?: string;
}
