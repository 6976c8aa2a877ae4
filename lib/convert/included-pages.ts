import { parseBody, readBody } from './convert.js';
import type { PageReference } from './reference.js';

/** The name of a macro that includes, where a name may stand. */
const INCLUDE = /["'>]\s*(?:excerpt-)?include\s*["'<]/;

/**
 * The pages whose text a body includes, as often as it does, so that they can be fetched before converting: those that
 * `convert` asks for. A body that includes none is not parsed.
 */
export function includedPages(storage: string): readonly PageReference[] {
  const pages: PageReference[] = [];
  if (!storage.includes('include') || !INCLUDE.test(storage)) return pages;
  readBody(parseBody(storage), {
    include: (page) => {
      pages.push(page);
      return undefined;
    },
  });
  return pages;
}
