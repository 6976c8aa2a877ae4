import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { toMarkdown } from '../../lib/convert/index.js';
import { caseContext } from './support/case-context.js';

const CASES = 'fixtures/cases/';
const SUFFIX = '.storage.xml';

const names = readdirSync(CASES)
  .filter((name) => name.endsWith(SUFFIX))
  .map((name) => name.slice(0, -SUFFIX.length));

const read = (file: string): string => readFileSync(CASES + file, 'utf8');

describe('what pages of real wikis need', () => {
  it.each(names)('%s', (name) => {
    expect(toMarkdown(read(name + SUFFIX), caseContext)).toBe(read(`${name}.md`));
  });
});
