import type { Inline } from './nodes.js';

const BLANK = /^[\s\u200b]*$/;

/** Whether content is a break, or text of white space, no-break spaces and zero-width spaces. */
export const showsNothing = (inline: Inline | undefined): boolean =>
  inline?.type === 'break' || (inline?.type === 'text' && BLANK.test(inline.value));

/** Without the breaks and blank text at either end, and the white space at the last text's end. */
export function trimInlines(inlines: readonly Inline[]): readonly Inline[] {
  let first = 0;
  let end = inlines.length;
  while (first < end && showsNothing(inlines[first])) first += 1;
  while (end > first && showsNothing(inlines[end - 1])) end -= 1;
  const kept = first === 0 && end === inlines.length ? inlines : inlines.slice(first, end);
  const last = kept.at(-1);
  if (last?.type !== 'text') return kept;
  const value = last.value.trimEnd();
  return value === last.value ? kept : [...kept.slice(0, -1), { ...last, value }];
}
