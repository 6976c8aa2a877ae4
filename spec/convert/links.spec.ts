import { describe, expect, it } from '@jest/globals';
import { toMarkdown } from '../../lib/convert/index.js';
import type { Reference } from '../../lib/convert/index.js';

const BASE = 'https://example.atlassian.net/wiki';

const referenceOf = (href: string): Reference | undefined => {
  let asked: Reference | undefined;
  toMarkdown(`<p><a href="${href}">x</a></p>`, {
    baseUrl: BASE,
    resolve: (reference) => {
      asked ??= reference;
      return undefined;
    },
  });
  return asked;
};

describe('addresses of the same wiki', () => {
  const id: Reference = { kind: 'page-id', id: '123' };
  const cases: readonly (readonly [string, Reference])[] = [
    [`${BASE}/spaces/DOCS/pages/123`, id],
    [`${BASE}/spaces/DOCS/pages/123/Some+Title?x=1#anchor`, id],
    [`/wiki/spaces/~557058/pages/123/T`, id],
    [`${BASE}/spaces/DOCS/pages/edit-v2/123`, id],
    [`${BASE}/spaces/DOCS/blog/2024/02/29/123/News`, id],
    [`${BASE}/pages/viewpage.action?pageId=123&amp;focusedCommentId=1`, id],
    [`${BASE}/pages/viewpage.action?spaceKey=A&amp;title=B+C`, { kind: 'page', title: 'B C', spaceKey: 'A' }],
    [`${BASE}/display/A/B+%26+C`, { kind: 'page', title: 'B & C', spaceKey: 'A' }],
    [
      `${BASE}/display/A/2024/02/29/News`,
      { kind: 'blogpost', title: 'News', spaceKey: 'A', postingDay: '2024/02/29' },
    ],
    [`${BASE}/display/A`, { kind: 'space', key: 'A' }],
    [`${BASE}/spaces/A/overview`, { kind: 'space', key: 'A' }],
    [`${BASE}/x/AbC-d`, { kind: 'short-link', path: '/x/AbC-d' }],
    [`http://EXAMPLE.atlassian.net/wiki/spaces/DOCS/pages/123`, id],
    [`//example.atlassian.net/wiki/spaces/DOCS/pages/123`, id],
    ['/display/A/B', { kind: 'page', title: 'B', spaceKey: 'A' }],
    ['https://example.atlassian.net/display/A/B', { kind: 'page', title: 'B', spaceKey: 'A' }],
    ['/pages/viewpage.action?pageId=123', id],
    ['/x/AbC-d', { kind: 'short-link', path: '/x/AbC-d' }],
    [
      `${BASE}/download/attachments/123/a%20b.png?api=v2`,
      { kind: 'attachment', filename: 'a b.png', page: { kind: 'page-id', id: '123' } },
    ],
  ];

  it.each(cases)('%s', (href, reference) => {
    expect(referenceOf(href)).toEqual(reference);
  });

  it.each(['https://other.example/wiki/spaces/DOCS/pages/123', `${BASE}evil/x/A`, '/browse/A-1', '#here'])(
    'are not: %s',
    (href) => {
      expect(referenceOf(href)).toBeUndefined();
    },
  );
});

describe('the address that resolve gives', () => {
  it.each(['a/b%20c.md', '\ufffe123\uffff', 'a(b).md', 'https://example.org/?a=1&b=2'])(
    'goes to the output as it is: %j',
    (href) => {
      const storage = '<p><ac:link><ri:page ri:content-title="T" /></ac:link></p>';
      expect(toMarkdown(storage, { resolve: () => ({ href }) })).toBe(`[T](${href})\n`);
    },
  );

  it('is the only place where the output can have noncharacters', () => {
    expect(toMarkdown('<p>a\ufffeb&#xFFFE;c&#65535;</p>')).toBe('abc\n');
  });
});

describe('an address without a host', () => {
  it.each([
    ['relative/page.html', `${BASE}/relative/page.html`],
    ['?x=1', `${BASE}/?x=1`],
    ['/browse/A-1', 'https://example.atlassian.net/browse/A-1'],
    ['/x/AbC-d', 'https://example.atlassian.net/x/AbC-d'],
    ['//cdn.example.org/a', 'https://cdn.example.org/a'],
    ['www.example.org', 'http://www.example.org'],
    ['mailto:a@example.org', 'mailto:a@example.org'],
  ])('becomes absolute: %s', (href, absolute) => {
    expect(toMarkdown(`<p><a href="${href}">t</a></p>`, { baseUrl: BASE })).toBe(`[t](${absolute})\n`);
  });

  it('stays as it is where the wiki is not known', () => {
    expect(toMarkdown('<p><a href="relative/page.html">t</a></p>')).toBe('[t](relative/page.html)\n');
  });
});

describe('an unsafe address', () => {
  it.each([
    'javascript:alert(1)',
    ' JaVa&#10;Script:x',
    'java&Tab;script:x',
    '&#1;javascript:x',
    'javascript&colon;x',
    'jav&shy;ascript:x',
    '\u202ejavascript:x',
    '&#xFEFF;javascript:x',
    'vb&NewLine;script:x',
    'data:text/html,x',
    'feed:javascript:x',
    'view-source:javascript:x',
    'filesystem:https://example.org/x',
  ])('leaves the text alone: %s', (href) => {
    const storage = `<p><a href="${href}">t</a></p><table><tr><td colspan="2"><a href="${href}">t</a></td></tr></table>`;
    expect(toMarkdown(storage, { baseUrl: BASE })).toBe(
      't\n\n<table>\n<tr>\n<td colspan="2">t</td>\n</tr>\n</table>\n',
    );
  });
});

