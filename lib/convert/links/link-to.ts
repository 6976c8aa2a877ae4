import { slug } from 'github-slugger';
import type { Link } from '../document/nodes.js';
import type { Scope } from '../scope.js';
import { safeHref } from './safe-href.js';
import { decoded, readWikiLink } from './url-reference.js';

/** A target's address with the anchor of a heading on it. */
export const withAnchor = (href: string, anchor: string | undefined): string =>
  anchor === undefined || anchor === '' || href.includes('#')
    ? href
    : `${href}#${slug(anchor.replaceAll('-', ' '))}`;

/** An address below the root of the wiki's host, made absolute. */
function absolute(href: string, baseUrl: string | undefined): string {
  const origin = baseUrl === undefined ? undefined : /^https?:\/\/[^/]+/i.exec(baseUrl)?.[0];
  return origin === undefined || !/^\/(?!\/)/.test(href) ? href : origin + href;
}

/** The link for an address, with references to the wiki resolved; `undefined` when it leads nowhere safe. */
export function linkTo(address: string, { page }: Scope, title?: string): Link | undefined {
  const href = safeHref(address);
  if (href === undefined || href === '') return undefined;
  if (href.startsWith('#')) return { type: 'link', href: '', title, anchor: decoded(href.slice(1)) };
  const { baseUrl } = page.context;
  const link = readWikiLink(href, baseUrl);
  const target = link === undefined ? undefined : page.resolver.known(link.reference);
  return target === undefined
    ? { type: 'link', href: absolute(href, baseUrl), title }
    : { type: 'link', href: withAnchor(target.href, link?.anchor), title };
}
