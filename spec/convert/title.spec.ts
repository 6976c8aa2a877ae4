import { expect, test } from '@jest/globals';
import { toMarkdown } from '../../lib/convert/index.js';

const TITLE = 'Plan *B*';

test.each([
  ['a text', '<p>Text.</p>', '# Plan \\*B\\*\n\nText.\n'],
  ['an empty text', '', '# Plan \\*B\\*\n'],
  ['one that begins with it', '<h1>Plan  <em>*B*</em></h1><p>Text.</p>', '# Plan *\\*B\\**\n\nText.\n'],
  ['one that begins with a lower heading', '<h2>Plan *B*</h2>', '# Plan \\*B\\*\n\n## Plan \\*B\\*\n'],
  ['one that has it later', '<p>Text.</p><h1>Plan *B*</h1>', '# Plan \\*B\\*\n\nText.\n\n# Plan \\*B\\*\n'],
])('the title stands above %s, once', (_what, body, expected) => {
  expect(toMarkdown(body, { title: TITLE })).toBe(expected);
});

test('without a title there is none', () => {
  expect(toMarkdown('<p>Text.</p>')).toBe('Text.\n');
  expect(toMarkdown('<p>Text.</p>', { title: ' ' })).toBe('Text.\n');
});

test('a title of several lines is one heading', () => {
  expect(toMarkdown('<p>Text.</p>', { title: 'One\n# two' })).toBe('# One # two\n\nText.\n');
});

const LINK = (anchor: string): string =>
  `<p><ac:link ac:anchor="${anchor}"><ac:plain-text-link-body><![CDATA[there]]></ac:plain-text-link-body></ac:link></p>`;

test('a heading of the same name gets the second id, and links by name lead to it', () => {
  const body = `${LINK('Setup')}<h2>Setup</h2>`;
  expect(toMarkdown(body, { title: 'Setup' })).toBe('# Setup\n\n[there](#setup-1)\n\n## Setup\n');
});

test('a link to the name of the page leads to its title', () => {
  expect(toMarkdown(LINK('Setup'), { title: 'Setup' })).toBe('# Setup\n\n[there](#setup)\n');
});

test('a table of contents does not list it', () => {
  const toc = '<ac:structured-macro ac:name="toc" />';
  expect(toMarkdown(`${toc}<h1>One</h1>`, { title: 'Page' })).toBe('# Page\n\n- [One](#one)\n\n# One\n');
});
