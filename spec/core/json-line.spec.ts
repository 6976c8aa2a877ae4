import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { jsonLine } from '../../lib/core/json-line.js';

test('any JSON value is one line and comes back', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      const line = jsonLine(value);
      expect(line).toMatch(/^[^\p{Cc}\u2028\u2029]+\n$/u);
      expect(JSON.stringify(JSON.parse(line))).toBe(JSON.stringify(value));
    }),
  );
});
