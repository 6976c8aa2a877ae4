/** What apps draw, by the words in their names. */
const APPS: readonly (readonly [RegExp, string])[] = [
  [/plant-?uml/i, 'plantuml'],
  [/mermaid/i, 'mermaid'],
  [/graphviz/i, 'dot'],
  [/d2-?lang|\bd2\b/i, 'd2'],
  [/latex|math|equation|formula/i, 'math'],
  [/html/i, 'html'],
  [/markdown/i, 'markdown'],
];

/** Sources that tell what they are by how they begin. */
const BEGINNINGS: readonly (readonly [RegExp, string])[] = [
  [/^\s*@start[a-z]+\b/, 'plantuml'],
  [/^\s*(?:strict\s+)?(?:di)?graph\b[^\n{]{0,99}\{/, 'dot'],
  [
    /^\s*(?:graph|flowchart|sequenceDiagram|classDiagram|stateDiagram(?:-v2)?|erDiagram|gantt|journey|gitGraph|mindmap|pie|quadrantChart|timeline)\b/,
    'mermaid',
  ],
  [/^\s*(?:\\begin\{|\\\[|\$\$)/, 'math'],
];

const languageIn = (table: readonly (readonly [RegExp, string])[], text: string): string | undefined =>
  table.find(([pattern]) => pattern.test(text))?.[1];

/** The language that an app's name stands for. */
export const appLanguage = (name: string): string | undefined => languageIn(APPS, name);

/** The language of a source, by how it begins. */
export const sourceLanguage = (source: string): string | undefined => languageIn(BEGINNINGS, source);
