/** Formulas within a line. */
export const INLINE_MATH = [
  'mathinline',
  'mathjax-inline-macro',
  'mathjax-inline',
  'eazy-math-inline',
  'easy-math-inline',
];

/** Macros that are words of a sentence wherever they stand. */
export const INLINE_MACROS: ReadonlySet<string> = new Set(['status', 'anchor', 'date', ...INLINE_MATH]);
