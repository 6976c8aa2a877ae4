import { paragraph, text } from '../document/nodes.js';
import type { ListItem } from '../document/nodes.js';
import { decodePercent } from '../links/url-reference.js';
import { isRecord, parseRecord } from '../parse/parse-record.js';
import type { JsonRecord } from '../parse/parse-record.js';
import type { BuiltInMacro } from './built-in.js';
import { macroComment, unknownMacro } from './unknown-macro.js';

const entries = (value: unknown): readonly JsonRecord[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];

const words = (...values: readonly unknown[]): readonly string[] =>
  values.filter((each) => typeof each === 'string').filter((each) => each !== '');

/** `Title (2024-02-29): description`, as far as they are known. */
function label({ title, description, startDate, markerDate }: JsonRecord): string {
  const [date] = words(startDate, markerDate);
  const head = [...words(title), ...(date === undefined ? [] : [`(${date.slice(0, 'yyyy-mm-dd'.length)})`])];
  return words(head.join(' '), description).join(': ');
}

function item(entry: JsonRecord, below: readonly ListItem[]): ListItem {
  const head = paragraph(text(label(entry)));
  return { children: below.length === 0 ? [head] : [head, { type: 'list', ordered: false, items: below }] };
}

/** The lanes of a roadmap with their bars, and its markers; empty when the source is not one. */
function entriesOf(source: string): readonly ListItem[] {
  const plan = parseRecord(decodePercent(source.replaceAll('+', ' ')) ?? '');
  if (plan === undefined) return [];
  const lanes = entries(plan.lanes).map((lane) =>
    item(
      lane,
      entries(lane.bars).map((bar) => item(bar, [])),
    ),
  );
  return [...lanes, ...entries(plan.markers).map((marker) => item(marker, []))];
}

const roadmap: BuiltInMacro = (macro, scope) => {
  const items = entriesOf(macro.parameter('source') ?? '');
  if (items.length === 0) {
    unknownMacro(macro, scope);
    return;
  }
  const title = decodePercent(macro.parameter('title'));
  scope.push({ ...macroComment(macro), value: `macro: ${macro.name}` });
  if (title !== undefined) scope.push(paragraph(text(title, ['strong'])));
  scope.push({ type: 'list', ordered: false, items });
};

/** Roadmaps: lanes with their bars, then markers, as a list. */
export const roadmapMacros: readonly (readonly [string, BuiltInMacro])[] = [['roadmap', roadmap]];
