import { expect, test } from '@jest/globals';
import { isDataCenter$ } from '../../lib/confluence/data-center.js';
import { of, throwError } from 'rxjs';
import { nock } from '../support/nock.js';
import { AxiosHeaders } from 'axios';
import { all, RecordingGate, SITE, useNock, wikiClient } from '../support/wire.js';

useNock();

const spaces = () => nock(SITE).get('/rest/api/space').query({ limit: '1' });

test.each<[string, number, string | object, boolean]>([
  ['its spaces', 200, { results: [] }, true],
  ['401 in its own words', 401, { message: 'Client must be authenticated.' }, true],
  ['403 in its own words', 403, { message: 'not permitted to use Confluence' }, true],
  ['401 that says nothing', 401, '', false],
  ['403 that says nothing', 403, '<html></html>', false],
  ['404 in words', 404, { message: 'No such thing' }, false],
  ['a fault in words', 500, { message: 'Internal server error' }, false],
  ['a redirect', 302, '', false],
])(
  'an address that answers with %s (%s %j) is one of Data Center: %s',
  async (_name, status, body, expected) => {
    spaces().reply(status, body);
    expect(await all(wikiClient({ maxRetries: 0 }).isDataCenter$())).toEqual([expected]);
  },
);

test('a page in place of JSON, and no answer, are none of Data Center', async () => {
  spaces().reply(200, '<html>', { 'Content-Type': 'text/html' });
  spaces().replyWithError('reset');
  const wiki = wikiClient({ maxRetries: 0 });
  expect([await all(wiki.isDataCenter$()), await all(wiki.isDataCenter$())]).toEqual([[false], [false]]);
});

test('it is asked for while the credentials are in doubt', async () => {
  const gate = new RecordingGate();
  spaces().reply(200, {});
  await all(wikiClient({ gate }).isDataCenter$());
  expect(gate.admitted).toEqual(['identity']);
});

test.each([
  'https://wiki.example/confluence',
  'https://wiki.example/confluence/',
  'https://wiki.example/confluence//',
])('it is looked for below %s as the user gave it', async (url) => {
  const asked: unknown[] = [];
  const answered$ = isDataCenter$((request) => {
    asked.push(request);
    return of({
      data: {},
      status: 200,
      statusText: 'OK',
      headers: {},
      config: { headers: new AxiosHeaders() },
    });
  }, url);
  expect(await all(answered$)).toEqual([true]);
  expect(asked).toEqual([
    {
      lane: 'identity',
      path: 'https://wiki.example/confluence/rest/api/space',
      params: { limit: 1 },
    },
  ]);
});

test('a failure that is no answer is none of Data Center', async () => {
  expect(await all(isDataCenter$(() => throwError(() => new Error('defect')), SITE))).toEqual([false]);
});
