import { describe, expect, it } from '@jest/globals';
import { toMarkdown } from '../../lib/convert/index.js';
import { macro } from './support/piece.js';

const image = (name: string, attributes = ''): string =>
  `<ac:image${attributes}><ri:url ri:value="https://x.y/${name}" /></ac:image>`;
const rich = (body: string): string => `<ac:rich-text-body>${body}</ac:rich-text-body>`;
const PICTURES = `${image('a')} ${image('b')}`;
const APART = '![](https://x.y/a)\n\n![](https://x.y/b)\n';
const TOGETHER = '![](https://x.y/a) ![](https://x.y/b)\n';
const INLINE = { 'atlassian-macro-output-type': 'INLINE' };

const card = (appearance: string, name: string): string =>
  `<a href="https://x.y/${name}" data-card-appearance="${appearance}">https://x.y/${name}</a>`;
const CARDS = '<https://x.y/a>\n\n<https://x.y/b>\n';

const CASES: Readonly<Record<string, readonly [storage: string, markdown: string]>> = {
  'pictures at the root': [PICTURES, APART],
  'pictures between blocks': [`<hr/>${PICTURES}<hr/>`, `***\n\n${APART}\n***\n`],
  'pictures in a layout cell': [
    `<ac:layout><ac:layout-section><ac:layout-cell>${PICTURES}</ac:layout-cell></ac:layout-section></ac:layout>`,
    APART,
  ],
  'pictures in a panel': [
    macro('panel', {}, rich(PICTURES)),
    '> ![](https://x.y/a)\n>\n> ![](https://x.y/b)\n',
  ],
  'pictures in an item': [`<ul><li>${PICTURES}</li></ul>`, '- ![](https://x.y/a)\n\n  ![](https://x.y/b)\n'],
  'pictures in a paragraph': [`<p>${PICTURES}</p>`, TOGETHER],
  'pictures in a text without a paragraph': [`<ul><li>a ${PICTURES}</li></ul>`, `- a ${TOGETHER}`],
  'pictures before a text without a paragraph': [
    `<ul><li>${PICTURES} <b>a</b></li></ul>`,
    `- ${TOGETHER.trim()} **a**\n`,
  ],
  'inline pictures': [`${image('a', ' ac:inline="true"')} ${image('b', ' ac:inline="true"')}`, TOGETHER],
  'two macros that nobody knows': [
    macro('x', { a: '1' }) + macro('y', {}),
    '<!-- macro: x a=1 -->\n\n<!-- macro: y -->\n',
  ],
  'two issues': [macro('jira', { key: 'A-1' }) + macro('jira', { key: 'A-2' }), 'A-1\n\nA-2\n'],
  'cards at the root': [card('block', 'a') + card('embed', 'b'), CARDS],
  'cards in a panel': [
    macro('panel', {}, rich(card('block', 'a') + card('block', 'b'))),
    `> ${CARDS.trim().replace('\n\n', '\n>\n> ')}\n`,
  ],
  'cards in a cell': [
    `<table><tr><td>${card('block', 'a')}${card('block', 'b')}</td></tr></table>`,
    '|  |\n| --- |\n| <https://x.y/a><br><br><https://x.y/b> |\n',
  ],
  'cards in an item': [
    `<ul><li>${card('block', 'a')}${card('block', 'b')}</li></ul>`,
    '- <https://x.y/a>\n\n  <https://x.y/b>\n',
  ],
  'inline cards': [`${card('inline', 'a')} ${card('inline', 'b')}`, '<https://x.y/a> <https://x.y/b>\n'],
  'a formula in a cell': [
    `<table><tr><td>${macro('mathblock', {}, '<ac:plain-text-body><![CDATA[x^2]]></ac:plain-text-body>')}</td></tr></table>`,
    '|  |\n| --- |\n| $`x^2`$ |\n',
  ],
  'statuses in a cell': [
    `<table><tr><td>${macro('status', { title: 'A' })} ${macro('status', { title: 'B' })}</td></tr></table>`,
    '|  |\n| --- |\n| `A` `B` |\n',
  ],
  'an inline macro with a body': [`<p>a ${macro('excerpt', INLINE, rich('<p>b</p>'))} c</p>`, 'a b c\n'],
  'an inline macro with a body that nobody knows': [
    `<p>a ${macro('x', {}, rich('<p>b</p>'))} c</p>`,
    'a <!-- macro: x -->b c\n',
  ],
  'a macro with blocks in a paragraph': [
    `<p>a ${macro('excerpt', {}, rich('<p>b</p><p>c</p>'))} d</p>`,
    'a\n\nb\n\nc\n\nd\n',
  ],
};

describe('what stands beside each other without a paragraph', () => {
  it.each(Object.entries(CASES))('%s', (_, [storage, markdown]) => {
    expect(toMarkdown(storage)).toBe(markdown);
  });

  it('takes time in proportion', () => {
    const storage = image('a').repeat(50_000);
    expect(toMarkdown(storage).length).toBeLessThan(storage.length);
  });
});
