import { literalTextOf } from '../parse/storage-node.js';
import type { ElementHandler, Scope } from '../scope.js';
import type { BuiltInMacro } from './built-in.js';
import { codeMacros } from './code-macros.js';
import { containerMacros } from './container-macros.js';
import { diagramMacros } from './diagram-macros.js';
import { embedMacros } from './embed-macros.js';
import { fileMacros } from './file-macros.js';
import { includeMacros } from './include-macros.js';
import { jiraMacros } from './jira-macros.js';
import { MAY_BE_EMPTY } from './may-be-empty.js';
import { markdownMacros } from './markdown-macros.js';
import { mathMacros } from './math-macros.js';
import { pagePropertyMacros } from './page-property-macros.js';
import { pageTreeMacros } from './page-tree-macros.js';
import { panelMacros } from './panel-macros.js';
import { peopleMacros } from './people-macros.js';
import { roadmapMacros } from './roadmap-macros.js';
import { textMacros } from './text-macros.js';
import { tocMacros } from './toc-macros.js';
import { MacroElement } from './macro-element.js';
import { unknownMacro } from './unknown-macro.js';

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
