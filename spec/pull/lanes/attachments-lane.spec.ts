import { expect, test } from '@jest/globals';
import { Readable } from 'node:stream';
import { Subject, defer, lastValueFrom, of, retry, throwError, toArray } from 'rxjs';
import type { WikiClient } from '../../../lib/confluence/wiki-client.js';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { MediaError } from '../../../lib/errors/media-error.js';
import { attachmentsLane$ } from '../../../lib/pull/lanes/attachments-lane.js';
import { eventsOf, type Step } from '../../../lib/pull/run/step.js';
import { attachment, type FakeWiki, fakeWiki, pages } from '../../support/fake-wiki.js';
import { filesIn, type Planning, useLanes } from '../../support/pulling.js';
import { recordedKeys } from '../../support/recorded-keys.js';

const open = useLanes();

const runLane = ({ run, plan }: Planning): Promise<Step[]> =>
  lastValueFrom(attachmentsLane$(run, plan.attachments.fetch).pipe(toArray()));

const results = (steps: readonly Step[]): string[] =>
  steps.flatMap((step) => (step.type === 'outcome' ? step.result : []));

const failing = (id: string, error: Error) => (request: string) =>
  request === `download ${id}` ? error : undefined;

const files = (count: number) => Array.from({ length: count }, (_, index) => attachment(index + 1, 1));

test('stores each file at its place and records it', async () => {
  const wiki = fakeWiki({ pages: pages(1), attachments: files(2) });
  const planning = await open(wiki);
  const steps = await runLane(planning);
  expect(steps).toContainEqual(
    expect.objectContaining({
      result: 'written',
      bytes: 24,
      event: expect.objectContaining({ type: 'attachment.written', pageId: '1', id: 'att1', bytes: 24 }),
    }),
  );
  expect(Object.values(await filesIn(planning.run.options.dir)).sort()).toEqual([
    'bytes of att1, version 1',
    'bytes of att2, version 1',
  ]);
  expect(planning.run.store.records.get('attachment:att1')).toMatchObject({
    version: 1,
    files: [{ bytes: 24 }],
  });
});

test('a file of another length than the wiki states is a failed item, and is not there', async () => {
  const wiki = fakeWiki({ pages: pages(1), attachments: [attachment(1, 1, { sizeBytes: 3 })] });
  const planning = await open(wiki);
  expect(await runLane(planning)).toMatchObject([{ result: 'failed', failed: { code: 'media-length' } }]);
  expect(await filesIn(planning.run.options.dir)).toEqual({});
  expect(await recordedKeys(planning.run.store.records)).toHaveLength(0);
});

test('a failed download fails itself only', async () => {
  const error = new MediaError('media-host', 'unknown host');
  const wiki = fakeWiki({ pages: pages(1), attachments: files(3) }, failing('att2', error));
  const steps = await runLane(await open(wiki));
  expect(results(steps).sort()).toEqual(['failed', 'written', 'written']);
});

/** The wiki with other answers. */
const answering = (wiki: FakeWiki, client: Partial<WikiClient>): FakeWiki => ({
  ...wiki,
  client: { ...wiki.client, ...client },
});

const found = (status: string) => () => of({ attachment: attachment(1, 1), status });

test.each<[number, string, Partial<WikiClient>, 'failed' | 'notVisible']>([
  [403, 'is there', { attachment$: found('current') }, 'failed'],
  [404, 'is there', { attachment$: found('current') }, 'failed'],
  [404, 'is not to be seen', { attachment$: () => of(undefined) }, 'failed'],
  [403, 'cannot be asked for', { attachment$: () => throwError(() => new HttpError(500, 'no')) }, 'failed'],
  [403, 'is in the trash', { attachment$: found('trashed') }, 'notVisible'],
  [404, 'is in the trash', { attachment$: found('trashed') }, 'notVisible'],
])('%s of an attachment that, by its id, %s: %j', async (status, _where, client, result) => {
  const error = new HttpError(status, 'no');
  const wiki = fakeWiki({ pages: pages(1), attachments: files(1) }, failing('att1', error));
  const steps = await runLane(await open(answering(wiki, client)));
  expect(results(steps)).toEqual([result]);
  const event = {
    failed: { type: 'item.failed', code: `http-${status}` },
    notVisible: { code: 'not-visible' },
  };
  expect(steps[0]).toMatchObject({ event: event[result] });
});

