import { paragraph, text } from '../document/nodes.js';
import type { Scope } from '../scope.js';
import { findSource } from '../sources/find-source.js';
import type { MacroElement } from './macro-element.js';
import type { BuiltInMacro } from './built-in.js';

/** Confluence's language names that Markdown knows by another. */
const LANGUAGES: ReadonlyMap<string, string> = new Map([
  ['actionscript3', 'actionscript'],
  ['c#', 'csharp'],
  ['c++', 'cpp'],
  ['coldfusion', 'cfm'],
  ['html and xml', 'xml'],
  ['html/xml', 'xml'],
  ['javafx', 'java'],
  ['js', 'javascript'],
  ['none', ''],
  ['plain text', ''],
  ['py', 'python'],
  ['sass', 'scss'],
  ['shell', 'bash'],
  ['text', ''],
  ['visual basic', 'vbnet'],
  ['vb', 'vbnet'],
]);

/** A language as an info string: one word, so that nothing in it can end the fence's line. */
export function language(name: string | undefined): string | undefined {
  const lower = name?.trim().toLowerCase() ?? '';
  const known = LANGUAGES.get(lower) ?? lower;
  return known === '' ? undefined : known.replace(/[\s`~]+/g, '-');
}

/** Writes a code block below its title. */
function pushCode(macro: MacroElement, scope: Scope, lang: string | undefined): void {
  const title = macro.parameter('title');
  if (title !== undefined) scope.push(paragraph(text(title, ['strong'])));
  const value = macro.takeText()?.replace(/\n$/, '') ?? '';
  if (value.trim() !== '') scope.push({ type: 'code', value, lang });
}

const inLanguage =
  (lang: string | undefined): BuiltInMacro =>
  (macro, scope) =>
    pushCode(macro, scope, lang);

/** A diagram whose source is the body, or packed in a parameter. */
const diagram =
  (lang: string): BuiltInMacro =>
  (macro, scope) => {
    const source = macro.text === undefined ? findSource(lang, macro.parameters) : undefined;
    if (source === undefined) pushCode(macro, scope, lang);
    else scope.push({ type: 'code', value: source.value, lang });
  };

/** Apps that draw a diagram of a source, by its language. */
const DIAGRAMS: readonly (readonly [lang: string, names: readonly string[]])[] = [
  ['mermaid', ['mermaid', 'mermaid-cloud', 'mermaid-macro', 'mermaid-diagram']],
  ['plantuml', ['plantuml', 'plantumlrender', 'plantumlcloud']],
];

/** Code blocks, and the macros whose body is a program in a known language. */
export const codeMacros: readonly (readonly [string, BuiltInMacro])[] = [
  ['code', (macro, scope) => pushCode(macro, scope, language(macro.parameter('language', 'lang', '')))],
  ['noformat', inLanguage(undefined)],
  ['html', inLanguage('html')],
  ...DIAGRAMS.flatMap(([lang, names]) => names.map((name) => [name, diagram(lang)] as const)),
];
