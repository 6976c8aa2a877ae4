import type { Comment } from '../document/nodes.js';
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

/** A macro without a handler: a comment that names it, before its bodies. */
export const unknownMacro: BuiltInMacro = (macro, scope) => scope.push(macroComment(macro));
