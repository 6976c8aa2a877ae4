import { describe, expect, it } from '@jest/globals';
import { toMarkdown } from '../../lib/convert/index.js';
import { headingFilter } from '../../lib/convert/document/heading-filter.js';
import { macro } from './support/piece.js';

const rich = (body: string): string => `<ac:rich-text-body>${body}</ac:rich-text-body>`;

describe('what the wiki hides', () => {
  it.each([
    ['a hint for authors', '<ac:placeholder>Type here</ac:placeholder>'],
    ['an element without display', '<div style="color: red; display:none">x<p>y</p></div>'],
    ['a hidden excerpt', macro('excerpt', { hidden: 'true' }, rich('<p>x</p>'))],
    ['hidden properties', macro('details', { hidden: 'true', id: 'a' }, rich('<p>x</p>'))],
  ])('stays hidden: %s', (_, storage) => {
    expect(toMarkdown(storage)).toBe('');
  });

  it('shows where it is only hidden on its own page', () => {
    const include = macro('excerpt-include', { '': 'Other' });
    const excerpt = macro('excerpt', { hidden: 'true' }, rich('<p>x</p>'));
    expect(toMarkdown(include, { include: () => excerpt })).toMatch(/x\n$/);
    expect(toMarkdown(macro('excerpt', { hidden: 'false' }, rich('<p>x</p>')))).toBe('x\n');
  });
});

describe('the headings that a table of contents lists', () => {
  it.each([
    ['Overview', ['Overview'], ['Overviews', 'My Overview', 'overview']],
    ['One|Two', ['One', 'Two'], ['Three']],
    ['Step.*', ['Step', 'Step 1'], ['A Step']],
    ['.*draft.*', ['a draft', 'draft'], ['a']],
    ['A.*b.*c', ['Axbxc', 'Abc'], ['Acb', 'Abcd']],
    ['^Usage$', ['Usage'], ['Usage 2']],
    ['(?i)usage', ['USAGE'], ['use']],
    ['v1\\.2', ['v1.2'], ['v1x2']],
    ['aa.*aa', ['aaaa'], ['aaa']],
  ])('%s', (pattern, listed, others) => {
    const filter = headingFilter(pattern);
    expect(listed.filter((each) => filter?.(each) === true)).toEqual(listed);
    expect(others.filter((each) => filter?.(each) === true)).toEqual([]);
  });

  it.each(['(a+)+', '[A-Z].*', 'a{2}', 'a.b', '\\d', 'x*'])(
    'are all where the pattern is beyond that: %s',
    (pattern) => {
      expect(headingFilter(pattern)).toBeUndefined();
    },
  );

  it('are those to include without those to exclude', () => {
    const toc = macro('toc', { include: 'A.*', exclude: 'AB' });
    expect(toMarkdown(`${toc}<h1>A</h1><h1>AB</h1><h1>C</h1>`)).toMatch(/^- \[A\]\(#a\)\n\n# A\n/);
  });
});

describe('odds and ends', () => {
  const katex = (name: string): string =>
    `<span class="${name}"><span class="katex-mathml"><math><semantics><mrow><mi>x</mi></mrow>` +
    '<annotation encoding="application/x-tex">x^2</annotation></semantics></math></span>' +
    '<span class="katex-html" aria-hidden="true"><span>x</span><span>2</span></span></span>';
  const image = (size: string): string => `<ac:image${size}><ri:url ri:value="https://x.y/i" /></ac:image>`;

  it.each([
    ['a formula once', `<p>a ${katex('katex')} b</p>`, 'a $`x^2`$ b\n'],
    ['a displayed formula', `<p>${katex('katex-display')}</p>`, '```math\nx^2\n```\n'],
    ['a no-break space between words', '<p>a&nbsp;b <b>c&nbsp;</b>d</p>', 'a b **c** d\n'],
    ['no-break spaces as an indent', '<p>a<br/>&nbsp;&nbsp;b</p>', 'a\\\n\u00a0\u00a0b\n'],
    ['a no-break space in code', '<p><code>a&nbsp;b</code></p>', '`a\u00a0b`\n'],
    ['a height', image(' ac:height="50"'), '<img src="https://x.y/i" alt="" height="50">\n'],
    [
      'a width beside a height',
      image(' ac:height="50" ac:width="40"'),
      '<img src="https://x.y/i" alt="" width="40">\n',
    ],
    [
      'states of decisions',
      '<ac:adf-extension><ac:adf-node type="decision-list"><ac:adf-node type="decision-item">' +
        '<ac:adf-attribute key="state">UNDECIDED</ac:adf-attribute><ac:adf-content>a</ac:adf-content></ac:adf-node>' +
        '<ac:adf-node type="decision-item"><ac:adf-content>b</ac:adf-content></ac:adf-node></ac:adf-node></ac:adf-extension>',
      '- `UNDECIDED` a\n- b\n',
    ],
  ])('%s', (_, storage, markdown) => {
    expect(toMarkdown(storage)).toBe(markdown);
  });
});
