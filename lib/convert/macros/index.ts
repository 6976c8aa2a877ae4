import { literalTextOf } from '../parse/storage-node.js';
import type { ElementHandler, Scope } from '../scope.js';
import type { BuiltInMacro } from './built-in.js';
import { codeMacros } from './code.js';
import { containerMacros } from './containers.js';
import { diagramMacros } from './diagrams.js';
import { embedMacros } from './embeds.js';
import { fileMacros } from './files.js';
import { includeMacros } from './includes.js';
import { jiraMacros } from './jira.js';
import { MAY_BE_EMPTY } from './may-be-empty.js';
import { markdownMacros } from './markdown.js';
import { mathMacros } from './math.js';
import { pagePropertyMacros } from './page-properties.js';
import { pageTreeMacros } from './page-trees.js';
import { panelMacros } from './panels.js';
import { peopleMacros } from './people.js';
import { roadmapMacros } from './roadmap.js';
import { textMacros } from './text.js';
import { tocMacros } from './toc.js';
import { MacroElement } from './macro-element.js';
import { unknownMacro } from './unknown.js';

/** The handlers built in, by macro name. */
export const BUILT_IN: ReadonlyMap<string, BuiltInMacro> = new Map([
  ...codeMacros,
  ...containerMacros,
  ...diagramMacros,
  ...embedMacros,
  ...fileMacros,
  ...includeMacros,
  ...jiraMacros,
  ...markdownMacros,
  ...mathMacros,
  ...pagePropertyMacros,
  ...pageTreeMacros,
  ...panelMacros,
  ...peopleMacros,
  ...roadmapMacros,
  ...textMacros,
  ...tocMacros,
]);

/** Lets the context's own handler write the macro; `false` when it has none or passes. */
function custom(macro: MacroElement, scope: Scope): boolean {
  const { macros } = scope.page.context;
  if (macros === undefined || !Object.hasOwn(macros, macro.name)) return false;
  const nodes = macros[macro.name]?.(
    {
      name: macro.name,
      parameters: Object.fromEntries(macro.parameters),
      text: macro.text ?? '',
      get body() {
        return macro.body(scope);
      },
    },
    { resolve: (reference) => scope.page.resolver.resolve(reference) },
  );
  if (nodes === undefined) return false;
  scope.push(...nodes);
  return true;
}

const macro: ElementHandler = (element, scope) => {
  const found = new MacroElement(element);
  if (custom(found, scope)) return;
  const { shown } = scope.flow;
  (BUILT_IN.get(found.name) ?? unknownMacro)(found, scope);
  found.write(scope);
  if (scope.flow.shown === shown && !found.isBlank && !MAY_BE_EMPTY.has(found.name))
    unknownMacro(found, scope);
};

/** A body beyond the first, or outside any macro. */
const strayText: ElementHandler = (element, scope) => {
  const value = literalTextOf(element).replace(/\n$/, '');
  if (value.trim() !== '') scope.push({ type: 'code', value });
};

/** Macros, and their parts where they stray outside one. */
export const macroElements: readonly (readonly [string, ElementHandler])[] = [
  ['ac:structured-macro', macro],
  ['ac:macro', macro],
  ['ac:parameter', () => undefined],
  ['ac:plain-text-body', strayText],
];
