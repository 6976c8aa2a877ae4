import type { LabelCondition } from '../context.js';

const VALUE = String.raw`(?:"([^"\\]+)"|'([^'\\]+)'|([\w:.-]+))`;
const LABEL_IS = new RegExp(`^label\\s*=\\s*${VALUE}$`, 'i');
const LABEL_IN = /^label\s+in\s*\(([^()]+)\)$/i;
const EACH_VALUE = new RegExp(`\\s*${VALUE}\\s*(?:,|$)`, 'gy');
const SPACE_IS = new RegExp(`^space\\s*=\\s*${VALUE}$`, 'i');
const CURRENT_SPACE = /^space\s*=\s*currentSpace\s*\(\s*\)$/i;

const pick = ([, double, single, bare]: RegExpMatchArray): string => double ?? single ?? bare ?? '';

/** The values of a list; `undefined` when it is none. */
function valuesOf(list: string): readonly string[] | undefined {
  const matches = [...list.matchAll(EACH_VALUE)];
  const length = matches.reduce((sum, [whole]) => sum + whole.length, 0);
  return length === list.length ? matches.map(pick) : undefined;
}

/** What one part of a condition asks for: some labels, nothing more than this space, or what is not known here. */
function readPart(part: string, spaceKey: string | undefined): readonly string[] | 'this space' | undefined {
  const label = LABEL_IS.exec(part);
  if (label !== null) return [pick(label)];
  const list = LABEL_IN.exec(part)?.[1];
  if (list !== undefined) return valuesOf(list.trim());
  if (CURRENT_SPACE.test(part)) return 'this space';
  const space = SPACE_IS.exec(part);
  return space !== null && pick(space) === spaceKey ? 'this space' : undefined;
}

/**
 * The labels that a CQL condition asks for, of each list one; `undefined` when it asks for anything but labels of pages of
 * this space.
 */
export function labelCondition(cql: string, spaceKey: string | undefined): LabelCondition | undefined {
  const condition: (readonly string[])[] = [];
  for (const part of cql.trim().split(/\s+and\s+/i)) {
    const read = readPart(part.trim(), spaceKey);
    if (read === undefined) return undefined;
    if (read !== 'this space') condition.push(read);
  }
  return condition.length === 0 ? undefined : condition;
}
