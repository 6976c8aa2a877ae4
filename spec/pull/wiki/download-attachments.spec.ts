import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { defer, from, lastValueFrom, mergeMap, of, retry, throwError, toArray } from 'rxjs';
import type { MediaAnswer } from '../../../lib/confluence/media.js';
import type { WikiClient } from '../../../lib/confluence/wiki-client.js';
import type { ListedAttachment } from '../../../lib/core/content.js';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { createWiki } from '../../../lib/pull/wiki/create-wiki.js';
import type { AttachmentSink } from '../../../lib/pull/wiki/download-attachments.js';
import { attachment, fakeWiki } from '../../support/fake-wiki.js';

const OPTIONS = { url: 'https://example.atlassian.net', credentials: { bearerToken: 'x' } };

const FILE = attachment(1, 1, { mediaType: 'text/plain' });

/** What the media host sends; a transfer that breaks off is begun anew, once. */
const sending = (...sent: readonly (Partial<MediaAnswer> & { readonly bytes: string })[]) => {
  const answers = [...sent];
  const streams: Readable[] = [];
  const download$: WikiClient['download$'] = (_item, sink) =>
    defer(() => {
      const { bytes = '', ...rest } = answers.length > 1 ? (answers.shift() ?? {}) : (answers[0] ?? {});
      const stream = Readable.from([Buffer.from(bytes)]);
      streams.push(stream);
      return from(sink({ stream, lengthBytes: undefined, contentType: undefined, ...rest }));
    }).pipe(retry(1));
  return { client: { download$ }, streams };
};

const download = async <R>(
  file: ListedAttachment,
  sink: AttachmentSink<R>,
  client: Partial<WikiClient> = {},
  listed: readonly ListedAttachment[] = [],
) => {
  const fake = fakeWiki({ attachments: listed });
  const wiki = createWiki(OPTIONS, { connect: () => ({ ...fake.client, ...client }) });
  const told: string[] = [];
  const telling = wiki.notices$.subscribe((event) =>
    told.push(event.type === 'warning' ? event.code : event.type),
  );
  const fetched = await lastValueFrom(of(file).pipe(wiki.downloadAttachments(sink), toArray()));
  telling.unsubscribe();
  return { fetched, told, requests: fake.requests };
};

const facts: AttachmentSink<unknown> = async ({ stream, ...rest }) => ({ ...rest, text: await text(stream) });

test.each([
  [{}, FILE, undefined],
  [{ lengthBytes: 5 }, FILE, 5],
  [{}, { ...FILE, sizeBytes: 5 }, 5],
  [{ lengthBytes: 5 }, { ...FILE, sizeBytes: 5 }, 5],
])('with an answer of %j for %j a sink is told the length %j', async (answer, file, lengthBytes) => {
  const { client } = sending({ bytes: 'hello', contentType: 'text/plain', ...answer });
  const { fetched, requests } = await download(file, facts, client);
  expect(fetched).toEqual([
    {
      status: 'fulfilled',
      value: {
        attachment: file,
        value: { attachment: file, lengthBytes, contentType: 'text/plain', text: 'hello' },
      },
    },
  ]);
  expect(requests).toEqual([]);
});

test('a file of which neither size nor type is listed is described by its id first', async () => {
  const bare = attachment(1, 1);
  const described = { ...bare, sizeBytes: 5, mediaType: 'text/plain' };
  const { client } = sending({ bytes: 'hello' });
  const { fetched, requests } = await download(bare, facts, client, [described]);
  expect(requests).toEqual(['attachment att1']);
  expect(fetched).toMatchObject([{ value: { attachment: described, value: { lengthBytes: 5 } } }]);
});

test('a transfer that breaks off is given to the sink anew', async () => {
  const { client } = sending({ bytes: 'hel', lengthBytes: 5 }, { bytes: 'hello', lengthBytes: 5 });
  const begun: unknown[] = [];
  const { fetched } = await download(
    FILE,
    (file) => {
      begun.push(file.stream);
      return text(file.stream);
    },
    client,
  );
  expect(new Set(begun).size).toBe(2);
  expect(fetched).toMatchObject([{ status: 'fulfilled', value: { value: 'hello' } }]);
});

test('what a sink raises by itself is not tried again', async () => {
  const reason = new Error('disk full');
  let calls = 0;
  const { fetched } = await download(
    FILE,
    () => {
      calls += 1;
      return Promise.reject(reason);
    },
    sending({ bytes: 'hello' }).client,
  );
  expect(calls).toBe(1);
  expect(fetched).toEqual([{ status: 'rejected', reason, input: FILE }]);
});

test('a stream that its sink does not read is closed', async () => {
  let given: Readable | undefined;
  await download(
    FILE,
    ({ stream }) => {
      given = stream;
      return Promise.resolve('skipped');
    },
    sending({ bytes: 'hello' }).client,
  );
  expect(given?.destroyed).toBe(true);
});

test('a file that comes whole and is not as long as the wiki states is taken, which is told beside', async () => {
  const { client } = sending({ bytes: 'hello', lengthBytes: 5, contentType: 'text/plain' });
  const { fetched, told } = await download({ ...FILE, sizeBytes: 3 }, facts, client);
  expect(fetched).toMatchObject([{ status: 'fulfilled', value: { value: { text: 'hello' } } }]);
  expect(told).toEqual(['wrong-size']);
});

test('an error that costs the file rejects it; one that no other file would fare better with ends all', async () => {
  const failing = (error: Error): Partial<WikiClient> => ({ download$: () => throwError(() => error) });
  const reason = new HttpError(404, 'no');
  expect((await download(FILE, facts, failing(reason))).fetched).toEqual([
    { status: 'rejected', reason, input: FILE },
  ]);
  const refused = new CredentialsError('no');
  await expect(download(FILE, facts, failing(refused))).rejects.toBe(refused);
});

test('each of several files comes to an end of its own', async () => {
  const files = [attachment(1, 1), attachment(2, 1), attachment(3, 1)];
  const fake = fakeWiki({ attachments: files }, (request) =>
    request === 'download att2' ? new HttpError(404, 'no') : undefined,
  );
  const wiki = createWiki(OPTIONS, { connect: () => fake.client });
  const fetched = await lastValueFrom(
    wiki.listAttachments$('DOCS').pipe(
      mergeMap(({ items }) => items),
      wiki.downloadAttachments(({ stream }) => text(stream)),
      toArray(),
    ),
  );
  expect(fetched.map(({ status }) => status).sort()).toEqual(['fulfilled', 'fulfilled', 'rejected']);
});
