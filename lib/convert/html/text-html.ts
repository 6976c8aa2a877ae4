import type { Dialect } from '../dialects/dialect.js';
import { oneLine } from '../document/nodes.js';
import { escapeHtml } from './escape-html.js';
import { isolateDollars } from './isolate-dollars.js';

/** A text on one line of HTML that stands in Markdown of a dialect. */
export function textHtml(text: string, { dollars }: Dialect): string {
  const html = escapeHtml(oneLine(text));
  return dollars ? html : isolateDollars(html, '');
}
