import { expect, test } from '@jest/globals';
import axios, { AxiosHeaders, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import { z } from 'zod';
import {
  type ApiRequest,
  createSend,
  firstIssue,
  nameOf,
  parseAnswer,
} from '../../lib/confluence/request.js';
import { all, failureOf, SITE } from '../support/wire.js';

const answer = (data: unknown, status = 200): AxiosResponse<unknown> => ({
  data,
  status,
  statusText: '',
  headers: {},
  config: { headers: new AxiosHeaders() },
});

/** A transport that answers with `data`; with the requests that it was given. */
const sending = (data: unknown) => {
  const sent: InternalAxiosRequestConfig[] = [];
  const transport = axios.create({
    adapter: (config) => {
      sent.push(config);
      return Promise.resolve({ ...answer(data), config });
    },
  });
  return { sent, send: createSend(transport, SITE, (text) => text.replaceAll('secret', '[redacted]')) };
};

test('a read is a GET of its path in its lane, with its parameters', async () => {
  const { sent, send } = sending({ id: '1' });
  const params = { limit: 250, cursor: undefined };
  const [response] = await all(send({ lane: 'pages', path: '/api/v2/pages', params, hasBodies: true }));
  expect(response?.data).toEqual({ id: '1' });
  expect(sent).toMatchObject([
    { lane: 'pages', url: '/api/v2/pages', method: 'get', params, hasBodies: true },
  ]);
  expect(sent[0]?.data).toBeUndefined();
});

test('a read with a body is a POST', async () => {
  const { sent, send } = sending({});
  await all(send({ lane: 'users', path: '/api/v2/users-bulk', body: { accountIds: ['a'] } }));
  expect(sent).toMatchObject([{ method: 'post', data: '{"accountIds":["a"]}' }]);
  expect(sent[0]).not.toHaveProperty('hasBodies');
  expect(sent[0]?.params).toBeUndefined();
});

test('which statuses are good is up to the request', async () => {
  const { sent, send } = sending({});
  await all(send({ lane: 'attachments', path: '/x', acceptStatus: (status) => status === 302 }));
  await all(send({ lane: 'attachments', path: '/x' }));
  const [given, usual] = sent.map(({ validateStatus }) =>
    [200, 299, 300, 302].filter((status) => validateStatus?.(status)),
  );
  expect([given, usual]).toEqual([[302], [200, 299]]);
});

test('nothing is sent before somebody wants it', () => {
  const { sent, send } = sending({});
  send({ lane: 'pages', path: '/x' });
  expect(sent).toEqual([]);
});

test.each<[unknown, string | undefined]>([
  [{ statusCode: 401, message: 'No session' }, 'GET /x answered 401: No session.'],
  [{ statusCode: 599 }, 'GET /x answered 599.'],
  [{ statusCode: 400, message: 'the secret' }, 'GET /x answered 400: the [redacted].'],
  [{ errors: [{ status: 500, title: 'Late' }, { title: 'Lost' }] }, 'GET /x answered 500: Late; Lost.'],
  [{ errors: [{ status: 404 }] }, 'GET /x answered 404.'],
  [{ statusCode: 399 }, undefined],
  [{ statusCode: 600 }, undefined],
  [{ statusCode: 400.5 }, undefined],
  [{ statusCode: '401' }, undefined],
  [{ errors: [] }, undefined],
  [{ errors: [{ status: 200 }] }, undefined],
  [{ results: [] }, undefined],
  [null, undefined],
])('the answer %j stands for the error %s', async (data, message) => {
  const { send } = sending(data);
  const told = await failureOf(send({ lane: 'pages', path: '/x' })).catch(() => undefined);
  expect(told instanceof Error ? told.message : undefined).toBe(message);
});

test.each<[ApiRequest, string]>([
  [{ lane: 'pages', path: '/x' }, 'GET /x'],
  [{ lane: 'pages', path: '/x', body: null }, 'POST /x'],
])('%j is called %s', (request, name) => {
  expect(nameOf(request)).toBe(name);
});

const Shape = z.object({ rows: z.array(z.object({ id: z.string('no id') })) });

test('an answer of the shape is what the shape makes of it', () => {
  expect(parseAnswer(Shape, answer({ rows: [{ id: '1', more: 2 }], more: 3 }), '/x')).toEqual({
    rows: [{ id: '1' }],
  });
});

test('an answer of another shape is told with its place and what to do', () => {
  expect(() => parseAnswer(Shape, answer({ rows: [{ id: '1' }, { id: 2 }, {}] }), '/x')).toThrow(
    expect.objectContaining({
      code: 'malformed-response',
      message: '/x answered with another shape than documented: at "rows.1.id": no id.',
      hint: expect.stringMatching(/^Pull again\. .*report it with this message\.$/),
    }),
  );
});

test.each<[z.ZodError, string]>([
  [new z.ZodError([]), 'unknown'],
  [new z.ZodError([{ code: 'custom', path: [], message: 'odd', input: undefined }]), 'odd'],
  [new z.ZodError([{ code: 'custom', path: ['a', 0], message: 'odd', input: undefined }]), 'at "a.0": odd'],
])('%# the first difference is told in words', (error, words) => {
  expect(firstIssue(error)).toBe(words);
});
