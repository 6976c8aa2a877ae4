import { describe, expect, test } from '@jest/globals';
import type { AxiosResponse } from 'axios';
import { AxiosHeaders } from 'axios';
import { type Observable, firstValueFrom, of, throwError } from 'rxjs';
import { createPresence } from '../../lib/confluence/presence.js';
import type { Send } from '../../lib/confluence/request.js';
import { HttpError } from '../../lib/errors/http-error.js';

const answer = (data: unknown): Observable<AxiosResponse<unknown>> =>
  of({ data, status: 200, statusText: 'OK', headers: {}, config: { headers: new AxiosHeaders() } });

/** Answers by path; everything else is a 404. */
const wiki =
  (answers: Readonly<Record<string, unknown>>): Send =>
  (request) =>
    request.path in answers ? answer(answers[request.path]) : throwError(() => new HttpError(404, 'gone'));

describe('an attachment is there', () => {
  test.each([
    ['when it is current', { '/api/v2/attachments/att1': { status: 'current' } }, true],
    ['when its status is not told', { '/api/v2/attachments/att1': {} }, true],
    ['not when it is in the trash', { '/api/v2/attachments/att1': { status: 'trashed' } }, false],
    ['not when it is gone or hidden', {}, false],
  ])('%s', async (_name, answers, expected) => {
    expect(await firstValueFrom(createPresence(wiki(answers)).hasAttachment$('att1'))).toBe(expected);
  });

  test('other errors are no answer', async () => {
    const broken: Send = () => throwError(() => new HttpError(500, 'broken'));
    await expect(firstValueFrom(createPresence(broken).hasAttachment$('att1'))).rejects.toThrow('broken');
  });
});

describe('a page has comments', () => {
  const FOOTER = '/api/v2/pages/1/footer-comments';
  const INLINE = '/api/v2/pages/1/inline-comments';
  test.each([
    ['by a footer comment alone', { [FOOTER]: { results: [{}] } }, true],
    ['by an inline comment alone', { [FOOTER]: { results: [] }, [INLINE]: { results: [{}] } }, true],
    ['when an empty page is not the last', { [FOOTER]: { results: [], _links: { next: '/x' } } }, true],
    ['not when both lists are empty', { [FOOTER]: { results: [] }, [INLINE]: { results: [] } }, false],
    ['not when the page is gone', {}, false],
  ])('%s', async (_name, answers, expected) => {
    expect(await firstValueFrom(createPresence(wiki(answers)).hasComments$('page', '1'))).toBe(expected);
  });
});
