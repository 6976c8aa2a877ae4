import { afterAll, beforeAll, expect, test } from '@jest/globals';

import type { Exchange } from '../../lib/sandbox/index.js';
import { type OpenApiChecker, loadOpenApiChecker } from '../support/openapi-check.js';
import { type OpenSandbox, at, openSandbox } from '../support/sandbox-client.js';
import { tour } from '../support/sandbox-tour.js';

/**
 * Needs Atlassian's OpenAPI documents, which are not part of this repository:
 * `RXSYNC_OPENAPI=<directory> npm run jest -- --testMatch='**\/openapi.check.ts'`
 */
let sandbox: OpenSandbox;
let checker: OpenApiChecker;

beforeAll(async () => {
  checker = await loadOpenApiChecker(process.env.RXSYNC_OPENAPI ?? '');
  sandbox = await openSandbox({ nasty: true });
});

afterAll(() => sandbox.close());

/** Everything that is asked and answered on the tour. */
const exchanges = async (): Promise<readonly Exchange[]> => {
  const seen: Exchange[] = [];
  const end = sandbox.onExchange((exchange) => seen.push(exchange));
  expect(await tour(sandbox)).toEqual([]);
  end();
  return seen;
};

const isOpen = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The answer with another type in the place of a field of the first item, or of the answer itself. */
const withWrongType = (exchange: Exchange, field: string): Exchange => {
  const json: unknown = JSON.parse(exchange.responseBody ?? '');
  const results = at(json, 'results');
  const item: unknown = Array.isArray(results) ? results[0] : json;
  if (isOpen(item)) item[field] = { wrong: true };
  return { ...exchange, responseBody: JSON.stringify(json) };
};

test('every answer of the sandbox agrees with the documents', async () => {
  const wrong = (await exchanges()).flatMap((exchange) =>
    checker.check(exchange).map((problem) => `${exchange.method} ${exchange.url}: ${problem}`),
  );
  expect(wrong).toEqual([]);
});

test('one field of another type in any answer is seen', async () => {
  const unseen = (await exchanges()).flatMap((exchange) => {
    if (exchange.status !== 200) return [];
    const json: unknown = JSON.parse(exchange.responseBody ?? '');
    const item = at(json, 'results', 0) ?? json;
    const field = ['id', 'title', 'name'].find((name) => isOpen(item) && name in item);
    if (field === undefined || checker.check(withWrongType(exchange, field)).length > 0) return [];
    return [`${field} of ${exchange.url}`];
  });
  expect(unseen).toEqual([]);
});
