import { marksOf } from './nodes.js';
import type { Inline, Mark, Marks } from './nodes.js';

const sameMark = (a: Mark | undefined, b: Mark | undefined): boolean =>
  a === b ||
  (typeof a === 'object' &&
    typeof b === 'object' &&
    a.href === b.href &&
    a.title === b.title &&
    a.anchor === b.anchor);

/** How many marks, from the outermost, two pieces of content share. */
export function sharedMarks(a: Marks, b: Marks): number {
  let count = 0;
  while (count < a.length && count < b.length && sameMark(a[count], b[count])) count += 1;
  return count;
}

const sameMarks = (a: Marks, b: Marks): boolean =>
  a === b || (a.length === b.length && sharedMarks(a, b) === a.length);

/** Two neighbours as one, when they are of one kind and have equal marks. */
function joinTwo(last: Inline | undefined, next: Inline): Inline | undefined {
  if (last === undefined || (next.type !== 'text' && next.type !== 'inlineCode')) return undefined;
  return last.type === next.type && sameMarks(marksOf(last), marksOf(next))
    ? { ...last, value: last.value + next.value }
    : undefined;
}

function joinEqual(inlines: readonly Inline[]): readonly Inline[] {
  const result: Inline[] = [];
  let last: Inline | undefined;
  for (const inline of inlines) {
    const joined = joinTwo(last, inline);
    if (joined !== undefined) result.pop();
    last = joined ?? inline;
    result.push(last);
  }
  return result.length === inlines.length ? inlines : result;
}

const EDGES = /^(\s*)([^]*?)(\s*)$/;
const SPACE = /\s/;

/** Moves white space at the edges of marked text out of the marks that begin or end there. */
function hoistSpace(inline: Inline, before: Marks, after: Marks): readonly Inline[] {
  const marks = marksOf(inline);
  const outer = (count: number): Marks => marks.slice(0, count);
  const left = sharedMarks(before, marks);
  const right = sharedMarks(marks, after);
  if (inline.type === 'break') return [{ ...inline, marks: outer(Math.min(left, right)) }];
  if (inline.type !== 'text' || marks.length === 0) return [inline];
  const [, leading = '', value = '', trailing = ''] = EDGES.exec(inline.value) ?? [];
  if (value === '') return [{ ...inline, marks: outer(Math.min(left, right)) }];
  return [
    { ...inline, value: leading, marks: outer(left) },
    { ...inline, value },
    { ...inline, value: trailing, marks: outer(right) },
  ].filter((each) => each.value !== '');
}

const NO_MARKS: Marks = [];

const isGap = (inline: Inline): boolean =>
  inline.type === 'break' || (inline.type === 'text' && inline.value.trim() === '');

/** For each piece the marks of the content before it, white space and breaks left out. */
function marksBefore(inlines: readonly Inline[]): readonly Marks[] {
  let last = NO_MARKS;
  return inlines.map((inline) => {
    const before = last;
    if (!isGap(inline)) last = marksOf(inline);
    return before;
  });
}

const hasLooseEdge = (inline: Inline): boolean =>
  marksOf(inline).length > 0 &&
  (inline.type === 'break' ||
    (inline.type === 'text' && (SPACE.test(inline.value.charAt(0)) || SPACE.test(inline.value.slice(-1)))));

/**
 * Equivalent content that delimiters can be put around: neighbours with equal marks joined, no mark starts or ends at
 * white space.
 */
export function normaliseMarks(inlines: readonly Inline[]): readonly Inline[] {
  const joined = inlines.length === 1 ? inlines : joinEqual(inlines);
  if (!joined.some(hasLooseEdge)) return joined;
  const before = marksBefore(joined);
  const after = marksBefore(joined.toReversed()).toReversed();
  return joinEqual(
    joined.flatMap((inline, index) =>
      hoistSpace(inline, before[index] ?? NO_MARKS, after[index] ?? NO_MARKS),
    ),
  );
}
