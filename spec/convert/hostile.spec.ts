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
  'brackets in text': `<p>${'a <5 '.repeat(MANY)}</p>`,
  'comments that never end': '<!-- x '.repeat(MANY),
  'a comment of megabytes before a stray bracket': `<!--${'- '.repeat(1_000_000)}--> <`,
  'a tag of many attributes that never ends': `<a ${'b="c" '.repeat(1_000_000)}`,
  'tags that never end': '<a b="'.repeat(MANY),
  'tags that never end, with quotes of both kinds': `<a b='<a c="`.repeat(MANY),
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

  it.each(['<ul><li>a', '<ol><li>a', '<blockquote>a', '<table><tr><td>a'])(
    'nested ten thousand times do not swell: %s',
    (start) => {
      const storage = start.repeat(10_000);
      expect(toMarkdown(storage).length).toBeLessThan(storage.length * 4);
    },
  );

  it.each([
    ['a parameter', macro('panel', '<ac:parameter ac:name="title">a'), '<p>rest</p>'],
    [
      'a parameter with a page',
      macro('x', '<ac:parameter ac:name="p"><ac:link><ri:page ri:content-title="A" />'),
      '<p>rest</p>',
    ],
    ['a parameter without a macro', '<ac:parameter ac:name="title">a', '<p>rest</p>'],
    [
      'an attribute',
      '<ac:adf-node type="x"><ac:adf-attribute key="k">v',
      '<ac:adf-content><p>rest</p></ac:adf-content>',
    ],
    ['a state', '<ac:task-list><ac:task><ac:task-status>complete', '<ac:task-body>rest</ac:task-body>'],
    ['a script', '<script>alert(1)', '<p>rest</p>'],
    ['CDATA', macro('code', '<ac:plain-text-body><![CDATA[a</ac:plain-text-body>'), '<p>rest</p>'],
    [
      'CDATA before more of it',
      macro('code', '<ac:plain-text-body><![CDATA[a</ac:plain-text-body>'),
      `<p>rest</p>${macro('code', '<ac:plain-text-body><![CDATA[b]]></ac:plain-text-body>')}`,
    ],
    ['CDATA outside a macro', '<p>a <![CDATA[b</p>', '<p>rest</p>'],
  ])('do not hide what follows %s without an end', (_, start, end) => {
    expect(toMarkdown(start + end)).toMatch(/(?:^|\n|\] )rest\n/);
  });

  it('leave CDATA in CDATA as it is', () => {
    const example = '<ac:plain-text-body><![CDATA[x]]]]><![CDATA[></ac:plain-text-body>';
    const body = `<ac:plain-text-body><![CDATA[${example}\n${example}]]></ac:plain-text-body>`;
    const shown = '<ac:plain-text-body><![CDATA[x]]></ac:plain-text-body>';
    expect(toMarkdown(macro('code', body))).toBe(`\`\`\`\n${shown}\n${shown}\n\`\`\`\n`);
  });

  it('show nothing of scripts and styles', () => {
    expect(toMarkdown('<p>a<script>b</script>c</p><style>d { e: f }</style>')).toBe('ac\n');
  });

  it('keep their words where they are flattened', () => {
    const depth = 500;
    const words = Array.from({ length: depth }, (_, index) => `word${index}`);
    const markdown = toMarkdown(words.map((word) => `<ul><li>${word}`).join(''));
    expect(markdown.match(/word\d+/g)).toEqual(words);
  });

  it.each([
    ['if a <5 or a<b then', 'if a <5 or a\\<b then\n\nrest\n'],
    ['<a href="https://x.y>open quote</a>', '\\<a href="<https://x.y>>open quote\n\nrest\n'],
    ['<!-- comment without an end', '\\<!-- comment without an end\n\nrest\n'],
    ['a <b title="1 < 2">fine</b> <', 'a **fine** <\n\nrest\n'],
  ])('keep their words where brackets are out of place: %s', (start, markdown) => {
    expect(toMarkdown(`<p>${start}</p><p>rest</p>`)).toBe(markdown);
  });

  it.each(['<p>end <a href="cut', '<p>end <a cut', '<p>end <cut', '<p>end <!-- cut', '<p>end <![CDATA[cut'])(
    'keep their words where the text is cut short: %s',
    (storage) => {
      expect(toMarkdown(storage)).toMatch(/end.*cut/);
    },
  );

  it('have no half surrogate pairs, which no address can hold', () => {
    const storage = `<p><ac:link><ri:page ri:content-title="a\ud800b" /></ac:link> ${macro('jira', '<ac:parameter ac:name="key">\udc00</ac:parameter>')} <ac:emoticon ac:emoji-id="d800" /></p>`;
    expect(toMarkdown(storage, { baseUrl: 'https://x.y/wiki', spaceKey: 'S' })).toBe(
      '[a\ufffdb](https://x.y/wiki/display/S/a%EF%BF%BDb) [\ufffd](https://x.y/browse/%EF%BF%BD) \ufffd\n',
    );
  });
});
