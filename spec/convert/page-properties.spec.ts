import { describe, expect, it } from '@jest/globals';
import { convert } from '../../lib/convert/index.js';
import { macro } from './support/piece.js';

const details = (rows: string, parameters: Readonly<Record<string, string>> = {}): string =>
  macro(
    'details',
    parameters,
    `<ac:rich-text-body><table><tbody>${rows}</tbody></table></ac:rich-text-body>`,
  );
const row = (...cells: readonly string[]): string => `<tr>${cells.join('')}</tr>`;
const OWNER = row('<th>Owner</th>', '<td>Ann</td>');

describe('page properties', () => {
  const propertiesOf = (storage: string): Readonly<Record<string, string>> =>
    Object.fromEntries(convert(storage).properties);

  it.each([
    [
      'names beside their values',
      details(OWNER + row('<th>Due</th>', '<td><time datetime="2024-02-29" /></td>')),
      { Owner: 'Ann', Due: '2024-02-29' },
    ],
    [
      'names above their values',
      details(
        row('<th>Owner</th>', '<th>State</th>') +
          row('<td>Ann</td>', `<td>${macro('status', { title: 'DONE' })}</td>`),
      ),
      { Owner: 'Ann', State: 'DONE' },
    ],
    [
      'names that are no header cells',
      details(row('<td><b>Owner</b></td>', '<td>Ann</td>')),
      { Owner: 'Ann' },
    ],
    [
      'lists',
      details(row('<th>Team</th>', '<td><ul><li>Ann</li><li>Bo</li></ul></td>')),
      { Team: 'Ann, Bo' },
    ],
    ['hidden ones, for reports', details(OWNER, { hidden: 'true' }), { Owner: 'Ann' }],
    ['the first of a name', details(OWNER) + details(row('<th>Owner</th>', '<td>Bo</td>')), { Owner: 'Ann' }],
    ['none without a value', details(row('<th>Owner</th>', '<td />')), {}],
    ['none outside the macro', `<table>${OWNER}</table>`, {}],
  ])('are %s', (_, storage, properties) => {
    expect(propertiesOf(storage)).toEqual(properties);
  });

  it('stay in the text, too', () => {
    expect(convert(details(OWNER)).markdown).toBe('|  |  |\n| --- | --- |\n| **Owner** | Ann |\n');
  });

  it('of an included page are not those of the page', () => {
    const { properties } = convert(macro('include', { '': 'Other' }), { include: () => details(OWNER) });
    expect([...properties]).toEqual([]);
  });
});
