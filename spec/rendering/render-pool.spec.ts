import { EventEmitter } from 'node:events';
import { expect, test } from '@jest/globals';
import { ConversionError } from '../../lib/errors/conversion-error.js';
import type { FromWorker, ToWorker, WrittenText } from '../../lib/rendering/render-messages.js';
import { RenderPool } from '../../lib/rendering/render-pool.js';
import { fixtureSurroundings, jobOf } from './support/surroundings.js';

const TEXT: WrittenText = { bytes: 1, hash: 'h', references: [], spans: [] };
const outOfMemory = (): Error => Object.assign(new Error('memory'), { code: 'ERR_WORKER_OUT_OF_MEMORY' });

/** A thread that does what the test says. */
class FakeWorker extends EventEmitter {
  readonly got: ToWorker[] = [];
  isEnded = false;

  postMessage(messages: readonly ToWorker[]): void {
    this.got.push(...messages);
    this.emit('posted', messages.length);
  }

  terminate(): void {
    this.isEnded = true;
  }

  say(...messages: readonly FromWorker[]): void {
    this.emit('message', messages);
  }

  /** Ids of the pages that it was given and has not answered. */
  get inHand(): readonly string[] {
    return this.got.flatMap((each) => (each.type === 'render' ? each.request.job.page.id : []));
  }

  write(pageId: string): void {
    const at = this.got.findIndex((each) => each.type === 'render' && each.request.job.page.id === pageId);
    const [message] = this.got.splice(at, 1);
    this.say({ type: 'written', id: message?.id ?? 0, text: TEXT });
  }

  die(error: Error): void {
    this.emit('error', error);
  }
}

const poolOf = ({ size = 1, share = 1e12 } = {}) => {
  const workers: FakeWorker[] = [];
  const pool = new RenderPool({
    size,
    share,
    start: () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
  });
  const ends = new Map<string, unknown>();
  const render = (id: string, body = 'x'): void =>
    void pool.render({ job: jobOf(body, id), location: id }, fixtureSurroundings).then(
      (text) => ends.set(id, text),
      (error: unknown) => ends.set(id, error),
    );
  return { pool, workers, ends, render };
};

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('no thread is started before there is work, and never more than may be', () => {
  const { workers, render } = poolOf({ size: 2 });
  expect(workers.length).toBe(0);
  for (const id of ['1', '2', '3', '4']) render(id);
  expect(workers.map(({ inHand }) => inHand)).toEqual([
    ['1', '3'],
    ['2', '4'],
  ]);
});

test('a thread has a few pages in hand; the next comes when one is done', async () => {
  const { workers, ends, render } = poolOf();
  const ids = Array.from({ length: 100 }, (_, i) => String(i));
  for (const id of ids) render(id);
  const [worker] = workers;
  const before = worker?.inHand.length ?? 0;
  expect(before).toBeGreaterThan(1);
  expect(before).toBeLessThan(100);
  for (const id of ids) worker?.write(id);
  await settled();
  expect([...ends.keys()]).toEqual(ids);
  expect([...ends.values()]).toEqual(ids.map(() => TEXT));
});

test('pages travel together: a thread that has worked off a part gets the next ones at once', () => {
  const { workers, render } = poolOf();
  for (let i = 0; i < 100; i += 1) render(String(i));
  const [worker] = workers;
  const sent: number[] = [];
  worker?.on('posted', (count: number) => sent.push(count));
  const first = worker?.got.splice(0) ?? [];
  const half = first.slice(0, first.length / 2);
  worker?.say(...half.map(({ id }) => ({ type: 'written', id, text: TEXT }) as const));
  expect(sent).toHaveLength(1);
  expect(sent[0]).toBeGreaterThan(1);
});

test('what a page names is answered before it asks; what cannot be looked up fails it', async () => {
  const { pool, workers } = poolOf();
  const job = jobOf('<p><ac:link><ri:page ri:content-title="Other" /></ac:link></p>');
  void pool.render({ job, location: 'x' }, fixtureSurroundings);
  expect(workers[0]?.got[0]).toMatchObject({
    ahead: { questions: { references: [{ kind: 'page', title: 'Other' }] } },
  });
  const broken = {
    ...fixtureSurroundings,
    targetOf: () => {
      throw new Error('no disk');
    },
  };
  await expect(pool.render({ job, location: 'y' }, broken)).rejects.toThrow('no disk');
  expect(workers[0]?.got).toHaveLength(1);
});

