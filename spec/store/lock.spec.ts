import { readFile, readdir, stat, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { MirrorLockedError } from '../../lib/errors/mirror-locked-error.js';
import { takeLock } from '../../lib/store/lock.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();
const NOW_MS = Date.parse('2026-02-03T10:00:00Z');
const now = () => NOW_MS;

/** No process can have this number. */
const NO_PID = 2 ** 30;

const newLock = async () => path.join(await newDirectory(), 'lock');

const ownedBy = async (file: string, owner: object | string, silentMs = 0): Promise<void> => {
  await writeFile(file, typeof owner === 'string' ? owner : JSON.stringify(owner));
  const seconds = (NOW_MS - silentMs) / 1000;
  await utimes(file, seconds, seconds);
};
const owner = (more: object = {}) => ({
  pid: process.pid,
  host: os.hostname(),
  startedAt: '2026-02-03T09:00:00.000Z',
  ...more,
});

test('a lock tells its owner, and is gone when released', async () => {
  const file = await newLock();
  const lock = await takeLock(file, 'docs', now);
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
    pid: process.pid,
    host: os.hostname(),
    startedAt: '2026-02-03T10:00:00.000Z',
  });
  await lock.release();
  expect(await readdir(path.dirname(file))).toEqual([]);
});

test('a second taker is refused, told who and what to do', async () => {
  const file = await newLock();
  const lock = await takeLock(file, 'docs', Date.now);
  const second = takeLock(file, 'docs', Date.now);
  await expect(second).rejects.toThrow(MirrorLockedError);
  await expect(second).rejects.toThrow(new RegExp(`process ${process.pid} on .* is working on docs`));
  await expect(second).rejects.toMatchObject({ exitCode: 11, hint: expect.stringContaining('Wait') });
  await lock.release();
  await (await takeLock(file, 'docs', Date.now)).release();
});

describe('taken over from', () => {
  test.each([
    ['a process of this machine that is dead', owner({ pid: NO_PID }), 0],
    ['a process that is silent for more than a minute', owner(), 61_000],
    ['a process of another machine that is silent', owner({ host: 'elsewhere' }), 61_000],
    ['nobody knows whom, silent', 'garbage', 61_000],
  ])('%s', async (_, held, silentMs) => {
    const file = await newLock();
    await ownedBy(file, held, silentMs);
    const lock = await takeLock(file, 'docs', now);
    expect(await readFile(file, 'utf8')).toContain('2026-02-03T10:00:00.000Z');
    expect(await readdir(path.dirname(file))).toEqual(['lock']);
    await lock.release();
  });
});

describe('not taken over from', () => {
  test.each([
    ['a living process', owner(), 30_000],
    ['another machine, whose processes cannot be seen', owner({ pid: NO_PID, host: 'elsewhere' }), 30_000],
    ['a process that is just writing its lock', '', 0],
  ])('%s', async (_, held, silentMs) => {
    const file = await newLock();
    await ownedBy(file, held, silentMs);
    const before = await readFile(file, 'utf8');
    await expect(takeLock(file, 'docs', now)).rejects.toThrow(MirrorLockedError);
    expect(await readFile(file, 'utf8')).toBe(before);
  });
});

test('of many takers of a dead lock one gets it, and the others are told', async () => {
  for (let round = 0; round < 20; round += 1) {
    const file = await newLock();
    await ownedBy(file, owner({ pid: NO_PID }));
    const takers = await Promise.allSettled(Array.from({ length: 8 }, () => takeLock(file, 'docs', now)));
    const refusals = takers.flatMap((taker): unknown[] =>
      taker.status === 'rejected' ? [taker.reason] : [],
    );
    expect(refusals).toHaveLength(7);
    expect(refusals.filter((reason) => !(reason instanceof MirrorLockedError))).toEqual([]);
    expect(await readdir(path.dirname(file))).toEqual(['lock']);
    for (const taker of takers) if (taker.status === 'fulfilled') await taker.value.release();
  }
});

test('a taker that died while it took over is no obstacle for long', async () => {
  const file = await newLock();
  await ownedBy(file, owner({ pid: NO_PID }));
  await ownedBy(`${file}.takeover`, '', 30_000);
  await expect(takeLock(file, 'docs', now)).rejects.toThrow(MirrorLockedError);
  await ownedBy(`${file}.takeover`, '', 61_000);
  await (await takeLock(file, 'docs', now)).release();
  expect(await readdir(path.dirname(file))).toEqual([]);
});

test('the heartbeat shows that the owner lives', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'Date'] });
  try {
    const file = await newLock();
    let nowMs = NOW_MS;
    const lock = await takeLock(file, 'docs', () => nowMs);
    nowMs += 120_000;
    jest.advanceTimersByTime(10_000);
    for (let i = 0; i < 1000 && (await stat(file)).mtimeMs !== nowMs; i += 1);
    await expect(takeLock(file, 'docs', () => nowMs + 50_000)).rejects.toThrow(MirrorLockedError);
    expect((await stat(file)).mtimeMs).toBe(nowMs);
    await lock.release();
    expect(jest.getTimerCount()).toBe(0);
  } finally {
    jest.useRealTimers();
  }
});

test('a lock that another run has taken over is not released', async () => {
  const file = await newLock();
  const lock = await takeLock(file, 'docs', now);
  await ownedBy(file, owner({ host: 'elsewhere' }));
  await lock.release();
  expect(await readFile(file, 'utf8')).toContain('elsewhere');
});
