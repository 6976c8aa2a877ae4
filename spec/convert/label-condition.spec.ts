import { expect, test } from '@jest/globals';
import { type LabelCondition, toMarkdown } from '../../lib/convert/index.js';

const report = (cql: string): string =>
  `<ac:structured-macro ac:name="detailssummary"><ac:parameter ac:name="cql">${cql.replaceAll('"', '&quot;')}</ac:parameter></ac:structured-macro>`;

/** What a report asks for. */
const asked = (cql: string): LabelCondition | undefined => {
  const conditions: LabelCondition[] = [];
  toMarkdown(report(cql), {
    spaceKey: 'DOCS',
    labelled: (condition) => {
      conditions.push(condition);
      return undefined;
    },
  });
  return conditions[0];
};

test.each<[string, LabelCondition | undefined]>([
  ['label = "risk"', [['risk']]],
  ["label='risk'", [['risk']]],
  ['label = risk-1 AND space = currentSpace()', [['risk-1']]],
  ['label in ("a", \'b\',c) and space = "DOCS"', [['a', 'b', 'c']]],
  ['label = "a" and label = "b"', [['a'], ['b']]],
  ['label = "a" and space = "OPS"', undefined],
  ['label = "a" or label = "b"', undefined],
  ['label != "a"', undefined],
  ['label in ()', undefined],
  ['label in ("a" "b")', undefined],
  ['label = "a and b"', undefined],
  ['label = "a" and creator = currentUser()', undefined],
  ['space = currentSpace()', undefined],
  ['', undefined],
])('%s asks for %j', (cql, condition) => {
  expect(asked(cql)).toEqual(condition);
});

test('a report is a comment that names it, and links to the pages', () => {
  const pages = [
    { title: 'One', href: 'one.md' },
    { title: 'Two', href: '' },
  ];
  expect(toMarkdown(report('label = "risk"'), { labelled: () => pages })).toBe(
    '<!-- macro: detailssummary cql=label = "risk" -->\n\n- [One](one.md)\n- Two\n',
  );
  expect(toMarkdown(report('label = "risk"'), { labelled: () => [] })).toBe(
    '<!-- macro: detailssummary cql=label = "risk" -->\n',
  );
});
