import { type ParsedBody, readBody } from '../convert/index.js';
import type { PageWithBody } from '../core/content.js';
import { frontMatter, renderFrontMatter } from '../core/front-matter.js';
import type { HrefSpan } from '../core/records.js';
import { type BodySettings, convertContext } from './convert-context.js';
import type { Surroundings } from './surroundings.js';

/** All that the Markdown of a page is made of, beside what its body asks of its surroundings; plain data. */
export interface TextJob extends BodySettings {
  readonly page: PageWithBody;
  readonly author: string;
  readonly labels?: readonly string[];
}

/** What a rendered text depends on. */
export interface TextLinks {
  /** What it depends on beside the body, as recorded with the page. */
  readonly references: readonly string[];
  /** Where the links to mirrored files stand in the text. */
  readonly spans: readonly HrefSpan[];
}

export interface RenderedText extends TextLinks {
  readonly content: string;
}

/** Reads a body with all that it asks of its surroundings, and returns what writes the Markdown file of the page. */
export const readText = (
  body: ParsedBody,
  { page, author, labels, ...settings }: TextJob,
  surroundings: Surroundings,
): (() => RenderedText) => {
  const { context, references, weave } = convertContext(settings, surroundings);
  const write = readBody(body, { ...context, title: page.title });
  return () => {
    const { markdown, properties } = write();
    const { text, spans } = weave(markdown);
    const matter = frontMatter(page, { ...settings, author, ...(labels && { labels }), properties });
    return { content: renderFrontMatter(matter) + text, references: references(), spans };
  };
};
