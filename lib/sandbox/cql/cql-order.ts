import { SandboxError } from '../../errors/sandbox-error.js';
import type { Order } from '../http/order.js';
import { type Content, idNumber } from '../wiki/model.js';
import type { CqlQuery } from './parse.js';

const FIELDS: Readonly<Record<string, (content: Content) => string | number>> = {
  created: ({ createdAt }) => createdAt,
  lastmodified: ({ modifiedAt }) => modifiedAt,
  id: ({ id }) => idNumber(id),
  title: ({ title }) => title.toLowerCase(),
};

/** The order of search results: by the query's `order by`, then by id. Throws SandboxError for other fields. */
export const cqlOrder = (orderBy: CqlQuery['orderBy']): Order<Content> => {
  const parts = orderBy.map(({ field, descending }) => {
    const keyOf = Object.hasOwn(FIELDS, field) ? FIELDS[field] : undefined;
    if (keyOf === undefined) throw new SandboxError(`Could not parse cql : cannot order by '${field}'`);
    return { keyOf, direction: descending ? (-1 as const) : (1 as const) };
  });
  return {
    keyOf: (content) => [...parts.map(({ keyOf }) => keyOf(content)), idNumber(content.id)],
    directions: [...parts.map(({ direction }) => direction), 1],
  };
};
