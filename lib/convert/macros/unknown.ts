import type { Comment } from '../document/nodes.js';
import type { Scope } from '../scope.js';
import { pushBody } from './text.js';
import type { MacroElement } from './macro-element.js';

/** Names a macro and its parameters for who reads the source. */
export function macroComment(macro: MacroElement): Comment {
  const parameters = macro.parameterElements.length === 0 ? [] : Object.entries(macro.parameters);
  const words = parameters.map(([name, value]) => (name === '' ? value : `${name}=${value}`));
  return { type: 'comment', value: ['macro:', macro.name, ...words].join(' ') };
}

/** A macro without a handler: a comment that names it, then its body. */
export function unknownMacro(macro: MacroElement, scope: Scope): void {
  scope.push(macroComment(macro));
  if (macro.plainText !== undefined) scope.push({ type: 'code', value: macro.plainText });
  pushBody(macro, scope);
}
