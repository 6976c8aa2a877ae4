import { checkObject, checkText } from '../errors/check-argument.js';
import type { ConvertContext } from './context.js';
import { titleAbove } from './document/title-above.js';
import { blocksMarkdown } from './markdown/blocks-markdown.js';
import { pageScope } from './page-scope.js';
import { parseStorage } from './parse/parse-storage.js';
import type { StorageNode } from './parse/storage-node.js';
import { Scope } from './scope.js';

/** A converted body. */
export interface Conversion {
  /** Ends with one line feed; empty for an empty body. */
  readonly markdown: string;
  /** The page properties, by name, as plain text. */
  readonly properties: ReadonlyMap<string, string>;
}

/** A body as it was parsed; it may be read with several contexts. */
export type ParsedBody = readonly StorageNode[];

/** Parses a body in Confluence storage format, whatever it is. */
export const parseBody = (storage: string): ParsedBody => parseStorage(storage);

/** Reads a body with all that it asks of the context, and returns what writes it. */
export const readBody = (body: ParsedBody, context: ConvertContext = {}): (() => Conversion) => {
  const page = pageScope(context);
  const blocks = new Scope(page).blocks(body);
  const title = titleAbove(blocks, context.title);
  return () => ({ markdown: blocksMarkdown(blocks, page.dialect, title), properties: page.properties });
};

/**
 * Converts a body in Confluence storage format to Markdown that is safe to render; GitHub's, unless the context names
 * another dialect. Never throws for any input; what the context's own functions throw passes through. The same input
 * gives the same output.
 */
export const convert = (storage: string, context: ConvertContext = {}): Conversion =>
  readBody(parseBody(storage), context)();

/**
 * {@link convert}, the Markdown alone.
 * @throws OptionsError for a body that is no text, and for a context that is no object
 *
 * @example
 * import { toMarkdown } from 'rxsync';
 *
 * const storage = '<h1>Plan</h1><p>Ask <strong>Ada</strong>.</p>';
 * console.log(toMarkdown(storage, { baseUrl: 'https://example.atlassian.net/wiki', spaceKey: 'DOCS' }).trim());
 * // prints # Plan
 * // prints
 * // prints Ask **Ada**.
 */
export const toMarkdown = (storage: string, context: ConvertContext = {}): string => {
  checkText('storage', storage);
  checkObject('context', context);
  return convert(storage, context).markdown;
};
