import { describe, expect, it } from '@jest/globals';
import { toMarkdown } from '../../lib/convert/index.js';

const MANY = 50_000;
const macro = (name: string, body = ''): string =>
  `<ac:structured-macro ac:name="${name}">${body}</ac:structured-macro>`;

/** Bodies that break converters: by depth, by unclosed elements, by backtracking, by swelling. */
const HOSTILE: Readonly<Record<string, string>> = {
  'unclosed elements': '<b>'.repeat(MANY),
  'unclosed paragraphs': '<p>a'.repeat(MANY),
  'deep lists': '<ul><li>a'.repeat(MANY),
  'deep tables': '<table><tr><td>a'.repeat(MANY),
  'deep panels': '<ac:structured-macro ac:name="info"><ac:rich-text-body>a'.repeat(MANY),
  'stray end tags': '</p>'.repeat(MANY),
  'end tags of nothing in depth': '<b>'.repeat(MANY) + '</x>'.repeat(MANY),
  'changing marks': `<p>${'<b>a</b><i>b</i>'.repeat(MANY)}</p>`,
  delimiters: `<p>${'*'.repeat(MANY)} ${'_a '.repeat(MANY)} ${'~'.repeat(MANY)}</p>`,
  brackets: `<p>${'[a]('.repeat(MANY)}</p>`,
  'ampersands and brackets': `<p>${'&<'.repeat(MANY)}`,
  addresses: `<p>${'http://'.repeat(MANY)} ${'http://a.b/*'.repeat(MANY)}</p>`,
  rules: `<p>${'- '.repeat(MANY)}x</p><p>${'|-'.repeat(MANY)}x</p>`,
  'white space': `<p>a${' '.repeat(MANY)}<b>${'\u00a0'.repeat(MANY)}</b>b</p>`,
  'unclosed CDATA': '<![CDATA['.repeat(MANY),
  'one wide row above narrow ones': `<table><tr>${'<td>x</td>'.repeat(1000)}</tr>${'<tr><td>x</td></tr>'.repeat(1000)}</table>`,
  'tables of contents': macro('toc').repeat(1000) + '<h1>x</h1>'.repeat(1000),
  'an entity bomb':
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><p>&b;&b;&b;</p>',
  'a page that includes itself': macro(
    'include',
    '<ac:parameter ac:name=""><ri:page ri:content-title="Self"/></ac:parameter>',
  ).repeat(100),
};

describe('hostile bodies', () => {
  it.each(Object.entries(HOSTILE))('%s: a result in proportion to the page', (_, storage) => {
    const markdown = toMarkdown(storage, { include: () => storage });
    expect(markdown.length).toBeLessThan(100_000 + storage.length * 20);
  });

  it('keep their words where they are flattened', () => {
    const depth = 500;
    const words = Array.from({ length: depth }, (_, index) => `word${index}`);
    const markdown = toMarkdown(words.map((word) => `<ul><li>${word}`).join(''));
    expect(markdown.match(/word\d+/g)).toEqual(words);
  });
});
