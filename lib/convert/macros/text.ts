import type { Scope } from '../scope.js';
import type { BuiltInMacro } from './built-in.js';
import type { MacroElement } from './macro-element.js';

/** Writes the body of a macro; an inline macro's single paragraph joins the text around it. */
export function pushBody(macro: MacroElement, scope: Scope): void {
  if (macro.parameter('atlassian-macro-output-type') !== 'INLINE') {
    scope.walk(macro.content);
    return;
  }
  const [first, ...rest] = scope.blocks(macro.content);
  if (first?.type === 'paragraph' && rest.length === 0) scope.push(...first.children);
  else if (first !== undefined) scope.push(first, ...rest);
}

const status: BuiltInMacro = (macro, scope) => {
  const value = macro.parameter('title') ?? macro.parameter('colour', 'color');
  if (value !== undefined) scope.push({ type: 'inlineCode', value });
};

const anchor: BuiltInMacro = (macro, scope) => {
  const name = macro.parameter('', 'name', 'anchor');
  if (name !== undefined) scope.push({ type: 'anchor', name });
  scope.walk(macro.content);
};

const date: BuiltInMacro = (macro, scope) => {
  scope.text(macro.parameter('', 'date', 'datetime') ?? '');
  scope.walk(macro.content);
};

/** Macros within a line of text. */
export const textMacros: readonly (readonly [string, BuiltInMacro])[] = [
  ['status', status],
  ['anchor', anchor],
  ['date', date],
];
