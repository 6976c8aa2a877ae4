import { expect, test } from '@jest/globals';
import { includedPages } from '../../lib/convert/index.js';

const macro = (name: string, page: string): string =>
  `<ac:structured-macro ac:name="${name}"><ac:parameter ac:name="">${page}</ac:parameter></ac:structured-macro>`;
const link = (title: string): string =>
  `<ac:link><ri:page ri:content-title="${title}" ri:space-key="DOCS" /></ac:link>`;

test('the pages that a body includes, as often as it does, wherever it does', () => {
  const body = `<p>${macro('include', link('A'))}</p><table><tbody><tr><td>${macro('excerpt-include', 'B')}
    </td></tr></tbody></table>${macro('include', link('A'))}${macro('info', link('C'))}`;
  expect(includedPages(body)).toEqual([
    { kind: 'page', title: 'A', spaceKey: 'DOCS' },
    { kind: 'page', title: 'B' },
    { kind: 'page', title: 'A', spaceKey: 'DOCS' },
  ]);
});

test('text about macros includes nothing', () => {
  const shown = `<p>"include"</p><ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[${macro('include', 'A')}]]></ac:plain-text-body></ac:structured-macro>`;
  expect(includedPages(shown)).toEqual([]);
  expect(includedPages('')).toEqual([]);
  expect(includedPages(macro('include', ''))).toEqual([]);
});

test('a macro in the new editor’s clothes includes, too', () => {
  const body = `<ac:adf-extension><ac:adf-node type="extension"><ac:adf-attribute key="extension-type">com.atlassian.confluence.macro.core</ac:adf-attribute><ac:adf-attribute key="extension-key">include</ac:adf-attribute><ac:adf-attribute key="parameters"><ac:adf-parameter key="macro-params"><ac:adf-parameter key="_parameter"><ac:adf-parameter key="value">Z</ac:adf-parameter></ac:adf-parameter></ac:adf-parameter></ac:adf-attribute></ac:adf-node></ac:adf-extension>`;
  expect(() => includedPages(body)).not.toThrow();
});
