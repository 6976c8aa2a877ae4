/** The line that begins an admonition of MkDocs. */
const HEAD = /^( *)!!! \w+ "(.*)"$/;
/** The line that begins or ends a block of code. */
const FENCE = /^ *(`{3,}|~{3,})/;

const INDENT = 4;

const isWithin = (line: string, indent: string): boolean =>
  line.trim() === '' || line.startsWith(indent + ' '.repeat(INDENT));

/** How many lines from `start` on are indented as what stands in an admonition is. */
const lengthWithin = (lines: readonly string[], start: number, indent: string): number => {
  const end = lines.findIndex((line, index) => index >= start && !isWithin(line, indent));
  return (end === -1 ? lines.length : end) - start;
};

const quote = (lines: readonly string[], indent: string): readonly string[] =>
  lines.map((line) => (line === '' ? `${indent}>` : `${indent}> ${line}`));

const quoteLines = (lines: readonly string[]): readonly string[] => {
  const quoted: string[] = [];
  let fence: string | undefined;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const [, mark] = FENCE.exec(line) ?? [];
    if (fence === undefined) fence = mark;
    else if (mark?.startsWith(fence) === true && line.trim() === mark) fence = undefined;
    const [, indent, title = ''] = fence === undefined ? (HEAD.exec(line) ?? []) : [];
    if (indent === undefined) {
      quoted.push(line);
      continue;
    }
    const length = lengthWithin(lines, at + 1, indent);
    const within = lines.slice(at + 1, at + 1 + length).map((each) => each.slice(indent.length + INDENT));
    quoted.push(...quote([title, '', ...quoteLines(within)], indent), '');
    at += length;
  }
  return quoted;
};

/** Makes quotations of the admonitions of MkDocs, which other readers of Markdown take for code. */
export const quoteAdmonitions = (markdown: string): string => quoteLines(markdown.split('\n')).join('\n');
