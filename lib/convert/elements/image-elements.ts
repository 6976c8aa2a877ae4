import type { Image } from '../document/nodes.js';
import { linkTo } from '../links/link-to.js';
import { safeHref } from '../links/safe-href.js';
import { readReference, referenceText } from '../links/read-reference.js';
import { childNamed, isElement } from '../parse/storage-node.js';
import type { StorageElement } from '../parse/storage-node.js';
import type { Reference } from '../reference.js';
import type { ElementHandler, Scope } from '../scope.js';

/** Larger pictures fit themselves to the column of text, so only smaller ones need their width. */
const WIDEST_EXPLICIT = 500;

const PIXELS = /^\s*(\d+)(?:\.\d+)?(?:px)?\s*$/i;

/** A width or a height. */
function pixels(value: string | undefined): number | undefined {
  const count = Number(PIXELS.exec(value ?? '')?.[1]);
  return count > 0 && count <= WIDEST_EXPLICIT ? count : undefined;
}

/** The width, where none is given the height: the other one follows from it. */
const size = (width: string | undefined, height: string | undefined): Pick<Image, 'width' | 'height'> =>
  width === undefined ? { height: pixels(height) } : { width: pixels(width) };

/** An address that holds the picture itself can be megabytes. */
const LONGEST_NOTE = 100;

/** A picture by reference; its alternative text alone when the reference leads nowhere. */
function pushImage(reference: Reference, image: Partial<Omit<Image, 'type'>>, scope: Scope): void {
  const target = scope.page.resolver.resolve(reference);
  const alt = image.alt ?? referenceText(reference);
  if (target === undefined) {
    scope.text(alt);
    if (alt !== referenceText(reference))
      scope.push({ type: 'comment', value: `image: ${referenceText(reference)}` });
  } else scope.push({ ...image, type: 'image', href: target.href, alt });
}

function pushImageAt(url: string, image: Partial<Omit<Image, 'type'>>, scope: Scope): void {
  const href = safeHref(url) === undefined ? undefined : linkTo(url, scope)?.href;
  const alt = image.alt ?? '';
  if (href === undefined || href === '') {
    scope.text(alt);
    if (url !== '') scope.push({ type: 'comment', value: `image: ${url.slice(0, LONGEST_NOTE)}` });
  } else scope.push({ ...image, type: 'image', href, alt });
}

/** Captions stand below their picture, in italics. */
function caption(element: StorageElement, scope: Scope): void {
  scope.flow.endParagraph();
  scope.with('emphasis').walk(element.children);
  scope.flow.endParagraph();
}

const image: ElementHandler = (element, scope) => {
  const { attributes, children } = element;
  const details = {
    alt: attributes['ac:alt'],
    title: attributes['ac:title'],
    ...size(attributes['ac:width'], attributes['ac:height']),
  };
  const picture = Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
  const source = childNamed(element, 'ri:attachment', 'ri:url');
  const reference = source === undefined ? undefined : readReference(source, scope.page.owner);
  const href = attributes['ac:href'];
  const link = href === undefined ? undefined : linkTo(href, scope);
  const inner = link === undefined ? scope : scope.with(link);
  if (reference !== undefined) pushImage(reference, picture, inner);
  else pushImageAt(source?.attributes['ri:value'] ?? '', picture, inner);
  for (const child of children) {
    if (child === source) continue;
    if (isElement(child) && child.name === 'ac:caption') caption(child, scope);
    else scope.walk([child]);
  }
};

const htmlImage: ElementHandler = ({ attributes, children }, scope) => {
  const details = {
    alt: attributes.alt,
    title: attributes.title,
    ...size(attributes.width, attributes.height),
  };
  const picture = Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
  pushImageAt(attributes.src ?? '', picture, scope);
  scope.walk(children);
};

/** Pictures: attachments of any page, and addresses. */
export const imageElements: readonly (readonly [string, ElementHandler])[] = [
  ['ac:image', image],
  ['img', htmlImage],
];
