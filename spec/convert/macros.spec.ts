import { describe, expect, it } from '@jest/globals';
import { toMarkdown } from '../../lib/convert/index.js';
import type { ConvertContext, MacroHandler } from '../../lib/convert/index.js';
import { BUILT_IN } from '../../lib/convert/macros/macro-elements.js';
import { MAY_BE_EMPTY } from '../../lib/convert/macros/may-be-empty.js';

const macro = (name: string, body: string): string =>
  `<ac:structured-macro ac:name="${name}"><ac:parameter ac:name="level">high</ac:parameter>${body}</ac:structured-macro>`;

const convertWith = (handler: MacroHandler, storage: string): string => {
  const context: ConvertContext = { macros: { risk: handler } };
  return toMarkdown(storage, context);
};

describe('a handler for a macro', () => {
  it('gets parameters and bodies, and gives blocks', () => {
    const handler: MacroHandler = ({ name, parameters, body }) => [
      {
        type: 'heading',
        depth: 2,
        children: [{ type: 'text', value: `${name}: ${parameters.level ?? ''}` }],
      },
      ...body,
    ];
    expect(convertWith(handler, macro('risk', '<ac:rich-text-body><p>fire</p></ac:rich-text-body>'))).toBe(
      '## risk: high\n\nfire\n',
    );
  });

  it('gives inline content that joins its paragraph and the marks around it', () => {
    const handler: MacroHandler = ({ text }) => [{ type: 'text', value: `[${text}]` }];
    const storage = `<p>a <strong>b ${macro('risk', '<ac:plain-text-body><![CDATA[x*y]]></ac:plain-text-body>')}</strong></p>`;
    expect(convertWith(handler, storage)).toBe('a **b [x\\*y]**\n');
  });

  it('leaves a macro to the built-in ones by giving undefined', () => {
    expect(convertWith(() => undefined, macro('risk', ''))).toBe('<!-- macro: risk level=high -->\n');
  });

  it('is not taken from the prototype of the record', () => {
    expect(convertWith(() => [], macro('constructor', ''))).toBe('<!-- macro: constructor level=high -->\n');
  });
});

describe('a handler for a macro that has one built in', () => {
  const panel = (body: string): string =>
    `<ac:structured-macro ac:name="info"><ac:rich-text-body>${body}</ac:rich-text-body></ac:structured-macro>`;

  const nested = (depth: number): string => (depth === 0 ? '' : panel(`<p>x</p>${nested(depth - 1)}`));

  it('comes first', () => {
    const info: MacroHandler = ({ body }) => [{ type: 'details', summary: 'Info', children: body }];
    expect(toMarkdown(panel('<p>x</p>'), { macros: { info } })).toBe(
      '<details>\n<summary>Info</summary>\n\nx\n\n</details>\n',
    );
  });

  it('may look at the body and still leave the macro to the built-in one', () => {
    const info: MacroHandler = ({ body }) => (body.length > 1 ? [] : undefined);
    const context: ConvertContext = { macros: { info } };
    expect(toMarkdown(panel('<p>x</p>'), context)).toBe('> [!NOTE]\n> x\n');
    expect(toMarkdown(panel('<p>x</p><p>y</p>'), context)).toBe('');
  });

  it('is asked once for each macro, however deep they stand', () => {
    const depth = 40;
    let asked = 0;
    const info: MacroHandler = ({ body }) => {
      asked += 1;
      return body.length < 0 ? [] : undefined;
    };
    toMarkdown(
      panel('<p>x</p>').replace('<p>x</p>', () => nested(depth)),
      { macros: { info } },
    );
    expect(asked).toBe(depth + 1);
  });
});

describe('the bodies of a macro', () => {
  const plain = (text: string): string => `<ac:plain-text-body><![CDATA[${text}]]></ac:plain-text-body>`;
  const rich = (text: string): string => `<ac:rich-text-body><p>${text}</p></ac:rich-text-body>`;

  it.each([
    'anchor',
    'attachments',
    'children',
    'code',
    'date',
    'details',
    'drawio',
    'excerpt',
    'expand',
    'gallery',
    'html',
    'include',
    'info',
    'jira',
    'localtab',
    'markdown',
    'mathblock',
    'mathinline',
    'panel',
    'profile',
    'roadmap',
    'section',
    'status',
    'toc',
    'toc-zone',
    'view-file',
    'widget',
    'not-known',
  ])('of %s show, of whatever kind and number they are', (name) => {
    const markdown = toMarkdown(
      macro(name, plain('first') + rich('second') + plain('third') + rich('fourth')),
    );
    expect(markdown.match(/first|second|third|fourth/g)).toEqual(['first', 'second', 'third', 'fourth']);
  });
});

describe('the comment for a macro', () => {
  it('names every parameter, repeated ones too', () => {
    const parameters = '<ac:parameter ac:name="a">1</ac:parameter><ac:parameter ac:name="a">2</ac:parameter>';
    expect(toMarkdown(`<ac:structured-macro ac:name="x">${parameters}</ac:structured-macro>`)).toBe(
      '<!-- macro: x a=1 a=2 -->\n',
    );
  });
});

describe('the markdown macro', () => {
  const markdown = (text: string): string =>
    toMarkdown(
      `<ac:structured-macro ac:name="markdown"><ac:plain-text-body><![CDATA[${text}]]></ac:plain-text-body></ac:structured-macro>`,
    );

  it.each(['# Title', '[a](https://example.org)', '```html\n<script>\n```'])('stays as it is: %j', (text) => {
    expect(markdown(text)).toBe(`${text}\n`);
  });

  it.each([
    '<b>x</b>',
    '[a](javascript:x)',
    '[a](java&#115;cript:x)',
    '[a]: https://example.org',
    '```\nnever closed',
    '[a](<java\\script:x>)',
  ])('becomes code: %j', (text) => {
    expect(markdown(text)).toMatch(/^`{3,}markdown\n/);
  });
});

describe('a macro that a handler has nothing to show of', () => {
  const file = '<ac:parameter ac:name="filename">flow</ac:parameter>';
  const resolve: ConvertContext['resolve'] = (reference) =>
    reference.kind === 'attachment' && reference.filename === 'flow' ? { href: 'a/flow' } : undefined;

  it.each([...BUILT_IN.keys(), 'not-known'].filter((name) => !MAY_BE_EMPTY.has(name)))(
    'leaves something: %s',
    (name) => {
      const storage = `<ac:structured-macro ac:name="${name}"><ac:parameter ac:name="x">y</ac:parameter></ac:structured-macro>`;
      expect(toMarkdown(storage)).not.toBe('');
    },
  );

  it('leaves a comment with its parameters and a link to the file that they name', () => {
    const mermaid = `<ac:structured-macro ac:name="mermaid-cloud">${file}</ac:structured-macro>`;
    expect(toMarkdown(mermaid, { resolve })).toBe(
      '<!-- macro: mermaid-cloud filename=flow -->\n\n[flow](a/flow)\n',
    );
    expect(toMarkdown(`<p>a ${mermaid} b</p>`, { resolve })).toBe(
      'a <!-- macro: mermaid-cloud filename=flow -->[flow](a/flow) b\n',
    );
    expect(toMarkdown(mermaid)).toBe('<!-- macro: mermaid-cloud filename=flow -->\n');
  });
});
