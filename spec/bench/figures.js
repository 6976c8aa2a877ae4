// What `npm run bench -- --write` keeps in docs/benchmarks.md: for each benchmark what it has printed, and what it had printed before.
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import process from 'node:process';

const INTRODUCTION = `# Benchmarks

Written by \`npm run bench -- --write\`; with names, as \`npm run bench -- --write wire\`, only their figures are measured anew.
[performance.md](performance.md) tells what profiles have shown, what was cut, and what was tried in vain.
`;

const NOW = /^### Now\n\n([\s\S]*?)(?=^###|$(?![\s\S]))/m;

/** Texts by the names in their headings. */
const sectionsOf = (text) =>
  new Map(
    text
      .split(/^## /m)
      .slice(1)
      .map((section) => {
        const [name, ...lines] = section.split('\n');
        return [name, lines.join('\n').trim()];
      }),
  );

const machine = () =>
  `${os.availableParallelism()} processors, ${Math.round(os.totalmem() / 2 ** 30)} GB, Node.js ${process.version}, ${process.platform} ${process.arch}`;

const section = (name, output, before) => {
  const now = `${new Date().toISOString().slice(0, 10)}, \`npm run bench -- ${name}\`, ${machine()}:\n\n\`\`\`text\n${output.trimEnd()}\n\`\`\``;
  return `### Now\n\n${now}\n${before === undefined ? '' : `\n### Before\n\n${before}\n`}`;
};

/** Puts what some benchmarks have printed, by their names, into the file; others stay as they are. */
export const writeFigures = (file, outputs) => {
  const sections = sectionsOf(readFileSync(file, 'utf8'));
  for (const [name, output] of outputs) {
    const [, before] = NOW.exec(`${sections.get(name) ?? ''}\n`) ?? [];
    sections.set(name, section(name, output, before?.trim()));
  }
  const texts = [...sections]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, text]) => `## ${name}\n\n${text.trim()}\n`);
  writeFileSync(file, [INTRODUCTION, ...texts].join('\n'));
};
