import { describe, expect, test } from '@jest/globals';
import type { AxiosResponse } from 'axios';
import { AxiosHeaders } from 'axios';
import { type Observable, firstValueFrom, of, throwError } from 'rxjs';
import { createPresence } from '../../lib/confluence/presence.js';
import type { ApiRequest, Send } from '../../lib/confluence/request.js';
import { HttpError } from '../../lib/errors/http-error.js';

const answer = (data: unknown): Observable<AxiosResponse<unknown>> =>
  of({ data, status: 200, statusText: 'OK', headers: {}, config: { headers: new AxiosHeaders() } });

const keyOf = ({ path, params = {} }: ApiRequest): string =>
  params.cursor === undefined ? path : `${path} ${params.cursor}`;

/** Answers by path and cursor; everything else is a 404. */
const wiki =
  (answers: Readonly<Record<string, unknown>>): Send =>
  (request) =>
    keyOf(request) in answers
      ? answer(answers[keyOf(request)])
      : throwError(() => new HttpError(404, 'gone'));

const broken: Send = () => throwError(() => new HttpError(500, 'broken'));

describe.each([
  ['comment', (send: Send) => createPresence(send).hasComment$('7'), '/api/v2/footer-comments/7'],
  ['comment', (send: Send) => createPresence(send).hasComment$('7'), '/api/v2/inline-comments/7'],
  ['folder', (send: Send) => createPresence(send).hasFolder$('folder', '7'), '/api/v2/folders/7'],
  ['whiteboard', (send: Send) => createPresence(send).hasFolder$('whiteboard', '7'), '/api/v2/whiteboards/7'],
] as const)('a %s is there', (_kind, ask, path) => {
  test.each([
    ['when it is current', { [path]: { status: 'current' } }, true],
    ['when its status is not told', { [path]: {} }, true],
    ['not when it is in the trash', { [path]: { status: 'trashed' } }, false],
    ['not when it is gone or hidden', {}, false],
  ])('%s', async (_name, answers, expected) => {
    expect(await firstValueFrom(ask(wiki(answers)))).toBe(expected);
  });

  test('other errors are no answer', async () => {
    await expect(firstValueFrom(ask(broken))).rejects.toThrow('broken');
  });
});

test('the attachments of a page are all of them, page by page of the listing', async () => {
  const file = (id: string) => ({ id, title: `${id}.png`, version: { number: 2 }, fileSize: 5 });
  const path = '/api/v2/blogposts/1/attachments';
  const send = wiki({
    [path]: { results: [file('att1')], _links: { next: `${path}?cursor=x` } },
    [`${path} x`]: { results: [file('att2')] },
  });
  expect(await firstValueFrom(createPresence(send).attachmentsOf$('blogpost', '1'))).toMatchObject([
    { id: 'att1', pageId: '1', title: 'att1.png', version: 2, sizeBytes: 5 },
    { id: 'att2' },
  ]);
});

test('a page that is gone has no attachments; other errors are no answer', async () => {
  expect(await firstValueFrom(createPresence(wiki({})).attachmentsOf$('page', '1'))).toEqual([]);
  await expect(firstValueFrom(createPresence(broken).attachmentsOf$('page', '1'))).rejects.toThrow('broken');
});

test('pages that the listing by ids leaves out are not current', async () => {
  const send = wiki({ '/api/v2/pages': { results: [{ id: '1', title: 'One', version: { number: 1 } }] } });
  expect(await firstValueFrom(createPresence(send).currentPages$('page', ['1', '2']))).toEqual(
    new Set(['1']),
  );
});
