import type { Dialect } from '../dialects/dialect.js';
import type { Link } from '../document/nodes.js';
import type { Target } from '../reference.js';
import type { Scope } from '../scope.js';
import { anchorText } from './page-anchors.js';
import { safeHref } from './safe-href.js';
import { decodePercent, readWikiLink } from './url-reference.js';

/** Old names of headings: the page's title and the heading, both without spaces. */
function headingOf(anchor: string, title = ''): string {
  const prefix = `${title.replace(/\s/g, '')}-`;
  if (title === '' || !anchor.startsWith(prefix)) return anchor;
  return anchor.slice(prefix.length).replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ');
}

/** The address of a target with the anchor of a heading on it. */
export function withAnchor(
  { href, title }: Target,
  anchor: string | undefined,
  { headingIds, fragment }: Dialect,
): string {
  if (anchor === undefined || anchor === '' || href.includes('#')) return href;
  const heading = headingOf(anchorText(anchor), title).replaceAll('-', ' ');
  return href + fragment(headingIds()(heading), heading);
}

const SCHEME = /^[a-z][a-z\d+.-]*:/i;

/** A relative address, which is one on the wiki, made absolute. */
function absolute(href: string, baseUrl: string | undefined): string {
  if (SCHEME.test(href) || href.startsWith('\\')) return href;
  if (/^www\./i.test(href)) return `http://${href}`;
  const base = baseUrl === undefined ? undefined : `${baseUrl.replace(/\/+$/, '')}/`;
  return base !== undefined && URL.canParse(href, base) ? new URL(href, base).href : href;
}

/** The link for an address, with references to the wiki resolved; `undefined` when it leads nowhere safe. */
export function linkTo(address: string, { page }: Scope, title?: string): Link | undefined {
  const href = safeHref(address);
  if (href === undefined || href === '') return undefined;
  if (href.startsWith('#')) return { type: 'link', href: '', title, anchor: decodePercent(href.slice(1)) };
  const { baseUrl } = page.context;
  const link = readWikiLink(href, baseUrl);
  const target = link === undefined ? undefined : page.resolver.known(link.reference);
  return target === undefined
    ? { type: 'link', href: absolute(href, baseUrl), title }
    : { type: 'link', href: withAnchor(target, link?.anchor, page.dialect), title };
}
