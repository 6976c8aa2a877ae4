import { expect, test } from '@jest/globals';
import { Subject, lastValueFrom, toArray } from 'rxjs';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import { MediaError } from '../../../lib/errors/media-error.js';
import { attachmentsLane$ } from '../../../lib/pull/lanes/attachments-lane.js';
import type { Step } from '../../../lib/pull/step.js';
import { attachment, fakeWiki, pages } from '../../support/fake-wiki.js';
import { filesIn, type Planning, useLanes } from '../../support/pulling.js';

const open = useLanes();

const runLane = ({ run, store, plan }: Planning): Promise<Step[]> =>
  lastValueFrom(attachmentsLane$(run, store, plan.attachments.fetch).pipe(toArray()));

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
  expect(planning.store.records.get('attachment:att1')).toMatchObject({ version: 1, files: [{ bytes: 24 }] });
});

test('a file of another length than the wiki states is a failed item, and is not there', async () => {
  const wiki = fakeWiki({ pages: pages(1), attachments: [attachment(1, 1, { sizeBytes: 3 })] });
  const planning = await open(wiki);
  expect(await runLane(planning)).toMatchObject([{ result: 'failed', failed: { code: 'media-length' } }]);
  expect(await filesIn(planning.run.options.dir)).toEqual({});
  expect(planning.store.records.size).toBe(0);
});

test('a failed download fails itself only', async () => {
  const error = new MediaError('media-host', 'unknown host');
  const wiki = fakeWiki({ pages: pages(1), attachments: files(3) }, failing('att2', error));
  const steps = await runLane(await open(wiki));
  expect(results(steps).sort()).toEqual(['failed', 'written', 'written']);
});

test.each([403, 404])('%s: not visible any more is no failure', async (status) => {
  const wiki = fakeWiki(
    { pages: pages(1), attachments: files(1) },
    failing('att1', new HttpError(status, '')),
  );
  const steps = await runLane(await open(wiki));
  expect(results(steps)).toEqual(['notVisible']);
  expect(steps[0]).toMatchObject({ event: { type: 'warning', code: 'not-visible' } });
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
