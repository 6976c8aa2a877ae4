import type { ConvertContext } from './context.js';
import { DIALECTS } from './dialects/dialects.js';
import { headingsOf } from './document/plain-text.js';
import { ELEMENT_HANDLERS } from './elements/element-handlers.js';
import { PageAnchors } from './links/page-anchors.js';
import { ReferenceResolver } from './links/reference-resolver.js';
import { Expansions } from './macros/expansions.js';
import { MarkdownWriter } from './markdown/markdown-writer.js';
import { parseStorage } from './parse/parse-storage.js';
import type { Reference } from './reference.js';
import { Scope } from './scope.js';

export interface Conversion {
  /** Ends with one line feed; empty for an empty body. */
  readonly markdown: string;
  /** What the page points to, each reference once, in order of first appearance. */
  readonly references: readonly Reference[];
  /** The page properties, by name, as plain text. */
  readonly properties: ReadonlyMap<string, string>;
}

/**
 * Converts a body in Confluence storage format to Markdown, GitHub's unless the context names another dialect, that is safe to render. Never throws for
 * any input; what the context's own functions throw passes through. The same input gives the same output.
 */
export function convert(storage: string, context: ConvertContext = {}): Conversion {
  const resolver = new ReferenceResolver(context);
  const dialect = DIALECTS[context.flavor ?? 'github'];
  const properties = new Map<string, string>();
  const scope = new Scope({
    context,
    dialect,
    resolver,
    handlers: ELEMENT_HANDLERS,
    expansions: new Expansions(),
    properties,
  });
  scope.walk(parseStorage(storage));
  const blocks = scope.flow.end();
  const writer = new MarkdownWriter(new PageAnchors(headingsOf(blocks), dialect));
  writer.blocks(blocks);
  return { markdown: writer.toString(), references: resolver.references, properties };
}

/** {@link convert}, the Markdown alone. */
export const toMarkdown = (storage: string, context: ConvertContext = {}): string =>
  convert(storage, context).markdown;