/** Hands out a file of 24 bytes (none for 0) with these lengths in turn; a transfer that fails is started again. */
const sending = (...lengths: (number | undefined)[]): Partial<WikiClient> => ({
  download$: (_attachment, sink) => {
    const left = [...lengths];
    return defer(() => {
      const lengthBytes = left.shift();
      const stream = Readable.from([Buffer.from('x'.repeat(lengthBytes === 0 ? 0 : 24))]);
      return sink({ stream, lengthBytes, contentType: undefined });
    }).pipe(retry(lengths.length - 1));
  },
});

test.each<[string, (number | undefined)[], 'written' | 'failed', number]>([
  ['the stated one', [24], 'written', 0],
  ['none', [undefined], 'failed', 0],
  ['another one, twice the same', [24, 24], 'written', 1],
  ['another one, once', [24], 'failed', 0],
  ['another one each time', [25, 26, 27], 'failed', 0],
  ['another one twice, and fewer bytes than that', [30, 30], 'failed', 1],
  ['nothing, twice', [0, 0], 'failed', 0],
])('the wiki states a size, and the host sends %s: %j', async (name, lengths, result, told) => {
  const sizeBytes = name === 'the stated one' ? 24 : 3;
  const wiki = fakeWiki({ pages: pages(1), attachments: [attachment(1, 1, { sizeBytes })] });
  const planning = await open(answering(wiki, sending(...lengths)));
  const codes: string[] = [];
  planning.run.notices$.subscribe((notice) => {
    if (notice.type === 'warning') codes.push(notice.code);
  });
  expect(results(await runLane(planning))).toEqual([result]);
  expect(codes).toEqual(Array(told).fill('wrong-size'));
  expect(await recordedKeys(planning.run.store.records)).toHaveLength(result === 'written' ? 1 : 0);
});

test('a file of another size than the stated one is asked for once more, and then taken as it is', async () => {
  const wiki = fakeWiki({ pages: pages(1), attachments: [attachment(1, 1, { sizeBytes: 3 })] });
  const planning = await open(answering(wiki, sending(24, 24)));
  const versions: (number | undefined)[] = [];
  for (let pull = 0; pull < 2; pull += 1) {
    await runLane(planning);
    versions.push(planning.run.store.records.get('attachment:att1')?.version);
  }
  expect(versions).toEqual([0, 1]);
});

test.each<[string | undefined, string, 'written' | 'failed']>([
  ['image/png', 'image/png', 'written'],
  ['application/octet-stream', 'image/png', 'written'],
  ['text/plain', 'application/octet-stream', 'written'],
  ['text/plain', 'image/png', 'failed'],
])(
  'another size twice the same, of the type %s for one of %s: %s',
  async (contentType, mediaType, result) => {
    const client: Partial<WikiClient> = {
      download$: (_attachment, sink) =>
        defer(() =>
          sink({ stream: Readable.from([Buffer.from('x'.repeat(24))]), lengthBytes: 24, contentType }),
        ).pipe(retry(2)),
    };
    const wiki = fakeWiki({ pages: pages(1), attachments: [attachment(1, 1, { sizeBytes: 3, mediaType })] });
    expect(results(await runLane(await open(answering(wiki, client))))).toEqual([result]);
  },
);

test('what the listing tells neither size nor type of is told by its id', async () => {
  const known = attachment(1, 1, { sizeBytes: 3, mediaType: 'image/png' });
  const listed = { ...known, sizeBytes: undefined, mediaType: undefined };
  const wiki = fakeWiki({ pages: pages(1), attachments: [listed] });
  const planning = await open(
    answering(wiki, {
      ...sending(24),
      attachment$: () => of({ attachment: known, status: 'current' }),
    }),
  );
  expect(await runLane(planning)).toMatchObject([{ result: 'failed', failed: { code: 'media-length' } }]);
});

