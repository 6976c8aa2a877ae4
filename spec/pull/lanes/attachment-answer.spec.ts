import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { firstValueFrom, of, throwError } from 'rxjs';
import type { WikiClient } from '../../../lib/confluence/wiki-client.js';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { MediaError } from '../../../lib/errors/media-error.js';
import { describe$, lengthJudge } from '../../../lib/pull/lanes/attachment-answer.js';
import { attachment } from '../../support/fake-wiki.js';

const answer = (lengthBytes: number | undefined, contentType?: string) => ({
  stream: Readable.from([]),
  lengthBytes,
  contentType,
});

const judging = (sizeBytes: number | undefined, mediaType?: string) => {
  const told: unknown[] = [];
  const judge = lengthJudge(
    { notify: (event) => void told.push(event) },
    attachment(7, 1, { sizeBytes, mediaType }),
  );
  return { judge, told };
};

describe('how long a file must be', () => {
  test.each([
    ['both say it', 24, 24, 24],
    ['the host says nothing', 24, undefined, 24],
    ['the wiki says nothing', undefined, 24, 24],
    ['neither says it', undefined, undefined, undefined],
    ['it is known to be empty', 0, 0, 0],
  ])('where %s', (_, stated, sent, expected) => {
    const { judge, told } = judging(stated);
    expect([judge(answer(sent)), told]).toEqual([expected, []]);
  });

  test('an empty answer for a file that is not known to be empty is none, however often', () => {
    for (const [stated, words] of [
      [undefined, 'The media host sends nothing.'],
      [24, 'The media host sends 0 bytes, where the wiki states 24.'],
    ] as const) {
      const { judge } = judging(stated);
      for (let i = 0; i < 2; i += 1)
        expect(() => judge(answer(0))).toThrow(new MediaError('media-length', words));
    }
  });

  test('another length is believed when it comes a second time, and told', () => {
    const { judge, told } = judging(3, 'image/png');
    expect(() => judge(answer(24, 'image/png'))).toThrow(MediaError);
    expect(judge(answer(24, 'image/png'))).toBe(24);
    expect(told).toEqual([
      {
        type: 'warning',
        code: 'wrong-size',
        message: 'The wiki states 3 bytes for attachment att7 "file-7.bin", and sends 24, which is stored.',
      },
    ]);
  });

  test('one that is another each time is not', () => {
    const { judge, told } = judging(3);
    for (const length of [24, 25, 24]) expect(() => judge(answer(length))).toThrow(`sends ${length} bytes`);
    expect(judge(answer(24))).toBe(24);
    expect(told).toHaveLength(1);
  });

  test.each([
    ['image/png', 'image/png'],
    ['image/png', 'image/png; charset=x'],
    ['application/octet-stream', 'image/png'],
    ['text/html', 'application/octet-stream'],
    [undefined, 'image/png'],
    ['text/html', undefined],
  ])('of the type %s it is believed, where the wiki states %s', (contentType, mediaType) => {
    const { judge } = judging(3, mediaType);
    expect(() => judge(answer(24, contentType))).toThrow(MediaError);
    expect(judge(answer(24, contentType))).toBe(24);
  });

  test('an error page in the place of an image is never believed', () => {
    const { judge, told } = judging(3, 'image/png');
    for (let i = 0; i < 3; i += 1) expect(() => judge(answer(24, 'text/html'))).toThrow(MediaError);
    expect(told).toEqual([]);
  });
});

describe('what the listing does not tell of a file', () => {
  const bare = attachment(7, 1);
  const known = attachment(7, 2, { sizeBytes: 3, mediaType: 'image/png', title: 'other' });
  const wiki = (found: ReturnType<WikiClient['attachment$']>) => {
    let asked = 0;
    return {
      asked: () => asked,
      wiki: {
        attachment$: () => {
          asked += 1;
          return found;
        },
      },
    };
  };

  test('is asked for by its id; all else is as it is listed', async () => {
    const { wiki: client } = wiki(of({ attachment: known, status: 'current' }));
    expect(await firstValueFrom(describe$({ wiki: client }, bare))).toEqual({
      ...bare,
      sizeBytes: 3,
      mediaType: 'image/png',
    });
  });

  test.each([
    ['size', { sizeBytes: 0 }],
    ['type', { mediaType: 'image/png' }],
  ])('is not asked for where the %s is told', async (_, told) => {
    const { wiki: client, asked } = wiki(of(undefined));
    const listed = { ...bare, ...told };
    expect([await firstValueFrom(describe$({ wiki: client }, listed)), asked()]).toEqual([listed, 0]);
  });

  test('stays unknown where the wiki does not tell it, or cannot be asked', async () => {
    for (const found of [of(undefined), throwError(() => new HttpError(500, 'no'))])
      expect(await firstValueFrom(describe$({ wiki: wiki(found).wiki }, bare))).toEqual(bare);
  });

  test('ends the run where credentials are refused', async () => {
    const error = new CredentialsError('no');
    const { wiki: client } = wiki(throwError(() => error));
    await expect(firstValueFrom(describe$({ wiki: client }, bare))).rejects.toBe(error);
  });
});
