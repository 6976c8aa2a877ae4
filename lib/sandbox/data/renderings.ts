import { escapeXml } from './xml.js';

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&', nbsp: '\u00a0' };

const decode = (text: string): string =>
  text.replace(/&(lt|gt|quot|amp|nbsp);/g, (_, name: string) => ENTITIES[name] ?? '');

/** The paragraphs of a storage-format body as plain text. */
const paragraphs = (storage: string): readonly string[] =>
  storage
    .replace(/<ac:parameter[^>]*>.*?<\/ac:parameter>/gs, '')
    .replace(/<!\[CDATA\[(.*?)\]\]>/gs, (_, text: string) => escapeXml(text))
    .split(/<\/(?:p|h[1-6]|li|td|th|blockquote|ac:plain-text-body|ac:task-body)>|<br ?\/>|<hr ?\/>/)
    .map((part) => decode(part.replace(/<[^>]*>/g, '')).trim())
    .filter((part) => part !== '');

/** A body in Atlas Document Format, as the JSON string that the service sends: its text, one paragraph a block. */
export const toAtlasDoc = (storage: string): string =>
  JSON.stringify({
    type: 'doc',
    version: 1,
    content: paragraphs(storage).map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
  });

/** A body as simple HTML: its text, one paragraph a block. */
export const toView = (storage: string): string =>
  paragraphs(storage)
    .map((text) => `<p>${escapeXml(text)}</p>`)
    .join('');
