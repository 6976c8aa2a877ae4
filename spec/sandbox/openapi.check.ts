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

/** Everything that is asked and answered on the tour, while the wiki misbehaves. */
const wildExchanges = async (wild: string): Promise<readonly Exchange[]> => {
  const seen: Exchange[] = [];
  sandbox.wild.set(wild);
  const end = sandbox.onExchange((exchange) => seen.push(exchange));
  await tour(sandbox);
  end();
  sandbox.wild.set('');
  return seen;
};

/** Everything that is asked and answered on the tour. */
const exchanges = async (): Promise<readonly Exchange[]> => {
  const seen: Exchange[] = [];
  const end = sandbox.onExchange((exchange) => seen.push(exchange));
  expect(await tour(sandbox)).toEqual([]);
  end();
  return seen;
};

/** An exchange as if the wiki had answered by itself. */
const unmarked = (exchange: Exchange): Exchange => {
  const copy: { -readonly [Field in keyof Exchange]: Exchange[Field] } = { ...exchange };
  delete copy.wild;
  return copy;
};

const problems = (exchange: Exchange): readonly string[] =>
  checker.check(exchange).map((problem) => `${exchange.method} ${exchange.url}: ${problem}`);

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
  expect((await exchanges()).flatMap(problems)).toEqual([]);
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

/** What lies, loses or refuses in the forms that the documents have. */
const IN_FORM = [
  'short-pages,same-cursor-end,empty-first-space,bulk-cap=3,swapping-rows,no-order-by,large-limit=10,stated-size=1',
  'endless-repeat,half-listing,omit=#2,omit-attachments=#3,unindexed,late-comment=#1,archived-space',
  'sees=20,other-account=50,live-doc=#1,old-body-always=#1,empty-body=#2,no-body=#3,other-page=#4',
  'revoke=5,open-site',
];

test.each(IN_FORM)('%s: the answers agree with the documents all the same', async (wild) => {
  const seen = await wildExchanges(wild);
  expect(seen.map(unmarked).flatMap(problems)).toEqual([]);
});

test('answers that a behaviour takes out of form are marked, and only their answers pass', async () => {
  const seen = await wildExchanges('all,odd-row=null,bodiless=#1');
  expect(seen.flatMap(problems)).toEqual([]);
  expect(seen.map(unmarked).flatMap(problems).length).toBeGreaterThan(10);
});
