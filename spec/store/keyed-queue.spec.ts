import { expect, test } from '@jest/globals';
import { KeyedQueue } from '../../lib/store/keyed-queue.js';

/** Work that notes its begin and end, and ends when told to. */
const tracked = (log: string[], name: string) => {
  const { promise, resolve, reject } = deferred();
  const work = async () => {
    log.push(`${name} begins`);
    await promise;
    log.push(`${name} ends`);
    return name;
  };
  return { work, resolve, reject };
};

const deferred = () => {
  let resolve: () => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
};

test('the same key: one after another; another key: side by side', async () => {
  const log: string[] = [];
  const queue = new KeyedQueue();
  const [a, b, c] = [tracked(log, 'a'), tracked(log, 'b'), tracked(log, 'c')];
  const all = Promise.all([queue.run('x', a.work), queue.run('x', b.work), queue.run('y', c.work)]);
  b.resolve();
  c.resolve();
  await queue.run('y', () => Promise.resolve());
  expect(log).toEqual(['a begins', 'c begins', 'c ends']);
  a.resolve();
  expect(await all).toEqual(['a', 'b', 'c']);
  expect(log.slice(3)).toEqual(['a ends', 'b begins', 'b ends']);
});

test('a failure reaches its own caller only', async () => {
  const queue = new KeyedQueue();
  const first = queue.run('x', () => Promise.reject(new Error('first')));
  const second = queue.run('x', () => Promise.resolve('second'));
  await expect(first).rejects.toThrow('first');
  await expect(second).resolves.toBe('second');
});
