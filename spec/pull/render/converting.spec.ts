import { describe, expect, test } from '@jest/globals';
import { ConversionError } from '../../../lib/errors/conversion-error.js';
import { checkFits, converting, fits } from '../../../lib/pull/render/converting.js';
import { useSearch } from '../../support/searching.js';

const newSearch = useSearch();

/** A run that gives a page so many bytes. */
const withShare = (bytes: number) => {
  const { run } = newSearch();
  return { shares: { ...run.shares, page: bytes } };
};

/** What it gives, or fails with. */
const outcomeOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

const MB = 1024 ** 2;
const text = 'x'.repeat(8 * 1024);
const tags = '<p/>'.repeat(2 * 1024);
const nested = JSON.stringify(Array.from({ length: 2048 }, () => ({})));

test.each<[string, readonly string[], 'storage' | 'markdown' | 'adf', boolean]>([
  ['nothing', [], 'storage', true],
  ['a short text', ['<p>Text.</p>'], 'storage', true],
  ['a text that is long, without tags', [text], 'storage', true],
  ['a text as long, all of it tags', [tags], 'storage', false],
  ['two texts of which each fits', [text, text], 'storage', false],
  ['a document', ['{"type":"doc"}'], 'adf', true],
  ['a document of long text', [JSON.stringify(text)], 'adf', true],
  ['a document of many nodes', [nested], 'adf', false],
  ['two documents of which each fits', Array<string>(6).fill(JSON.stringify(text)), 'adf', false],
])('%s within the share of a page', (_, bodies, format, is) => {
  const run = withShare(0.75 * MB);
  expect(fits(run, bodies, format)).toBe(is);
  const kept = () => {
    checkFits(run, 'Page 2', bodies, format);
    return true;
  };
  expect(outcomeOf(kept) instanceof ConversionError).toBe(!is);
});

test('what does not fit is told with whose it is, its size over all, and what a page gets', () => {
  expect(() => checkFits(withShare(MB), 'The comments of page 2', [text, text, text], 'markdown')).toThrow(
    expect.objectContaining({
      code: 'conversion',
      message: expect.stringMatching(
        /^The comments of page 2 cannot be converted: 24576 characters may take 1\.5 MB of memory, and a page gets 1\.0 MB\.$/,
      ),
      hint: expect.stringContaining('NODE_OPTIONS'),
    }),
  );
});

describe('converting', () => {
  test('gives what the work gives', () => {
    expect(converting(withShare(MB), 'Page 2', ['<p />'], () => 'done')).toBe('done');
  });

  test('does not begin with what does not fit', () => {
    let isBegun = false;
    const work = () => {
      isBegun = true;
    };
    expect(() => converting(withShare(1024), 'Page 2', [text], work)).toThrow(ConversionError);
    expect(isBegun).toBe(false);
  });

  test('fails with whose it is, and why', () => {
    const cause = new RangeError('Maximum call stack size exceeded');
    const fail = () =>
      converting(withShare(MB), 'Page 2', ['<p />'], () => {
        throw cause;
      });
    expect(fail).toThrow(ConversionError);
    expect(fail).toThrow(
      expect.objectContaining({ message: 'Page 2 cannot be converted to Markdown.', cause }),
    );
  });
});
