import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { keepOnce } from '../../lib/core/keep-once.js';

test('every text is as it was, and so is none', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.string(), { nil: undefined })), (texts) => {
      expect(texts.map(keepOnce())).toEqual(texts);
    }),
  );
});
