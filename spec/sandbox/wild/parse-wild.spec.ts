import { describe, expect, test } from '@jest/globals';

import { OptionsError } from '../../../lib/errors/options-error.js';
import { parseWild, wildCatalogue } from '../../../lib/sandbox/wild/parse-wild.js';

describe('parseWild', () => {
  test.each([
    ['', []],
    ['bulk-cap', [{ name: 'bulk-cap', value: '50' }]],
    [
      'sees=2, omit=#3;revoke=7',
      [
        { name: 'sees', value: '2' },
        { name: 'omit', value: '#3' },
        { name: 'revoke', value: '7' },
      ],
    ],
    ['large-limit=502:20', [{ name: 'large-limit', value: '502:20' }]],
    ['moved=http://a:1', [{ name: 'moved', value: 'http://a:1' }]],
    ['bulk-cap=1,bulk-cap=2', [{ name: 'bulk-cap', value: '2' }]],
    [
      'no-scope=read:comment:confluence+search:confluence',
      [{ name: 'no-scope', value: 'read:comment:confluence+search:confluence' }],
    ],
  ])('%s', (spec, rules) => {
    expect(parseWild(spec)).toEqual(rules);
  });

  test('all stands for the mild ones, of which a value can be changed', () => {
    const mild = wildCatalogue().filter((entry) => entry.mild);
    expect(parseWild('all').map(({ name }) => name)).toEqual(mild.map(({ name }) => name.replace(/=.*/, '')));
    expect(parseWild('all,bulk-cap=3')).toContainEqual({ name: 'bulk-cap', value: '3' });
    expect(parseWild('all')).not.toContainEqual(expect.objectContaining({ name: 'empty-listing' }));
  });

  test.each([
    'boom',
    'sees',
    'sees=many',
    'short-pages=3',
    'odd-row=colour',
    'no-scope=read:everything',
    'moved=elsewhere',
    'other-account=101',
  ])('refuses %s with a sentence that names it', (spec) => {
    expect(() => parseWild(spec)).toThrow(OptionsError);
    expect(() => parseWild(spec)).toThrow(JSON.stringify(spec));
  });

  test('an unknown name is answered with all names', () => {
    expect(() => parseWild('boom')).toThrow(/open-site, .*numeric-ids/);
  });

  test('each tells what it does and where it was seen', () => {
    for (const { does, evidence } of wildCatalogue())
      expect([does.length > 20, /^\d/.test(evidence)]).toEqual([true, true]);
  });
});
