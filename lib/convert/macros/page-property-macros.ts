import { propertiesIn } from '../document/page-properties.js';
import type { BuiltInMacro } from './built-in.js';
import { labelCondition } from './label-condition.js';
import { pageList } from './page-list.js';
import { macroComment } from './unknown-macro.js';

/** Properties of the page, for reports and programs; the table shows, too, unless its author hides it. */
const pageProperties: BuiltInMacro = (macro, scope) => {
  const { owner, properties } = scope.page;
  const found = owner === undefined ? propertiesIn(macro.body(scope)) : [];
  for (const [name, value] of found) if (!properties.has(name)) properties.set(name, value);
  if (macro.parameter('hidden') === 'true') macro.hide();
};

/** A comment that names the report, then links to the pages with its labels, where those are known. */
const report: BuiltInMacro = (macro, scope) => {
  const { context, expansions } = scope.page;
  const condition = labelCondition(macro.parameter('cql') ?? '', context.spaceKey);
  const isAsked = condition !== undefined && expansions.take('content');
  const pages = isAsked ? (context.labelled?.(condition) ?? []) : [];
  scope.push(macroComment(macro));
  if (pages.length > 0) scope.push(pageList(pages, 1));
};

/** Page properties, and reports of them. */
export const pagePropertyMacros: readonly (readonly [string, BuiltInMacro])[] = [
  ['details', pageProperties],
  ['detailssummary', report],
];
