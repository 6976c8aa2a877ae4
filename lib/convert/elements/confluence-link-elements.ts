import type { Link } from '../document/nodes.js';
import { follow } from '../links/follow.js';
import type { Followed } from '../links/follow.js';
import { linkTo } from '../links/link-to.js';
import { decodePercent } from '../links/url-reference.js';
import { mention } from '../links/mention.js';
import { readReference } from '../links/read-reference.js';
import { isElement, textOf } from '../parse/storage-node.js';
import type { StorageElement, StorageNode } from '../parse/storage-node.js';
import type { ElementHandler, Scope } from '../scope.js';

const RESOURCES = [
  'ri:page',
  'ri:blog-post',
  'ri:content-entity',
  'ri:attachment',
  'ri:space',
  'ri:user',
  'ri:url',
  'ri:shortcut',
];

const isResource = (node: StorageNode): node is StorageElement =>
  isElement(node) && RESOURCES.includes(node.name);

/** Whether a body shows anything: words, or an element such as an image. */
const shows = (node: StorageNode): boolean =>
  textOf(node).trim() !== '' || (isElement(node) && node.children.some(isElement));

/** Resources that name nothing on the wiki: an address, a shortcut to another system, a user by old name. */
function outside({ name, attributes }: StorageElement, scope: Scope): Followed {
  const url = attributes['ri:value'];
  if (url !== undefined) return { link: linkTo(url, scope), text: url };
  if (name === 'ri:user') return { text: `@${attributes['ri:username'] ?? 'unknown user'}` };
  return { text: attributes['ri:parameter'] ?? attributes['ri:key'] ?? '' };
}

/** An anchor on the page itself, else a link without a target. */
const here = (anchor: string | undefined): Followed =>
  anchor === undefined ? { text: '' } : { link: { type: 'link', href: '', anchor }, text: anchor };

function targetOf(resource: StorageElement | undefined, anchor: string | undefined, scope: Scope): Followed {
  const reference = resource === undefined ? undefined : readReference(resource, scope.page.owner);
  if (reference?.kind === 'user') return mention(reference.accountId, scope);
  if (reference !== undefined) return follow(reference, scope, anchor);
  return resource === undefined || resource.name === 'ri:page' ? here(anchor) : outside(resource, scope);
}

const withTooltip = (link: Link, title: string | undefined): Link =>
  title === undefined ? link : { ...link, title };

const link: ElementHandler = ({ attributes, children }, scope) => {
  const resource = children.find(isResource);
  const body = children.filter((child) => child !== resource);
  const found = targetOf(resource, decodePercent(attributes['ac:anchor']), scope);
  const inner =
    found.link === undefined ? scope : scope.with(withTooltip(found.link, attributes['ac:tooltip']));
  if (body.some(shows)) inner.walk(body);
  else inner.text(found.text);
};

/** A resource outside any link is shown as a link to it. */
const stray: ElementHandler = (element, scope) =>
  link({ name: 'ac:link', attributes: {}, children: [element] }, scope);

/** Links to pages, blog posts, attachments, spaces and people. */
export const confluenceLinkElements: readonly (readonly [string, ElementHandler])[] = [
  ['ac:link', link],
  ...RESOURCES.map((name) => [name, stray] as const),
];
