import { describe, expect, test } from '@jest/globals';
import { type Observable, defer, lastValueFrom, of, throwError, toArray } from 'rxjs';
import type { CommentWithBody } from '../../../lib/core/content.js';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { MissingScopeError } from '../../../lib/errors/missing-scope-error.js';
import { commentsInBulk$, completeComments$ } from '../../../lib/pull/lanes/comments-in-bulk.js';
import { comment } from '../../support/fake-wiki.js';

/** Asks for the comments of four pages, with one comment each; a request that holds page 2 fails. */
const inBulk = async (error?: Error) => {
  const asked: string[] = [];
  const fetchComments$ = (ids: readonly string[]): Observable<readonly CommentWithBody[]> =>
    defer(() => {
      asked.push(ids.join());
      if (error !== undefined && ids.includes('2')) return throwError(() => error);
      return of([...ids].reverse().map((id) => comment(70 + Number(id), Number(id))));
    });
  const told = await lastValueFrom(
    commentsInBulk$({ fetchComments$ }, [1, 2, 3, 4], {
      pageIdOf: String,
      each$: (page, found) => of(`${page}: ${found.map(({ id }) => id).join()}`),
      failed$: (pages, _error, tried) => of(`${pages.join()} failed after ${tried}`),
    }).pipe(toArray()),
  );
  return { asked, told };
};

test('each page gets its own of what is found on all of them, in their order', async () => {
  expect(await inBulk()).toEqual({ asked: ['1,2,3,4'], told: ['1: 71', '2: 72', '3: 73', '4: 74'] });
});

test.each([new HttpError(500, 'no'), new HttpError(404, 'no'), new HttpError(403, 'no')])(
  'a page that cannot be read, or spoils the request, costs no other: %s',
  async (error) => {
    const { asked, told } = await inBulk(error);
    expect(asked).toEqual(['1,2,3,4', '1,2', '1', '2', '3,4']);
    expect(told).toEqual(['1: 71', '2 failed after 3', '3: 73', '4: 74']);
  },
);

test.each([
  new HttpError(400, 'no'),
  new HttpError(503, 'no'),
  new CredentialsError('no'),
  new MissingScopeError('GET x', 'read:x'),
])('what half of them would meet again fails them all: %s', async (error) => {
  expect(await inBulk(error)).toEqual({ asked: ['1,2,3,4'], told: ['1,2,3,4 failed after 1'] });
});

describe('what is listed is completed', () => {
  const listed = [1, 2, 3].map((id) => ({ id: String(id), version: 2 }));
  const found = (id: number, version = 2) => comment(id, 7, { version, body: `found ${id}` });

  /** Completes what was found; by their ids all comments come in version 2, in this status. */
  const complete = async (given: readonly CommentWithBody[], status = 'current', version = 2) => {
    const asked: string[] = [];
    const wiki = {
      comment$: (id: string) =>
        defer(() => {
          asked.push(id);
          return of({ comment: comment(Number(id), 7, { version, body: `by id ${id}` }), status });
        }),
    };
    const completed$ = completeComments$({ wiki, limit$: of(1) }, listed, given);
    return { asked, bodies: (await lastValueFrom(completed$)).map(({ body }) => body) };
  };

  test.each<[string, readonly CommentWithBody[], readonly string[], readonly string[]]>([
    ['of nothing, where all is there', [found(1), found(2), found(3)], [], ['found 1', 'found 2', 'found 3']],
    ['of what was left out', [found(1), found(3)], ['2'], ['found 1', 'found 3', 'by id 2']],
    ['of what has no version', [found(1, 0), found(2), found(3)], ['1'], ['found 2', 'found 3', 'by id 1']],
    ['of what is older', [found(1), found(2), found(3, 1)], ['3'], ['found 1', 'found 2', 'by id 3']],
    ['not of what is newer', [found(1, 3), found(2), found(3)], [], ['found 1', 'found 2', 'found 3']],
    [
      'with what nobody has listed',
      [found(1), found(2), found(3), found(4)],
      [],
      ['found 1', 'found 2', 'found 3', 'found 4'],
    ],
  ])('%s', async (_what, given, asked, bodies) => {
    expect(await complete(given)).toEqual({ asked, bodies });
  });

  test('without one that is in the trash', async () => {
    expect(await complete([found(1), found(3)], 'trashed')).toEqual({
      asked: ['2'],
      bodies: ['found 1', 'found 3'],
    });
  });

  test('never with an older one than is listed: that is told by its versions', async () => {
    await expect(complete([found(1), found(3)], 'current', 1)).rejects.toThrow(
      'Comment 2 comes in version 1, where 2 is listed.',
    );
  });
});
