/** A CQL string literal. */
export const cqlQuote = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

/** The CQL that finds content by its ids. */
export const idsCql = (ids: readonly string[]): string => `id in (${ids.join(',')})`;

/** What a CQL condition that is joined with others leaves open or closes too soon, in words; undefined when it is whole. */
export const looseEnd = (cql: string): string | undefined => {
  const rest = cql.replaceAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/gs, '');
  if (/["']/.test(rest)) return 'a quotation mark that is not closed';
  let depth = 0;
  for (const [bracket] of rest.matchAll(/[()]/g)) {
    depth += bracket === '(' ? 1 : -1;
    if (depth < 0) return 'a closing bracket without an opening one';
  }
  return depth === 0 ? undefined : 'an opening bracket without a closing one';
};

/** What narrows a pull to a part of its space. */
export interface Scope {
  /** Ids of pages and folders: below any of them. */
  readonly ancestor?: readonly string[];
  readonly label?: string;
  readonly cql?: string;
}

export const isNarrow = ({ ancestor, label, cql }: Scope): boolean =>
  ancestor !== undefined || label !== undefined || cql !== undefined;

/** The CQL that finds the pages and blog posts of a narrowed space; ancestors are part of their own scope. */
export const scopeCql = (spaceKey: string, { ancestor, label, cql }: Scope): string =>
  [
    `space=${cqlQuote(spaceKey)} and type in (page,blogpost)`,
    ...(ancestor === undefined ? [] : [`(ancestor in (${ancestor.join(',')}) or ${idsCql(ancestor)})`]),
    ...(label === undefined ? [] : [`label=${cqlQuote(label)}`]),
    ...(cql === undefined ? [] : [`(${cql})`]),
  ].join(' and ');

/** What narrows a pull, in words: `with the label "x"`. */
export const scopeText = ({ ancestor, label, cql }: Scope): string =>
  [
    ...(ancestor === undefined ? [] : [`below page ${ancestor.join(' or ')}`]),
    ...(label === undefined ? [] : [`with the label "${label}"`]),
    ...(cql === undefined ? [] : [`found by ${cql}`]),
  ].join(' and ');

/** The CQL that finds one type of content in a space. */
export const typeCql = (spaceKey: string, type: string): string =>
  `space=${cqlQuote(spaceKey)} and type=${type}`;

/** The CQL that finds everything in a space that may be a parent and is no page. */
export const containersCql = (spaceKey: string): string =>
  `space=${cqlQuote(spaceKey)} and type in (folder,whiteboard,database,embed)`;

/** The CQL that finds one type of content on some pages. */
export const containerCql = (type: string, pageIds: readonly string[]): string =>
  `type=${type} and container in (${pageIds.join(',')})`;

/** The CQL that finds what changed in the last minutes, by the server's own clock, of some types. */
export const changesCql = (spaceKey: string, types: readonly string[], minutes: number): string =>
  `space=${cqlQuote(spaceKey)} and type in (${types.join(',')}) and lastmodified >= now("-${minutes}m")`;

/** The query with an order that stays while it is walked: without one rows trade places between two pages of a walk. */
export const inStableOrder = (cql: string): string => `${cql} order by created asc`;
