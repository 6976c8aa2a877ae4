import { EventEmitter } from 'node:events';
import { expect, test } from '@jest/globals';
import { lastValueFrom, toArray } from 'rxjs';
import { writePages$ } from '../../../lib/pull/lanes/write-pages.js';
import type { MirrorRun } from '../../../lib/pull/render/mirror-run.js';
import { RenderPool } from '../../../lib/rendering/render-pool.js';
import type { FromWorker, ToWorker } from '../../../lib/rendering/render-messages.js';
import { serveRenders } from '../../../lib/rendering/serve-renders.js';
import { fakeWiki, page } from '../../support/fake-wiki.js';
import { filesIn, type Planning, useLanes } from '../../support/pulling.js';

const open = useLanes();

const LINK = '<ac:link><ri:page ri:content-title="Page 1" /></ac:link>';
const MENTION = '<ac:link><ri:user ri:account-id="acct-9" /></ac:link>';
const INCLUDE =
  '<ac:structured-macro ac:name="include"><ac:parameter ac:name=""><ac:link><ri:page ri:content-title="Page 2" /></ac:link></ac:parameter></ac:structured-macro>';
const PAGES = [
  page(1),
  page(2, { body: `<p>Second. ${LINK} by ${MENTION}</p>` }),
  page(3, { body: `<p>Third.</p>${INCLUDE}` }),
  page(4, { body: `<p>${'x'.repeat(200_000)}</p>` }),
];
const opened = () => open(fakeWiki({ pages: PAGES, names: { 'acct-9': 'Grace', 'acct-1': 'Ada' } }));

/** A thread that is none: it renders between turns of this one. */
class WorkerHere extends EventEmitter {
  readonly #port = new EventEmitter();
  readonly #heard: string[];

  constructor(heard: string[]) {
    super();
    this.#heard = heard;
    serveRenders({
      postMessage: (messages: readonly FromWorker[]) => void this.emit('message', messages),
      on: (event, listener) => this.#port.on(event, listener),
    });
  }

  postMessage(messages: readonly ToWorker[]): void {
    for (const message of messages)
      if (message.type === 'render') this.#heard.push(message.request.job.page.id);
    setImmediate(() => this.#port.emit('message', structuredClone(messages)));
  }

  terminate(): void {
    this.removeAllListeners();
  }
}

/** A pool of such, and the ids of the pages that it is given. */
const poolHere = () => {
  const heard: string[] = [];
  return { heard, pool: new RenderPool({ size: 1, share: 1e12, start: () => new WorkerHere(heard) }) };
};

/** Writes pages that were found, and returns what is told and what is there then. */
const write = async ({ run, plan }: Planning, more: Partial<MirrorRun> = {}, pages = PAGES) => {
  const found = new Map(pages.map((each) => [each.id, each]));
  const steps = await lastValueFrom(
    writePages$({ ...run, ...more }, plan.pages.fetch, found).pipe(toArray()),
  );
  const records = pages.map(({ id }) => run.store.records.get(`page:${id}`));
  return { steps, records, files: await filesIn(run.options.dir) };
};

test('what threads render is as it is without them: files, records, and what is told', async () => {
  const { pool, heard } = poolHere();
  const there = await write(await opened(), { renderPool: pool });
  pool.close();
  const here = await write(await opened());
  expect(heard.sort()).toEqual(['1', '2', '3', '4']);
  expect(there.files).toEqual(here.files);
  expect(there.records).toEqual(here.records);
  const byId = (steps: typeof here.steps) => steps.map((step) => JSON.stringify(step)).sort();
  expect(byId(there.steps)).toEqual(byId(here.steps));
  expect(there.files['page-3.md']).toMatch(/Third\.[^]*Second\. \[Page 1\]\(index\.md\) by @?Grace/);
});

test('where no thread can be had pages are rendered all the same', async () => {
  const { pool, heard } = poolHere();
  pool.close();
  const { steps, files } = await write(await opened(), { renderPool: pool });
  expect([steps.length, heard]).toEqual([4, []]);
  expect(Object.keys(files)).toHaveLength(4);
});

test('a page that may take more memory than it gets fails before any thread has it', async () => {
  const { pool, heard } = poolHere();
  const planning = await opened();
  const shares = { ...planning.run.shares, page: 1024 ** 2 };
  const { steps, files, records } = await write(planning, { renderPool: pool, shares });
  pool.close();
  expect(heard.sort()).toEqual(['1', '2', '3']);
  expect(steps.filter((step) => step.type === 'outcome' && step.result === 'failed')).toMatchObject([
    { failed: { id: '4', message: expect.stringContaining('cannot be converted: 200007 characters') } },
  ]);
  expect([Object.keys(files), records[3]]).toEqual([['index.md', 'page-2.md', 'page-3.md'], undefined]);
});

test('that a page is late is in its record, also when it cannot be relied on', async () => {
  const planning = await opened();
  const layout = { ...planning.run.layout, late: new Set(['2', '3']) };
  const pages = [page(1), page(2), page(3, { isSubstitute: true })];
  const { records } = await write(planning, { layout }, pages);
  expect(records.map((record) => [record?.version, record?.isLate])).toEqual([
    [1, undefined],
    [1, true],
    [0, true],
  ]);
});

test('planned pages that were not found are left to others', async () => {
  const { steps, files } = await write(await opened(), {}, PAGES.slice(0, 2));
  expect([steps.length, Object.keys(files)]).toEqual([2, ['index.md', 'page-2.md']]);
});

test('a body that only stands in for another one is written, and asked for again by the next pull', async () => {
  const { records, files } = await write(await opened(), {}, [page(1, { isSubstitute: true }), page(2)]);
  expect(records.map((record) => record?.version)).toEqual([0, 1]);
  expect(Object.keys(files)).toEqual(['index.md', 'page-2.md']);
});

test('one that is too large to be looked through is written as it is, told, and asked for again', async () => {
  const planning = await open(fakeWiki({ pages: PAGES }), { format: 'storage' });
  const told: string[] = [];
  planning.run.notices$.subscribe((notice) => {
    if (notice.type === 'warning') told.push(`${notice.code}: ${notice.message}`);
  });
  const shares = { ...planning.run.shares, page: 1024 ** 2 };
  const { records, files } = await write(planning, { shares });
  expect(records.map((record) => record?.version)).toEqual([1, 1, 1, 0]);
  expect(files['page-4.xhtml']).toBe(PAGES[3]?.body);
  expect(told).toEqual([
    'unread-references: The page 4 "Page 4" is mirrored as it is, too large to be looked through for what it refers to; the next pull asks for it again.',
  ]);
});
