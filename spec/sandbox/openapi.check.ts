import { afterAll, beforeAll, expect, test } from '@jest/globals';

import { type OpenApiChecker, loadOpenApiChecker } from '../support/openapi-check.js';
import { type OpenSandbox, openSandbox } from '../support/sandbox-client.js';
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

test('every answer of the sandbox agrees with the documents', async () => {
  const wrong: string[] = [];
  sandbox.onExchange((exchange) => {
    for (const problem of checker.check(exchange))
      wrong.push(`${exchange.method} ${exchange.url}: ${problem}`);
  });
  expect(await tour(sandbox)).toEqual([]);
  expect(wrong).toEqual([]);
});
