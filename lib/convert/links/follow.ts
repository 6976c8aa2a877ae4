import type { Link } from '../document/nodes.js';
import type { Reference } from '../reference.js';
import type { Scope } from '../scope.js';
import { withAnchor } from './link-to.js';
import { referenceText } from './read-reference.js';

/** A link, when it leads anywhere, and the words for it when its author gave none. */
export interface Followed {
  readonly link?: Link | undefined;
  readonly text: string;
}

const NAMED_BY_TARGET = new Set<Reference['kind']>(['page-id', 'attachment-file', 'short-link']);

/** Follows a reference to its target. */
export function follow(reference: Reference, scope: Scope, anchor?: string): Followed {
  const target = scope.page.resolver.resolve(reference);
  const own = NAMED_BY_TARGET.has(reference.kind) ? (target?.title ?? anchor) : undefined;
  const text = own ?? referenceText(reference);
  return target === undefined
    ? { text }
    : { text, link: { type: 'link', href: withAnchor(target, anchor, scope.page.dialect) } };
}

/** Writes words with the link around them. */
export function pushFollowed({ link, text }: Followed, scope: Scope): void {
  (link === undefined ? scope : scope.with(link)).text(text);
}
