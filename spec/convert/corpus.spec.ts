import { describe, expect, it } from '@jest/globals';
import { toMarkdown } from '../../lib/convert/index.js';
import { bodies } from './support/bodies.js';
import { readMarkdown } from './support/reading.js';
import { missingWord, visibleWords } from './support/visible-words.js';

describe('every visible word is in the Markdown, in order', () => {
  it.each(bodies)('%s', (_, storage) => {
    const { text } = readMarkdown(toMarkdown(storage));
    expect(missingWord(visibleWords(storage), text)).toBeUndefined();
  });
});
