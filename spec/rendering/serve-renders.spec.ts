import { createHash } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { parseBody } from '../../lib/convert/index.js';
import { answerAhead } from '../../lib/rendering/answer-ahead.js';
import { answersTo } from '../../lib/rendering/asked-surroundings.js';
import type { FromWorker, RenderRequest, ToWorker } from '../../lib/rendering/render-messages.js';
import { readText } from '../../lib/rendering/render-text.js';
import { serveRenders } from '../../lib/rendering/serve-renders.js';
import type { Surroundings } from '../../lib/rendering/surroundings.js';
import { bodies } from '../convert/support/bodies.js';
import { useTemporaryDirectories } from '../store/support/temporary-directory.js';
import { fixtureSurroundings, jobOf } from './support/surroundings.js';

const newDirectory = useTemporaryDirectories();

/** The other end of a worker, which gets messages as data. */
const connect = () => {
  let listen: (messages: readonly ToWorker[]) => void = () => undefined;
  const said: FromWorker[] = [];
  serveRenders({
    on: (_event, listener) => {
      listen = listener;
    },
    postMessage: (messages) => void said.push(...structuredClone(messages)),
  });
  const send = (message: ToWorker): FromWorker | undefined => {
    listen([structuredClone(message)]);
    return said.shift();
  };
  return { send };
};

/** What comes of a page in the end, and how often it asked. */
const render = (
  { send }: ReturnType<typeof connect>,
  request: RenderRequest,
  surroundings: Surroundings,
): { readonly last: FromWorker | undefined; readonly rounds: number } => {
  let rounds = 0;
  let said = send({ type: 'render', id: 1, request, isAgain: false });
  for (; said?.type === 'questions'; rounds += 1) {
    const { questions } = said;
    said = send({ type: 'answers', id: 1, questions, answers: answersTo(questions, surroundings) });
  }
  return { last: said, rounds };
};

test.each(bodies)('a thread makes of %s what is made in place, links included', async (_name, body) => {
  const location = path.join(await newDirectory(), 'draft');
  const { last, rounds } = render(connect(), { job: jobOf(body), location }, fixtureSurroundings);
  const { content, ...links } = readText(parseBody(body), jobOf(body), fixtureSurroundings)();
  expect(await readFile(location, 'utf8')).toBe(content);
  const hash = createHash('sha256').update(content).digest('hex');
  expect(last).toEqual({
    type: 'written',
    id: 1,
    text: { ...links, bytes: Buffer.byteLength(content), hash },
  });
  expect(rounds).toBeLessThan(5);
});

test('a page that asks nothing is made at once', async () => {
  const location = path.join(await newDirectory(), 'draft');
  const { rounds } = render(connect(), { job: jobOf('<p>Hello.</p>'), location }, fixtureSurroundings);
  expect(rounds).toBe(0);
  expect(await readFile(location, 'utf8')).toMatch(/\n---\n\n# A page\n\nHello\.\n$/);
});

test('pages that wait for answers do not mix', async () => {
  const dir = await newDirectory();
  const worker = connect();
  const [one, two] = ['one', 'two'].map((name, i) => {
    const body = `<p>${name} <a href="https://example.atlassian.net/wiki/pages/${i}">x</a></p>`;
    return worker.send({
      type: 'render',
      id: i,
      isAgain: false,
      request: { job: jobOf(body, String(i)), location: path.join(dir, name) },
    });
  });
  for (const said of [two, one]) {
    if (said?.type !== 'questions') throw new Error('asks nothing');
    const { id, questions } = said;
    const answers = answersTo(questions, fixtureSurroundings);
    expect(worker.send({ type: 'answers', id, questions, answers })).toMatchObject({ type: 'written', id });
  }
  expect(await readFile(path.join(dir, 'two'), 'utf8')).toContain('two ');
  expect(await readFile(path.join(dir, 'one'), 'utf8')).toContain('one ');
});

test('a page that is dropped is answered no more, and leaves no file', async () => {
  const dir = await newDirectory();
  const { send } = connect();
  const body = '<p><a href="https://example.atlassian.net/wiki/pages/123">x</a></p>';
  const said = send({
    type: 'render',
    id: 7,
    isAgain: false,
    request: { job: jobOf(body), location: path.join(dir, 'draft') },
  });
  if (said?.type !== 'questions') throw new Error('asks nothing');
  expect(send({ type: 'drop', id: 7 })).toBeUndefined();
  const { questions } = said;
  const answers = answersTo(questions, fixtureSurroundings);
  expect(send({ type: 'answers', id: 7, questions, answers })).toBeUndefined();
  expect(await readdir(dir)).toEqual([]);
});

test('a file that is there is not written over: what the system says is told', async () => {
  const location = path.join(await newDirectory(), 'draft');
  await writeFile(location, 'mine');
  const { last } = render(connect(), { job: jobOf('<p>x</p>'), location }, fixtureSurroundings);
  expect(last).toMatchObject({ type: 'failed', id: 1, failure: { code: 'EEXIST', syscall: 'open' } });
  expect(await readFile(location, 'utf8')).toBe('mine');
});

test('a file that a thread has left which died is written anew', async () => {
  const location = path.join(await newDirectory(), 'draft');
  await writeFile(location, 'half of i');
  const { send } = connect();
  const request = { job: jobOf('<p>x</p>'), location };
  expect(send({ type: 'render', id: 1, request, isAgain: true })).toMatchObject({ type: 'written' });
  expect(await readFile(location, 'utf8')).toContain('x\n');
});

test('what is known ahead is not asked', async () => {
  const location = path.join(await newDirectory(), 'draft');
  const { send } = connect();
  const job = jobOf('<p><ac:link><ri:page ri:content-title="Other" /></ac:link></p>');
  const ahead = answerAhead(job, fixtureSurroundings);
  expect(ahead?.questions.references).toEqual([{ kind: 'page', title: 'Other' }]);
  const said = send({
    type: 'render',
    id: 1,
    request: { job, location },
    isAgain: false,
    ...(ahead && { ahead }),
  });
  expect(said).toMatchObject({ type: 'written' });
});
