import { decodePercent } from '../links/url-reference.js';
import type { BuiltInMacro } from './built-in.js';
import { INLINE_MATH } from './inline-macros.js';
import type { MacroElement } from './macro-element.js';
import { unknownMacro } from './unknown-macro.js';

const ENCODED = '--uriencoded--';

function formula(macro: MacroElement): string | undefined {
  const value = macro.takeText() ?? macro.parameter('body', 'equation', 'formula', 'latex', '');
  const source = value?.startsWith(ENCODED) ? decodePercent(value.slice(ENCODED.length)) : value;
  return source?.trim() === '' ? undefined : source?.trim();
}

const inline: BuiltInMacro = (macro, scope) => {
  const value = formula(macro);
  if (value === undefined) unknownMacro(macro, scope);
  else scope.push({ type: 'inlineMath', value });
};

const block: BuiltInMacro = (macro, scope) => {
  const value = formula(macro);
  const anchor = macro.parameter('anchor');
  scope.flow.endParagraph();
  if (anchor !== undefined) scope.push({ type: 'anchor', name: anchor });
  if (value === undefined) unknownMacro(macro, scope);
  else scope.push({ type: 'code', lang: 'math', value });
};

const BLOCK = [
  'mathblock',
  'mathjax-block-macro',
  'mathjax-block',
  'eazy-math-block',
  'easy-math-block',
  'latex',
];

/** Mathematics. */
export const mathMacros: readonly (readonly [string, BuiltInMacro])[] = [
  ...INLINE_MATH.map((name) => [name, inline] as const),
  ...BLOCK.map((name) => [name, block] as const),
];
