import { prependIcon } from '../document/prepend-icon.js';
import { paragraph, text } from '../document/nodes.js';
import type { AlertKind } from '../document/nodes.js';
import type { BuiltInMacro } from './built-in.js';

/** A quotation with the macro's icon and title, as an alert of the kind whose colour Confluence shows. */
const panel =
  (alert?: AlertKind): BuiltInMacro =>
  (macro, scope) => {
    const title = macro.parameter('title');
    const heading = title === undefined ? [] : [paragraph(text(title, ['strong']))];
    const content = [...heading, ...macro.takeBlocks(scope)];
    const children = prependIcon(macro.parameter('panelIconText'), content);
    if (children.length > 0) scope.push({ type: 'blockquote', children, alert });
  };

/** Panels. */
export const panelMacros: readonly (readonly [string, BuiltInMacro])[] = [
  ['info', panel('NOTE')],
  ['tip', panel('TIP')],
  ['note', panel('WARNING')],
  ['warning', panel('CAUTION')],
  ['panel', panel()],
];
