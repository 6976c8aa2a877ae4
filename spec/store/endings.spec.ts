import { expect, test } from '@jest/globals';
import { ended, noteEnding } from '../../lib/store/endings.js';

const deferred = () => {
  let resolve = (): void => undefined;
  let reject: (reason: Error) => void = () => undefined;
  const promise = new Promise<void>((...both) => {
    [resolve, reject] = both;
  });
  return { promise, resolve, reject };
};

test('the last run that was given up is waited for, in its folder only', async () => {
  const [first, second] = [deferred(), deferred()];
  const told: string[] = [];
  noteEnding('one', first.promise);
  noteEnding('./one/', second.promise);
  const waiting = ended('one').then(() => told.push('one'));
  await ended('other').then(() => told.push('other'));
  first.resolve();
  await first.promise;
  expect(told).toEqual(['other']);
  second.reject(new Error('broken'));
  await waiting;
  expect(told).toEqual(['other', 'one']);
  await ended('one');
});
