import type { BuiltInMacro } from './built-in.js';

const status: BuiltInMacro = (macro, scope) => {
  const value = macro.parameter('title') ?? macro.parameter('colour', 'color');
  if (value !== undefined) scope.push({ type: 'inlineCode', value, isLabel: true });
};

const anchor: BuiltInMacro = (macro, scope) => {
  const name = macro.parameter('', 'name', 'anchor');
  if (name !== undefined) scope.push({ type: 'anchor', name });
};

const date: BuiltInMacro = (macro, scope) => {
  scope.text(macro.parameter('', 'date', 'datetime') ?? '');
};

/** Macros within a line of text. */
export const textMacros: readonly (readonly [string, BuiltInMacro])[] = [
  ['status', status],
  ['anchor', anchor],
  ['date', date],
];
