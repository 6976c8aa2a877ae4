import { linkTo } from '../links/link-to.js';
import { smartLinkText } from '../links/smart-link.js';
import type { ElementHandler } from '../scope.js';

const anchor: ElementHandler = (element, scope) => {
  const { attributes, children } = element;
  const name = attributes.id ?? attributes.name;
  if (name !== undefined && attributes.href === undefined) scope.push({ type: 'anchor', name });
  const link = linkTo(attributes.href ?? '', scope, attributes.title);
  const inner = link === undefined ? scope : scope.with(link);
  const title = smartLinkText(element, scope);
  if (title === undefined) inner.walk(children);
  else inner.text(title);
};

/** Links by address. */
export const linkElements: readonly (readonly [string, ElementHandler])[] = [['a', anchor]];
