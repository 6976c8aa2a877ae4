import { expect, test } from '@jest/globals';
import { NEVER, Subject, concat, firstValueFrom, lastValueFrom, of, throwError, toArray } from 'rxjs';
import { withMirror$ } from '../../../lib/pull/run/with-mirror.js';
import { openMirror } from '../../../lib/store/open-mirror.js';
import type { OpenMirror } from '../../../lib/store/stored-mirror.js';
import { useTemporaryFolder } from '../../support/pulling.js';

const folder = useTemporaryFolder();

/** Opens a mirror whose end can be awaited. */
const setUp = async () => {
  const dir = await folder();
  const ends = new Subject<void>();
  let closes = 0;
  const open = async (): Promise<OpenMirror> => {
    const mirror = await openMirror(dir);
    const close = async (): Promise<void> => {
      closes += 1;
      await mirror.close();
      ends.next();
    };
    return { ...mirror, close };
  };
  return { dir, open, closed: firstValueFrom(ends), closes: () => closes };
};

test('closes after the work and before it completes, so that the next run can open', async () => {
  const { dir, open, closes } = await setUp();
  expect(await lastValueFrom(withMirror$(open, () => of(1, 2)).pipe(toArray()))).toEqual([1, 2]);
  expect(closes()).toBe(1);
  await (await openMirror(dir)).close();
});

test('closes after an error and passes that on', async () => {
  const { dir, open, closes } = await setUp();
  const reason = new Error('broken');
  const work = () =>
    concat(
      of(1),
      throwError(() => reason),
    );
  await expect(lastValueFrom(withMirror$(open, work))).rejects.toBe(reason);
  expect(closes()).toBe(1);
  await (await openMirror(dir)).close();
});

test('closes when unsubscribed', async () => {
  const { dir, open, closed, closes } = await setUp();
  await new Promise<void>((resolve) => {
    const subscription = withMirror$(open, () => concat(of(1), NEVER)).subscribe(() => {
      queueMicrotask(() => {
        subscription.unsubscribe();
        resolve();
      });
    });
  });
  await closed;
  expect(closes()).toBe(1);
  await (await openMirror(dir)).close();
});

test('closes when unsubscribed before it was open', async () => {
  const { dir, open, closed, closes } = await setUp();
  withMirror$(open, () => NEVER)
    .subscribe()
    .unsubscribe();
  await closed;
  expect(closes()).toBe(1);
  await (await openMirror(dir)).close();
});

test('a mirror that cannot be opened is an error, with nothing to close', async () => {
  const { dir, open, closes } = await setUp();
  const other = await openMirror(dir);
  await expect(lastValueFrom(withMirror$(open, () => of(1)))).rejects.toMatchObject({
    code: 'mirror-locked',
  });
  expect(closes()).toBe(0);
  await other.close();
});

test('tells of the end of a mirror that was given up, and of no other', async () => {
  const { dir, open } = await setUp();
  const given: Promise<void>[] = [];
  const onGivenUp = (closing: Promise<void>): void => void given.push(closing);
  await lastValueFrom(withMirror$(open, () => of(1), onGivenUp));
  expect(given).toEqual([]);
  withMirror$(open, () => NEVER, onGivenUp)
    .subscribe()
    .unsubscribe();
  expect(given.length).toBe(1);
  await given[0];
  await (await openMirror(dir)).close();
});