test('what pages in hand may take of memory is bounded; a large one is there alone', () => {
  const { workers, render } = poolOf({ share: 10_000_000 });
  render('large', '<p>x</p>'.repeat(100_000));
  render('small');
  const [worker] = workers;
  expect(worker?.inHand).toEqual(['large']);
  worker?.write('large');
  expect(worker?.inHand).toEqual(['small']);
});

test('questions are answered by the surroundings of their page', () => {
  const { workers, render } = poolOf();
  render('1');
  const [worker] = workers;
  const reference = { kind: 'page-id', id: '123' } as const;
  const sources = [{ kind: 'page', title: 'Included' } as const];
  const questions = {
    references: [reference],
    accountIds: ['?'],
    parents: [],
    attachments: false,
    sources,
    conditions: [[['x']]],
  };
  worker?.say({ type: 'questions', id: worker.got[0]?.id ?? 0, questions });
  expect(worker?.got[1]).toMatchObject({
    type: 'answers',
    questions,
    answers: {
      targets: [{ href: 'by-id.md' }],
      names: [undefined],
      children: [],
      attachments: [],
      sources: [expect.stringContaining('Whole page')],
      labelled: [undefined],
    },
  });
});

test('what the surroundings throw fails the page, and the thread drops it', async () => {
  const { pool, workers } = poolOf();
  const broken = {
    ...fixtureSurroundings,
    targetOf: () => {
      throw new Error('no disk');
    },
  };
  const rendering = pool.render({ job: jobOf('x'), location: 'x' }, broken);
  const [worker] = workers;
  const references = [{ kind: 'page-id', id: '1' } as const];
  const questions = {
    references,
    accountIds: [],
    parents: [],
    attachments: false,
    sources: [],
    conditions: [],
  };
  worker?.say({ type: 'questions', id: worker.got[0]?.id ?? 0, questions });
  await expect(rendering).rejects.toThrow('no disk');
  expect(worker?.got[1]?.type).toBe('drop');
});

test('a page that cannot be converted fails as such; a file that is refused fails as the system says', async () => {
  const { workers, ends, render } = poolOf();
  for (const id of ['1', '2']) render(id);
  const [worker] = workers;
  const [first, second] = worker?.got ?? [];
  worker?.say({ type: 'failed', id: first?.id ?? 0, failure: { message: 'bug' } });
  const failure = { message: 'ENOSPC: no space', code: 'ENOSPC', syscall: 'write' };
  worker?.say({ type: 'failed', id: second?.id ?? 0, failure });
  await settled();
  expect(ends.get('1')).toBeInstanceOf(ConversionError);
  expect(ends.get('1')).toMatchObject({ message: 'Page 1 cannot be converted to Markdown.' });
  expect(ends.get('2')).toMatchObject(failure);
});

test('a page that takes the memory of its thread fails; those beside it are rendered', async () => {
  const { workers, ends, render } = poolOf();
  for (const id of ['1', '2', '3']) render(id);
  workers[0]?.die(outOfMemory());
  // Nobody knows which one it was: each is tried alone.
  expect(workers[1]?.inHand).toEqual(['1']);
  workers[1]?.write('1');
  expect(workers[1]?.inHand).toEqual(['2']);
  workers[1]?.die(outOfMemory());
  expect(workers[2]?.inHand).toEqual(['3']);
  workers[2]?.write('3');
  await settled();
  expect(ends.get('1')).toEqual(TEXT);
  expect(ends.get('3')).toEqual(TEXT);
  expect(ends.get('2')).toBeInstanceOf(ConversionError);
  expect(ends.get('2')).toMatchObject({
    message: 'Page 2 cannot be converted: it takes more memory than there is.',
  });
});

test('where the system gives no threads, nothing is rendered, now or later', async () => {
  const { workers, ends, render } = poolOf({ size: 2 });
  for (const id of ['1', '2', '3']) render(id);
  workers[0]?.die(Object.assign(new Error('EAGAIN'), { code: 'ERR_WORKER_INIT_FAILED' }));
  render('4');
  await settled();
  expect(Object.fromEntries(ends)).toEqual({ 1: undefined, 2: undefined, 3: undefined, 4: undefined });
  expect(workers.length).toBe(2);
  expect(workers[1]?.isEnded).toBe(true);
});

test('a pool that is closed ends its threads, and leaves nobody waiting', async () => {
  const { pool, workers, ends, render } = poolOf();
  for (let i = 0; i < 20; i += 1) render(String(i));
  pool.close();
  await settled();
  expect(ends.size).toBe(20);
  expect([...ends.values()].filter((end) => !(end instanceof Error))).toEqual([]);
  expect(workers[0]?.isEnded).toBe(true);
});
