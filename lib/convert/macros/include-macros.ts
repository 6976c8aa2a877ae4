import { follow, pushFollowed } from '../links/follow.js';
import { isElement } from '../parse/storage-node.js';
import type { StorageElement, StorageNode } from '../parse/storage-node.js';
import { parseStorage } from '../parse/parse-storage.js';
import type { PageReference } from '../reference.js';
import type { Scope } from '../scope.js';
import type { BuiltInMacro } from './built-in.js';
import { pageParameter } from './page-parameter.js';
import { macroComment, unknownMacro } from './unknown-macro.js';

/** The first excerpt of a page in reading order, with this name when one is given. */
function findExcerpt(nodes: readonly StorageNode[], name: string | undefined): StorageElement | undefined {
  for (const node of nodes) {
    if (!isElement(node)) continue;
    const found = isExcerpt(node, name) ? node : findExcerpt(node.children, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

const isExcerpt = ({ attributes, children }: StorageElement, name: string | undefined): boolean =>
  attributes['ac:name'] === 'excerpt' &&
  (name === undefined ||
    children.some(
      (child) =>
        isElement(child) &&
        child.attributes['ac:name'] === 'name' &&
        child.children.some((text) => !isElement(text) && text.text.trim() === name),
    ));

/** Included content is that of its own page: what it includes in turn stays a link. */
function pushIncluded(nodes: readonly StorageNode[], owner: PageReference, scope: Scope): void {
  const context = { ...scope.page.context, include: () => undefined };
  scope.push(...scope.blocks(nodes, { ...scope.page, context, owner }));
}

const include =
  (name: 'include' | 'excerpt-include'): BuiltInMacro =>
  (macro, scope) => {
    const page = pageParameter(macro, '', 'pageTitle', 'page');
    if (page === undefined) {
      unknownMacro(macro, scope);
      return;
    }
    const storage = scope.page.expansions.take('content')
      ? scope.page.context.include?.(page, name)
      : undefined;
    const body = storage === undefined ? undefined : parseStorage(storage);
    const excerpt =
      body === undefined || name === 'include' ? undefined : findExcerpt(body, macro.parameter('name'));
    scope.push(macroComment(macro));
    if (body === undefined) pushFollowed(follow(page, scope), scope);
    else pushIncluded(excerpt?.children ?? body, page, scope);
  };

/** Content of other pages: a comment that names it, then what it holds when that is at hand, else a link to it. */
export const includeMacros: readonly (readonly [string, BuiltInMacro])[] = [
  ['include', include('include')],
  ['excerpt-include', include('excerpt-include')],
];
