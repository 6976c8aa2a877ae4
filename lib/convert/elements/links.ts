import { linkTo } from '../links/link-to.js';
import type { ElementHandler } from '../scope.js';

const anchor: ElementHandler = ({ attributes, children }, scope) => {
  const name = attributes.id ?? attributes.name;
  if (name !== undefined && attributes.href === undefined) scope.push({ type: 'anchor', name });
  const link = linkTo(attributes.href ?? '', scope, attributes.title);
  (link === undefined ? scope : scope.with(link)).walk(children);
};

/** Links by address. */
export const linkElements: readonly (readonly [string, ElementHandler])[] = [['a', anchor]];
