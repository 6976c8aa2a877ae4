import { expect, test } from '@jest/globals';
import { conversionBytes, mostConversionBytes } from '../../lib/convert/conversion-bytes.js';

test('no body of a length may take more than is reckoned with for that length', () => {
  for (const body of ['', 'text', '<', '<<<<', '<p>x</p>', '<'.repeat(1000)])
    expect(conversionBytes(body)).toBeLessThanOrEqual(mostConversionBytes(body.length));
});
