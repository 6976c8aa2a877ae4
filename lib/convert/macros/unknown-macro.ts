import type { Comment } from '../document/nodes.js';
import { follow, pushFollowed } from '../links/follow.js';
import type { Scope } from '../scope.js';
import { fileParameter } from './file-parameter.js';
import type { BuiltInMacro } from './built-in.js';
import { parameterName, valueOf } from './macro-element.js';
import type { MacroElement } from './macro-element.js';

/** Names a macro and its parameters for who reads the source. */
export function macroComment({ name, parameterElements }: MacroElement): Comment {
  const words = parameterElements.map((each) => {
    const key = parameterName(each);
    return key === '' ? valueOf(each) : `${key}=${valueOf(each)}`;
  });
  return { type: 'comment', value: ['macro:', name, ...words].join(' ') };
}

/** A link to the file that a parameter names, when there is one. */
function pushFile(macro: MacroElement, scope: Scope): void {
  const reference = fileParameter(macro, scope);
  if (reference !== undefined && scope.page.resolver.known(reference) !== undefined)
    pushFollowed(follow(reference, scope), scope);
}

/** A macro that nothing can be shown of: a comment that names it, and its file, before its bodies. */
export const unknownMacro: BuiltInMacro = (macro, scope) => {
  scope.push(macroComment(macro));
  pushFile(macro, scope);
};
