import { paragraph, text } from '../document/nodes.js';
import type { BuiltInMacro } from './built-in.js';

const expand: BuiltInMacro = (macro, scope) => {
  const summary = macro.parameter('title', '') ?? 'Click here to expand…';
  scope.push({ type: 'details', summary, children: macro.takeBlocks(scope) });
};

/** A tab or card: its title above its body. */
const titleAbove: BuiltInMacro = (macro, scope) => {
  const title = macro.parameter('title', 'label');
  if (title !== undefined) scope.push(paragraph(text(title, ['strong'])));
};

const bodyOnly: BuiltInMacro = () => undefined;

/** A body that its author may hide: it is there for other pages. */
const hideable: BuiltInMacro = (macro) => {
  if (macro.parameter('hidden') === 'true') macro.hide();
};

const TRANSPARENT = ['section', 'column', 'align', 'center', 'div', 'span'];
const TITLED = ['localtab', 'localtabgroup', 'ui-tab', 'ui-tabs', 'tab', 'tabs', 'card', 'deck'];

/** Macros that only arrange, mark or hide their body. */
export const containerMacros: readonly (readonly [string, BuiltInMacro])[] = [
  ['expand', expand],
  ['ui-expand', expand],
  ['excerpt', hideable],
  ...TRANSPARENT.map((name) => [name, bodyOnly] as const),
  ...TITLED.map((name) => [name, titleAbove] as const),
];
