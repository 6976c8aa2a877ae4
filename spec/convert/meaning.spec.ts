import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { toMarkdown } from '../../lib/convert/index.js';
import type { ConvertContext } from '../../lib/convert/index.js';
import { pageHref } from './support/inline-arbitrary.js';
import { markdownItHtml } from './support/markdown-it-html.js';
import { readMarkdown } from './support/reading.js';
import { storageBody } from './support/storage-arbitrary.js';
import { toHtml } from './support/to-html.js';

const RUNS = Number(process.env.RXSYNC_PROPERTY_RUNS ?? 100);

/** Knows every page. */
const CONTEXT: ConvertContext = {
  resolve: (reference) => (reference.kind === 'page' ? { href: pageHref(reference.title) } : undefined),
};

describe('what a reader sees of the Markdown', () => {
  it.each([
    ['micromark', toHtml],
    ['markdown-it', markdownItHtml],
  ])('is the text, links, code, lists and tables of the page, with %s', (_, render) => {
    fc.assert(
      fc.property(storageBody, ({ storage, ...expected }) => {
        expect(readMarkdown(toMarkdown(storage, CONTEXT), render)).toEqual(expected);
      }),
      { numRuns: RUNS },
    );
  });
});
