import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createNamePool, foldName, isDeviceName } from '../../lib/core/file-names.js';

test.each(['con', 'CON', 'nul.txt', 'NUL.tar.gz', 'aux ', 'com1', 'lpt9.log', 'COM¹', 'conin$'])(
  '%p is a device',
  (name) => {
    expect(isDeviceName(name)).toBe(true);
  },
);

test.each(['console', 'com10', 'com', 'my.con', 'null', ''])('%p is no device', (name) => {
  expect(isDeviceName(name)).toBe(false);
});

describe('foldName', () => {
  test.each([
    ['Readme', 'README'],
    ['\u00fc', 'u\u0308'],
    ['straße', 'STRASSE'],
    ['straße', 'STRAẞE'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['İ', 'i\u0307'],
    ['ﬁle', 'FILE'],
    ['K', 'k'],
  ])('%p and %p are one name', (a, b) => {
    expect(foldName(a)).toBe(foldName(b));
  });

  test('no spelling of a text by case or normal form is another name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 8 }), (text) => {
        const folded = foldName(text);
        for (const other of [
          text.toUpperCase(),
          text.toLowerCase(),
          text.normalize('NFC'),
          text.normalize('NFD'),
          folded,
        ])
          expect(foldName(other)).toBe(folded);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('createNamePool', () => {
  test('the first keeps its wish, the next take their alternatives in order', () => {
    const pool = createNamePool();
    const ask = (wish: string) => pool(wish, (attempt) => `${wish}-${attempt}`);
    expect(['a', 'A', 'a', 'b'].map(ask)).toEqual(['a', 'A-1', 'a-2', 'b']);
  });

  test('a reserved name is taken from the start, in every spelling', () => {
    const pool = createNamePool(['index']);
    expect(pool('INDEX', () => 'INDEX-7')).toBe('INDEX-7');
  });
});
