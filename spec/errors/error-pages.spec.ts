import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** The codes that the sources of the errors spell out. */
const codes = (): string[] => {
  const found = readdirSync(new URL('../../lib/errors', import.meta.url)).flatMap((file) => {
    const declarations =
      read(`lib/errors/${file}`).match(/(?:\bcode\b\s*[:=]|\btype \w+Code =)[^;{]*;/g) ?? [];
    const table =
      file === 'consequence.ts' ? (/const BY_CODE[^;]*;/s.exec(read(`lib/errors/${file}`)) ?? []) : [];
    return [
      ...declarations.flatMap((text) => [...text.matchAll(/'([a-z][a-z-]*)'/g)]),
      ...table.flatMap((text) => [...text.matchAll(/^ {2}'?([a-z][\w-]*)'?:/gm)]),
    ].map(([, code = '']) => code);
  });
  return [...new Set(found)].sort();
};

const sections = read('docs/errors.md').split(/^### /m).slice(1);

test('the sources are understood', () => {
  expect(codes()).toEqual(
    expect.arrayContaining(['account', 'login-page', 'media-type', 'proxy', 'http-413']),
  );
  expect(codes().length).toBeGreaterThan(40);
});

test('every error code has a section that says what to do', () => {
  const documented = sections.map((section) => section.slice(0, section.indexOf('\n')));
  expect(codes().filter((code) => !documented.includes(code))).toEqual([]);
  expect(new Set(documented).size).toBe(documented.length);
  for (const section of sections)
    expect(section).toMatch(/^[\w-]+\n\n\S[^]+\*\*What to do\.\*\* \S[^]+\*\*Exit code\.\*\* \d/);
});

test('no section is about a code that does not exist', () => {
  const known = new Set([...codes(), 'unexpected']);
  const unknown = sections
    .map((section) => section.slice(0, section.indexOf('\n')))
    .filter((code) => !known.has(code) && !/^http-\d{3}$/.test(code));
  expect(unknown).toEqual([]);
});
