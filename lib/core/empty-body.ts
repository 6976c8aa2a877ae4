import type { BodyFormat } from './content.js';

/** Nodes of an ADF document that show nothing by themselves. */
const HOLLOW: ReadonlySet<unknown> = new Set(['doc', 'paragraph']);

/** Whether there is nothing but hollow nodes, however deep they are nested. */
const showsNothing = (document: unknown): boolean => {
  const waiting: unknown[] = [document];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (typeof node !== 'object' || node === null || !('type' in node) || !HOLLOW.has(node.type))
      return false;
    if ('content' in node && Array.isArray(node.content)) for (const each of node.content) waiting.push(each);
  }
  return true;
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
