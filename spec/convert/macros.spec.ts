import { describe, expect, it } from '@jest/globals';
import { toMarkdown } from '../../lib/convert/index.js';
import type { ConvertContext, MacroHandler } from '../../lib/convert/index.js';

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
