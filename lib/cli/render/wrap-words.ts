import { stripVTControlCharacters } from 'node:util';

const widthOf = (text: string): number => stripVTControlCharacters(text).length;

const wrapLine = (line: string, columns: number): string => {
  if (widthOf(line) <= columns) return line;
  const indent = `${/^ */.exec(line)?.[0] ?? ''}  `;
  const [first = '', ...others] = line.split(/(?<=\S)(?= )/);
  const lines: string[] = [];
  let current = first;
  for (const word of others) {
    if (widthOf(current) + widthOf(word) <= columns) current += word;
    else {
      lines.push(current);
      current = indent + word.trimStart();
    }
  }
  return [...lines, current].join('\n');
};

/**
 * Lines that are longer than a terminal of so many columns, broken between words, their rest two columns further in. What has
 * no room by itself, such as an address, stays whole; with no columns everything does.
 */
export const wrapWords = (text: string, columns: number): string =>
  columns <= 0
    ? text
    : text
        .split('\n')
        .map((line) => wrapLine(line, columns))
        .join('\n');
