import { describe, expect, it } from '@jest/globals';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { toMarkdown } from '../../lib/convert/index.js';
import { escapeXml, macro } from './support/piece.js';

const SOURCE = '@startuml\nAlice -> Bob: ä\n@enduml';
const FENCE = `\`\`\`plantuml\n${SOURCE}\n\`\`\`\n`;
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

const packings: Readonly<Record<string, string>> = {
  'as it is': SOURCE,
  'raw deflate': base64(deflateRawSync(SOURCE)),
  'raw deflate of percent escapes': base64(deflateRawSync(encodeURIComponent(SOURCE))),
  zlib: base64(deflateSync(SOURCE)),
  gzip: base64(gzipSync(SOURCE)),
  Base64: base64(Buffer.from(SOURCE)),
  'percent escapes': encodeURIComponent(SOURCE),
  JSON: JSON.stringify({ version: 2, source: SOURCE }),
  'JSON with packed data': JSON.stringify({ data: base64(deflateRawSync(SOURCE)) }),
};

describe('the source of a diagram', () => {
  it.each(Object.entries(packings))('is unpacked: %s', (_, data) => {
    expect(toMarkdown(macro('plantumlcloud', { data, revision: '1' }))).toBe(FENCE);
  });

  it.each([
    ['no packing', '!!!!'],
    ['no text', base64(deflateRawSync(Buffer.from([0xff, 0xfe, 0])))],
    ['cut short', base64(deflateRawSync(SOURCE.repeat(9))).slice(0, 20)],
  ])('that is %s stays as it is', (_, data) => {
    expect(toMarkdown(macro('plantumlcloud', { data }))).toBe(`\`\`\`plantuml\n${data}\n\`\`\`\n`);
  });

  it('does not swell', () => {
    const data = base64(deflateRawSync(Buffer.alloc(10_000_000, 'a')));
    expect(toMarkdown(macro('plantumlcloud', { data })).length).toBeLessThan(data.length + 100);
  });
});

const parameter = (key: string, content: string): string =>
  `<ac:adf-parameter key="${key}">${content}</ac:adf-parameter>`;
const attribute = (key: string, content: string): string =>
  `<ac:adf-attribute key="${key}">${content}</ac:adf-attribute>`;

const app = (key: string, title: string, guest: string, content = '', type = 'extension'): string =>
  `<ac:adf-extension><ac:adf-node type="${type}">${attribute('extension-key', `1/2/static/${key}`)}` +
  attribute('extension-type', 'com.atlassian.ecosystem') +
  attribute(
    'parameters',
    parameter('local-id', '3') + parameter('extension-title', title) + parameter('guest-params', guest),
  ) +
  `${attribute('text', title)}${content}</ac:adf-node></ac:adf-extension>`;

const CASES: Readonly<Record<string, readonly [storage: string, markdown: string]>> = {
  'a diagram with other parameters': [
    app('mermaid-diagram', 'Mermaid', parameter('theme', 'dark') + parameter('code', 'graph TD\n  A--&gt;B')),
    '<!-- adf: extension Mermaid (mermaid-diagram) theme=dark -->\n\n```mermaid\ngraph TD\n  A-->B\n```\n',
  ],
  'a formula': [
    app('latex-math', 'LaTeX', parameter('latex', 'x^2')),
    '<!-- adf: extension LaTeX (latex-math) -->\n\n```math\nx^2\n```\n',
  ],
  'a formula in a sentence': [
    `<p>a ${app('latex-math', 'LaTeX', parameter('latex', 'x^2'), '', 'inlineExtension')} b</p>`,
    'a <!-- adf: extension LaTeX (latex-math) -->$`x^2`$ b\n',
  ],
  code: [
    app('snippets', 'Code', parameter('language', 'c#') + parameter('code', 'a;\nb;')),
    '<!-- adf: extension Code (snippets) language=c# -->\n\n```csharp\na;\nb;\n```\n',
  ],
  'values and people': [
    app(
      'signatures',
      'Sign it',
      parameter('title', 'Plan') +
        parameter('accountId', '5b10ac8d82e05b22cc7d4ef5') +
        parameter('signers', '<ac:adf-parameter-value>5b10ac8d82e05b22cc7d4ef5</ac:adf-parameter-value>') +
        parameter(
          'groups',
          '<ac:adf-parameter-value>a</ac:adf-parameter-value><ac:adf-parameter-value>b</ac:adf-parameter-value>',
        ) +
        parameter('panel', parameter('width', '9')),
    ),
    '<!-- adf: extension Sign it (signatures) title=Plan groups=a, b panel.width=9 -->\n',
  ],
  'what stands in an app': [
    app(
      'frame',
      'Frame',
      parameter('color', 'red'),
      '<ac:adf-content><p>inside</p></ac:adf-content>',
      'bodiedExtension',
    ),
    '<!-- adf: extension Frame (frame) color=red -->\n\ninside\n',
  ],
  'what only the fallback shows': [
    app('x', 'X', parameter('a', '1')).replace(
      '</ac:adf-extension>',
      '<ac:adf-fallback><p>words</p></ac:adf-fallback></ac:adf-extension>',
    ),
    '<!-- adf: extension X (x) a=1 -->\n\nwords\n',
  ],
  'a macro of the old kind': [
    `<ac:adf-extension><ac:adf-node type="extension">${attribute('extension-key', 'status')}` +
      attribute('extension-type', 'com.atlassian.confluence.macro.core') +
      attribute('parameters', parameter('macro-params', parameter('title', parameter('value', 'DONE')))) +
      `${attribute('text', 'status')}</ac:adf-node></ac:adf-extension>`,
    '`DONE`\n',
  ],
  'packed by the app': [
    app('plantuml', 'PlantUML', parameter('data', escapeXml(packings.gzip ?? ''))),
    `<!-- adf: extension PlantUML (plantuml) -->\n\n${FENCE}`,
  ],
};

describe("an app's macro", () => {
  it.each(Object.entries(CASES))('%s', (_, [storage, markdown]) => {
    expect(toMarkdown(storage)).toBe(markdown);
  });
});
