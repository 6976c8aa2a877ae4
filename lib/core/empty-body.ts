import type { BodyFormat } from './content.js';

/** Nodes of an ADF document that show nothing by themselves. */
const HOLLOW: ReadonlySet<unknown> = new Set(['doc', 'paragraph']);

const showsNothing = (node: unknown): boolean => {
  if (typeof node !== 'object' || node === null || !('type' in node) || !HOLLOW.has(node.type)) return false;
  const content: unknown = 'content' in node ? node.content : undefined;
  return !Array.isArray(content) || content.every(showsNothing);
};

const parseJson = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

/** Whether a body is an ADF document, and not cut off or in another format. */
export const isAdf = (body: string): boolean => {
  const node = parseJson(body);
  return typeof node === 'object' && node !== null && 'type' in node && node.type === 'doc';
};

/** Whether a body has nothing to show: no text at all, or in ADF nothing but paragraphs without any. */
export const isEmptyBody = (body: string, format: BodyFormat): boolean => {
  if (body.trim() === '') return true;
  return format === 'adf' && showsNothing(parseJson(body));
};