test('nothing is no file whose size the wiki does not state', async () => {
  const wiki = fakeWiki({
    pages: pages(1),
    attachments: [attachment(1, 1, { sizeBytes: undefined, mediaType: 'image/png' })],
  });
  const planning = await open(answering(wiki, sending(0, 0)));
  expect(results(await runLane(planning))).toEqual(['failed']);
  expect(await filesIn(planning.run.options.dir)).toEqual({});
});

test('refused credentials halt the run: what is in flight is finished, what waits is dropped', async () => {
  const error = new CredentialsError('no');
  const wiki = fakeWiki({ pages: pages(1), attachments: files(9) }, failing('att1', error));
  const planning = await open(wiki);
  expect(results(await runLane(planning))).toEqual(['written', 'written', 'written']);
  expect(wiki.sent('download')).toHaveLength(4);
  expect(planning.run.failure()).toBe(error);
});

test('no more downloads are in flight than asked for; a stop lets those finish', async () => {
  const stop = new Subject<string>();
  const wiki = fakeWiki({ pages: pages(1), attachments: files(10) }, (request) => {
    if (request === 'download att2') stop.next('SIGINT');
    return undefined;
  });
  const steps = await runLane(await open(wiki, { attachmentConcurrency: 2 }, stop));
  expect(wiki.sent('download')).toEqual(['download att1', 'download att2']);
  expect(results(steps)).toEqual(['written', 'written']);
});

test('one that has gone since it was listed is told by its name and its place', async () => {
  const wiki = fakeWiki(
    { pages: pages(1), attachments: files(1) },
    failing('att1', new HttpError(404, 'no')),
  );
  expect(await runLane(await open(answering(wiki, { attachment$: found('trashed') })))).toMatchObject([
    {
      kind: 'attachment',
      event: {
        type: 'warning',
        code: 'not-visible',
        message: 'Attachment att1 "file-1.bin" (index.attachments/file-1.bin) has gone since it was listed.',
      },
    },
  ]);
});

test('what failed for another reason is not looked for in the trash', async () => {
  const wiki = fakeWiki(
    { pages: pages(1), attachments: files(1) },
    failing('att1', new HttpError(500, 'no')),
  );
  const steps = await runLane(await open(answering(wiki, { attachment$: found('trashed') })));
  expect(results(steps)).toEqual(['failed']);
});

test('refused credentials while it is looked for end the run', async () => {
  const error = new CredentialsError('no');
  const wiki = fakeWiki(
    { pages: pages(1), attachments: files(1) },
    failing('att1', new HttpError(403, 'no')),
  );
  const client: Partial<WikiClient> = { attachment$: () => throwError(() => error) };
  const planning = await open(answering(wiki, client));
  const planned = [...planning.plan.attachments.fetch].map((each) => ({
    ...each,
    attachment: { ...each.attachment, sizeBytes: 24 },
  }));
  await expect(lastValueFrom(attachmentsLane$(planning.run, planned))).rejects.toBe(error);
});

test('one that is there already is written as edited, and told to have moved first', async () => {
  const planning = await open(fakeWiki({ pages: pages(1), attachments: files(1) }));
  const { run, plan } = planning;
  const again = async (target: string) => {
    const planned = [...plan.attachments.fetch].map((each) => ({ ...each, path: target }));
    return (await lastValueFrom(attachmentsLane$(run, planned).pipe(toArray()))).flatMap(eventsOf);
  };
  const written = (target: string, change: string) => ({
    type: 'attachment.written',
    pageId: '1',
    id: 'att1',
    path: target,
    bytes: 24,
    change,
  });
  expect(await again('a.bin')).toEqual([written('a.bin', 'new')]);
  expect(await again('a.bin')).toEqual([written('a.bin', 'edited')]);
  expect(await again('b.bin')).toEqual([
    { type: 'attachment.moved', pageId: '1', id: 'att1', from: 'a.bin', to: 'b.bin', bytes: 24 },
    written('b.bin', 'edited'),
  ]);
  expect(Object.keys(await filesIn(run.options.dir))).toEqual(['b.bin']);
});
