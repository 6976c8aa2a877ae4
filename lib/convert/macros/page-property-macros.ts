import { propertiesIn } from '../document/page-properties.js';
import type { BuiltInMacro } from './built-in.js';

/** Properties of the page, for reports and programs; the table shows, too, unless its author hides it. */
const pageProperties: BuiltInMacro = (macro, scope) => {
  const { owner, properties } = scope.page;
  const found = owner === undefined ? propertiesIn(macro.body(scope)) : [];
  for (const [name, value] of found) if (!properties.has(name)) properties.set(name, value);
  if (macro.parameter('hidden') === 'true') macro.hide();
};

/** Page properties. */
export const pagePropertyMacros: readonly (readonly [string, BuiltInMacro])[] = [['details', pageProperties]];
