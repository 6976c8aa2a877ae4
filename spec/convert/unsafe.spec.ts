import { describe, expect, it } from '@jest/globals';
import { escapeHtml } from '../../lib/convert/html/escape-html.js';
import { toMarkdown } from '../../lib/convert/index.js';
import { UNSAFE, UNSAFE_STARTS } from '../../lib/convert/markdown/unsafe.js';
import type { Unsafe } from '../../lib/convert/markdown/unsafe.js';
import { markdownItHtml } from './support/markdown-it-html.js';
import { readMarkdown } from './support/reading.js';
import { toHtml } from './support/to-html.js';

/** The same text in storage format and as bare Markdown. */
interface Place {
  readonly storage: string;
  readonly bare: string;
  readonly text: string;
}

const LINK = 'https://example.org';
const link = (text: string): string => `<a href="${LINK}">${text}</a>`;

function placeOf({ inLink, atEnd, example }: Unsafe): Place {
  const shown = escapeHtml(example);
  if (inLink === true)
    return { storage: `<p>${link(shown)}</p>`, bare: `[${example}](${LINK})`, text: example };
  if (atEnd === true)
    return { storage: `<p>${shown}${link('b')}</p>`, bare: `${example}[b](${LINK})`, text: `${example}b` };
  return { storage: `<p>${shown}</p>`, bare: example, text: example };
}

const placesOf = (example: string): readonly Place[] => {
  const shown = escapeHtml(example);
  return [
    { storage: `<p>a<br/>${shown}</p>`, bare: `a\n${example}`, text: `a ${example}` },
    { storage: `<ul><li>${shown}</li></ul>`, bare: `- ${example}`, text: example },
    {
      storage: `<blockquote><p>${shown}<br/>b</p></blockquote>`,
      bare: `> ${example}\n> b`,
      text: `${example} b`,
    },
  ];
};

const RENDERERS = [toHtml, markdownItHtml];

const isTaken = ({ storage, bare }: Place): boolean =>
  RENDERERS.some(
    (render) =>
      JSON.stringify(readMarkdown(bare, render)) !==
      JSON.stringify(readMarkdown(toMarkdown(storage), render)),
  );

describe('what Markdown takes for syntax', () => {
  it.each(UNSAFE.map((row) => [row.character, row.why, row] as const))('%s %s', (_, __, row) => {
    const place = placeOf(row);
    expect(isTaken(place)).toBe(true);
    for (const render of RENDERERS)
      expect(readMarkdown(toMarkdown(place.storage), render).text).toBe(place.text);
  });

  it.each(UNSAFE_STARTS.map(({ why, example }) => [why, example]))(
    'at the start of a line %s: %s',
    (_, example) => {
      const places = placesOf(example);
      expect(places.some(isTaken)).toBe(true);
      for (const { storage, text } of places) {
        for (const render of RENDERERS) expect(readMarkdown(toMarkdown(storage), render).text).toBe(text);
      }
    },
  );
});