describe('an anchor', () => {
  it.each([
    ['MyPage-NextSteps', 'next-steps'],
    ['MyPage-Intro', 'intro'],
    ['Next-Steps', 'next-steps'],
    ['What%27s-new%3F', 'whats-new'],
  ])('%s on another page is a heading of it', (anchor, slug) => {
    const storage =
      `<p><ac:link ac:anchor="${anchor}"><ri:page ri:content-title="My Page" /><ac:link-body>a</ac:link-body></ac:link> ` +
      `<a href="/wiki/spaces/A/pages/1/My+Page#${anchor}">b</a></p>`;
    const context = { baseUrl: BASE, resolve: () => ({ href: 'my-page.md', title: 'My Page' }) };
    expect(toMarkdown(storage, context)).toBe(`[a](my-page.md#${slug}) [b](my-page.md#${slug})\n`);
  });

  it('has no space for a line break, as on GitHub', () => {
    const storage = '<h1>One<br/>two</h1><p><a href="#One-two">a</a></p>';
    expect(toMarkdown(storage)).toBe('# One<br>two\n\n[a](#onetwo)\n');
  });

  it('follows the address of the page as the slug of the heading', () => {
    const storage = '<p><ac:link ac:anchor="Next Steps"><ri:page ri:content-title="T" /></ac:link></p>';
    expect(toMarkdown(storage, { resolve: () => ({ href: 't.md' }) })).toBe('[T](t.md#next-steps)\n');
  });

  it('finds a heading of the page by any of the names that Confluence gives it', () => {
    const anchors = ['Set up, now!', 'Set-up,-now!', 'MyPage-Setup,now!'];
    const links = anchors.map(
      (anchor) => `<ac:link ac:anchor="${anchor}"><ac:link-body>x</ac:link-body></ac:link>`,
    );
    expect(toMarkdown(`<h1>Set up, now!</h1><p>${links.join(' ')}</p>`)).toBe(
      '# Set up, now!\n\n[x](#set-up-now) [x](#set-up-now) [x](#set-up-now)\n',
    );
  });
});

describe('an anchor as Cloud writes it', () => {
  const to = (anchor: string): string => `<p><a href="#${anchor}">x</a></p>`;

  it.each([
    ['[inlineExtension]Setting-up', '<h2>Setting up</h2>', 'setting-up'],
    [
      'Release-[date]-[hardBreak]notes',
      '<h2>Release <time datetime="2024-02-29" /> notes</h2>',
      'release--notes',
    ],
    [':calendar_spiral:-Date', '<h2>\u{1f5d3} Date</h2>', '-date'],
    ['[x]-done', '<h2>[x] done</h2>', 'x-done'],
  ])('%s leads to the heading', (anchor, heading, slug) => {
    expect(toMarkdown(`${heading}${to(anchor)}`)).toMatch(`](#${slug})`);
  });

  it('leads to a heading with a status, which has no part in its name', () => {
    const status =
      '<ac:structured-macro ac:name="status"><ac:parameter ac:name="title">DONE</ac:parameter></ac:structured-macro>';
    expect(toMarkdown(`<h2>${status} Plan A</h2>${to('[inlineExtension]-Plan-A')}`)).toBe(
      '## `DONE` Plan A\n\n[x](#done-plan-a)\n',
    );
    expect(toMarkdown(`<h2>${status} Plan</h2><h2>Plan</h2>${to('Plan')}`)).toContain('[x](#plan)');
  });

  it('leads to a heading of another page', () => {
    const storage = `<p><a href="${BASE}/spaces/A/pages/1/T#[inlineExtension]Next-steps">x</a></p>`;
    const context = { baseUrl: BASE, resolve: () => ({ href: 't.md' }) };
    expect(toMarkdown(storage, context)).toBe('[x](t.md#next-steps)\n');
  });

  it('is not repeated where the heading has the same', () => {
    const anchor =
      '<ac:structured-macro ac:name="anchor"><ac:parameter ac:name="">Next steps</ac:parameter></ac:structured-macro>';
    const heading = `<h2>${anchor}Next steps</h2>`;
    expect(toMarkdown(heading)).toBe('## Next steps\n');
    expect(toMarkdown(`<p>${anchor}</p><h2>Next steps</h2>`)).toBe('## Next steps\n');
    expect(toMarkdown(`<p>${anchor}</p><h2>Later</h2>`)).toBe('<a id="next-steps"></a>\n\n## Later\n');
  });
});

describe('a smart link', () => {
  const card = (href: string, text = href): string =>
    `<p><a href="${href}" data-card-appearance="inline">${text}</a></p>`;
  const known = { baseUrl: BASE, resolve: () => ({ href: 'p.md', title: 'Its *title*' }) };

  it('shows the title of its target', () => {
    expect(toMarkdown(card(`${BASE}/spaces/A/pages/1/Old`), known)).toBe('[Its \\*title\\*](p.md)\n');
  });

  it('shows the title that its address tells when the mirror has no such page', () => {
    const href = `${BASE}/spaces/A/pages/1/Release+plan+%26+more`;
    expect(toMarkdown(card(href), { baseUrl: BASE })).toBe(`[Release plan & more](${href})\n`);
  });

  it('shows the key of an issue', () => {
    expect(toMarkdown(card('https://jira.x.y/browse/AB_C-12?focus=1'))).toBe(
      '[AB_C-12](https://jira.x.y/browse/AB_C-12?focus=1)\n',
    );
  });

  it('keeps other words, and the address where no title is known', () => {
    expect(toMarkdown(card(`${BASE}/spaces/A/pages/1/Old`, 'mine'), known)).toBe('[mine](p.md)\n');
    expect(toMarkdown(card('https://x.y/z'))).toBe('<https://x.y/z>\n');
  });
});
