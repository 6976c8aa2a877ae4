import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFile,
  type FileHandle,
  mkdir,
  open,
  readFile,
  readdir,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import os from 'node:os';
import { describe, expect, jest, test } from '@jest/globals';
import { MirrorLockedError } from '../../lib/errors/mirror-locked-error.js';
import { StoreError } from '../../lib/errors/store-error.js';
import { realFiles } from '../../lib/store/files.js';
import { Folder } from '../../lib/store/folder.js';
import { lockOwner, takeLock } from '../../lib/store/lock.js';
import { processIdentity } from '../../lib/store/process-identity.js';
import { statePaths } from './support/state-paths.js';
import { storeFolder } from './support/store-folder.js';
import { useTemporaryDirectories } from './support/temporary-directory.js';

const newDirectory = useTemporaryDirectories();
const newFolder = async () => storeFolder(await newDirectory());
const fileOf = ({ root }: Folder) => statePaths(root).lock;
const guardOf = ({ root }: Folder) => statePaths(root).takeover;
const readHeld = async (folder: Folder): Promise<string> => readFile(fileOf(folder), 'utf8');

/** Nobody waits in these tests. */
/** A clock that goes on by a second with every look at it. */
const striding = (): (() => number) => {
  let ms = Date.now();
  return () => (ms += 1000);
};

const take = (folder: Folder, now = striding()) => takeLock(folder, { now, wait: () => Promise.resolve() });

/** No process can have this number. */
const NO_PID = 2 ** 30;
const MINUTE_MS = 61_000;

const write = async (file: string, text: string, silentMs: number): Promise<void> => {
  await writeFile(file, text);
  const seconds = (Date.now() - silentMs) / 1000;
  await utimes(file, seconds, seconds);
};
const ownedBy = (folder: Folder, held: object | string, silentMs = 0): Promise<void> =>
  write(fileOf(folder), typeof held === 'string' ? held : JSON.stringify(held), silentMs);

const identityOf = (pid: number) => {
  const { world, birth } = processIdentity(pid) ?? { world: undefined, birth: undefined };
  return { world, birth };
};
const owner = (more: object = {}) => ({
  pid: process.pid,
  host: os.hostname(),
  startedAt: '2026-02-03T09:00:00.000Z',
  token: 'other',
  ...identityOf(process.pid),
  ...more,
});

test('a lock tells its owner, and is gone when released', async () => {
  const folder = await newFolder();
  const lock = await takeLock(folder, { now: () => Date.parse('2026-02-03T10:00:00Z') });
  const told = { pid: process.pid, host: os.hostname(), startedAt: '2026-02-03T10:00:00.000Z' };
  expect(JSON.parse(await readHeld(folder))).toMatchObject(told);
  expect(lockOwner(folder, Date.now())).toEqual(told);
  await lock.release();
  expect(await readdir(statePaths(folder.root).directory)).toEqual(['tmp']);
});

test('a second taker is refused, told who and what to do', async () => {
  const folder = await newFolder();
  const lock = await take(folder);
  const second = take(folder);
  await expect(second).rejects.toThrow(MirrorLockedError);
  await expect(second).rejects.toThrow(
    new RegExp(`process ${process.pid} on .* is working on ${folder.root}`),
  );
  await expect(second).rejects.toMatchObject({ exitCode: 11, hint: expect.stringContaining('Wait') });
  await lock.release();
  await (await take(folder)).release();
});

describe('taken over from', () => {
  test.each<[string, object | string, number]>([
    ['a process of this machine that is dead', owner({ pid: NO_PID }), 0],
    ['a process whose number another one has now', owner({ birth: '1' }), 0],
    ['a process of another machine that is silent', owner({ host: 'elsewhere' }), MINUTE_MS],
    ['a process of another boot or container that is silent', owner({ world: 'other' }), MINUTE_MS],
    ['a process of another machine whose clock ran ahead', owner({ host: 'elsewhere' }), -MINUTE_MS],
    ['a number that may be any process of today', owner({ world: undefined }), 11 * MINUTE_MS],
    ['nobody knows whom', 'garbage', 0],
    ['nobody knows whom, at great length', '{'.repeat(30_000_000), 0],
    ['nobody: its maker died before it wrote its name', '', 0],
    ['nobody, in the future', '', -3_600_000],
  ])('%s', async (_, held, silentMs) => {
    const folder = await newFolder();
    await ownedBy(folder, held, silentMs);
    const lock = await take(folder);
    lock.check();
    expect(JSON.parse(await readHeld(folder))).toMatchObject({ pid: process.pid });
    expect((await readdir(statePaths(folder.root).directory)).sort()).toEqual(['lock', 'tmp']);
    await lock.release();
  });

  test('a process that is suspended and silent', async () => {
    const folder = await newFolder();
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log("up")']);
    await once(child.stdout, 'data');
    const pid = child.pid ?? NO_PID;
    await ownedBy(folder, owner({ pid, ...identityOf(pid) }), MINUTE_MS);
    await expect(take(folder)).rejects.toThrow(MirrorLockedError);
    child.kill('SIGSTOP');
    while (processIdentity(pid)?.isStopped === false);
    await (await take(folder)).release();
    child.kill('SIGKILL');
    await once(child, 'close');
  });
});

describe('not taken over from', () => {
  test.each<[string, object | string, number]>([
    ['a living process of this machine, however long it is silent', owner(), 60 * MINUTE_MS],
    ['a living process, though its clock ran ahead', owner(), -60 * MINUTE_MS],
    ['another machine, whose processes cannot be seen', owner({ pid: NO_PID, host: 'elsewhere' }), 30_000],
    ['a number in use, where the system tells no more', owner({ world: undefined }), MINUTE_MS],
  ])('%s', async (_, held, silentMs) => {
    const folder = await newFolder();
    await ownedBy(folder, held, silentMs);
    const before = await readHeld(folder);
    await expect(take(folder)).rejects.toThrow(MirrorLockedError);
    expect(await readHeld(folder)).toBe(before);
  });

  test.each<[string, (folder: Folder) => Promise<void>]>([
    ['is touched', (folder) => utimes(fileOf(folder), 2000, 2000)],
    [
      'gets another text',
      async (folder) => {
        await writeFile(fileOf(folder), 'more');
        await utimes(fileOf(folder), 1000, 1000);
      },
    ],
  ])('nobody knows whom, while the lock %s', async (_, change) => {
    const folder = await newFolder();
    await ownedBy(folder, 'garbage');
    await utimes(fileOf(folder), 1000, 1000);
    const waits: number[] = [];
    const wait = (ms: number): Promise<void> => {
      waits.push(ms);
      return change(folder);
    };
    await expect(takeLock(folder, { wait })).rejects.toThrow(`Another rxsync is working on ${folder.root}.`);
    expect(waits).toEqual([1000]);
    expect((await readdir(statePaths(folder.root).directory)).sort()).toEqual(['lock', 'tmp']);
  });

  test('one whose taker was overtaken: what the other one has there stays', async () => {
    const folder = await newFolder();
    await ownedBy(folder, 'garbage');
    const other = JSON.stringify(owner());
    const taken = takeLock(folder, { wait: () => writeFile(guardOf(folder), other) });
    await expect(taken).rejects.toThrow(MirrorLockedError);
    expect([await readHeld(folder), await readFile(guardOf(folder), 'utf8')]).toEqual(['garbage', other]);
  });

  test('a process that writes its name while it is watched', async () => {
    const folder = await newFolder();
    await ownedBy(folder, '');
    const taken = takeLock(folder, { wait: () => ownedBy(folder, owner()) });
    await expect(taken).rejects.toThrow(MirrorLockedError);
  });
});

test('of many takers of a dead lock one gets it, and the others are told', async () => {
  for (let round = 0; round < 20; round += 1) {
    const folder = await newFolder();
    await ownedBy(folder, owner({ pid: NO_PID }));
    const takers = await Promise.allSettled(Array.from({ length: 8 }, () => take(folder)));
    const refusals = takers.flatMap((taker): unknown[] =>
      taker.status === 'rejected' ? [taker.reason] : [],
    );
    expect(refusals).toHaveLength(7);
    expect(refusals.filter((reason) => !(reason instanceof MirrorLockedError))).toEqual([]);
    expect((await readdir(statePaths(folder.root).directory)).sort()).toEqual(['lock', 'tmp']);
    for (const taker of takers) if (taker.status === 'fulfilled') await taker.value.release();
  }
});

/** A folder with the lock of a dead owner, of which something is told when it has been removed. */
const deadWith = async (code: string): Promise<Folder> => {
  const unlink = async (file: string): Promise<void> => {
    await realFiles.unlink(file);
    throw Object.assign(new Error(code), { code, syscall: 'unlink' });
  };
  const folder = await storeFolder(await newDirectory(), { ...realFiles, unlink });
  await ownedBy(folder, owner({ pid: NO_PID }));
  return folder;
};

test('a dead lock that somebody else has just removed is no obstacle', async () => {
  const lock = await take(await deadWith('ENOENT'));
  expect(lock.isHeld()).toBe(true);
  await lock.release();
});

test('a dead lock that may not be removed is told as the system tells it', async () => {
  await expect(take(await deadWith('EACCES'))).rejects.toMatchObject({ code: 'EACCES' });
});

test('what is created in the place of the lock is refused as the system says', async () => {
  const writeRefused = () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }));
  const folder = await storeFolder(await newDirectory(), { ...realFiles, writeFile: writeRefused });
  await expect(take(folder)).rejects.toMatchObject({ code: 'ENOSPC' });
});

test.each<[string, object, number]>([
  ['of another machine', owner({ host: 'elsewhere' }), 60_000],
  ['of another boot', owner({ world: 'other' }), 60_000],
  ['of whom the number alone is known', owner({ world: undefined }), 600_000],
])('an owner %s is known until silent for longer than its time, in either direction', async (_, held, ms) => {
  const folder = await newFolder();
  await ownedBy(folder, held);
  await utimes(fileOf(folder), 1_000_000, 1_000_000);
  const at = 1_000_000_000;
  for (const now of [at, at + ms, at - ms])
    expect(lockOwner(folder, now)).toMatchObject({ pid: process.pid });
  for (const now of [at + ms + 1, at - ms - 1]) expect(lockOwner(folder, now)).toBeUndefined();
});

test('nobody is known of a lock that is not there, or names nobody', async () => {
  const folder = await newFolder();
  expect(lockOwner(folder, Date.now())).toBeUndefined();
  await ownedBy(folder, 'garbage');
  expect(lockOwner(folder, Date.now())).toBeUndefined();
});

test('what was released lets nobody through, and says so', async () => {
  const lock = await take(await newFolder());
  await lock.release();
  expect(() => lock.check()).toThrow(new StoreError('The mirror is closed already.'));
});

describe('a taker that died while it took over', () => {
  test.each([
    ['named', JSON.stringify(owner({ pid: NO_PID }))],
    ['before it had written its name', ''],
  ])('is no obstacle: %s', async (_what, text) => {
    const folder = await newFolder();
    await ownedBy(folder, owner({ pid: NO_PID }));
    await write(guardOf(folder), text, 30_000);
    await (await take(folder)).release();
    expect(await readdir(statePaths(folder.root).directory)).toEqual(['tmp']);
  });

  test('is told from one that is at it, who is named', async () => {
    const folder = await newFolder();
    await ownedBy(folder, owner({ pid: NO_PID }));
    const living = owner({ pid: process.pid, startedAt: '2026-02-03T04:05:06.000Z' });
    await write(guardOf(folder), JSON.stringify(living), 0);
    await expect(take(folder)).rejects.toThrow(
      `Another rxsync (process ${process.pid} on ${living.host}, since 2026-02-03T04:05:06.000Z) is working`,
    );
    expect(await readFile(guardOf(folder), 'utf8')).toBe(JSON.stringify(living));
  });
});

test('the heartbeat gives the lock a new time, and nobody else’s', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'Date'] });
  try {
    const folder = await newFolder();
    const lock = await take(folder);
    const held = await readHeld(folder);
    await utimes(fileOf(folder), 1000, 1000);
    jest.advanceTimersByTime(10_000);
    expect((await stat(fileOf(folder))).mtimeMs).toBeGreaterThan(1_000_000);
    expect(await readHeld(folder)).toBe(held);
    await rm(fileOf(folder));
    await ownedBy(folder, owner({ host: 'elsewhere' }), MINUTE_MS);
    const { mtimeMs } = await stat(fileOf(folder));
    jest.advanceTimersByTime(10_000);
    expect((await stat(fileOf(folder))).mtimeMs).toBe(mtimeMs);
    await lock.release();
    expect(jest.getTimerCount()).toBe(0);
  } finally {
    jest.useRealTimers();
  }
});

test('a heartbeat that is refused once is no matter: the next one is tried again', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'Date'] });
  try {
    const { root } = await newFolder();
    let isRefused = true;
    class Share extends Folder {
      override update(fd: number, text: string): void {
        if (isRefused) throw Object.assign(new Error('EIO'), { code: 'EIO', syscall: 'write' });
        super.update(fd, text);
      }
    }
    const folder = new Share(root);
    const lock = await take(folder);
    await utimes(fileOf(folder), 1000, 1000);
    jest.advanceTimersByTime(10_000);
    expect([lock.isHeld(), (await stat(fileOf(folder))).mtimeMs]).toEqual([true, 1_000_000]);
    isRefused = false;
    jest.advanceTimersByTime(10_000);
    expect(lock.isHeld()).toBe(true);
    expect((await stat(fileOf(folder))).mtimeMs).toBeGreaterThan(1_000_000);
    await lock.release();
  } finally {
    jest.useRealTimers();
  }
});

describe('a fence', () => {
  test.each<[string, (folder: Folder) => Promise<void>]>([
    ['another run has it', (folder) => ownedBy(folder, owner({ host: 'elsewhere' }))],
    [
      'another run has made it anew',
      async (folder) => {
        await rm(fileOf(folder));
        await ownedBy(folder, owner());
      },
    ],
    ['it was removed', (folder) => rm(fileOf(folder))],
  ])('is closed for ever when %s, and what is there then is not released', async (_, lose) => {
    const folder = await newFolder();
    const lock = await take(folder);
    const ours = await readHeld(folder);
    lock.check();
    await lose(folder);
    expect(() => lock.check()).toThrow(MirrorLockedError);
    await ownedBy(folder, ours);
    expect(lock.isHeld()).toBe(false);
    await lock.release();
    expect(await readHeld(folder)).toBe(ours);
  });

  test.each<[string, RegExp, (folder: Folder) => Promise<unknown>]>([
    [
      'another run that has it',
      /^Another rxsync \(process \d+ on elsewhere, since 2026-\S+\) has taken \S+ over/,
      (folder) => ownedBy(folder, owner({ host: 'elsewhere' })),
    ],
    ['its removal', /^The lock of this run on \S+ is gone: /, (folder) => rm(fileOf(folder))],
    ['garbage', /overwritten by something that names no run: /, (folder) => writeFile(fileOf(folder), '{}')],
    [
      'its own text with more behind it',
      /overwritten by something that names no run: /,
      (folder) => appendFile(fileOf(folder), ' and more'),
    ],
  ])('is closed by %s, and says so', async (_, words, lose) => {
    const folder = await newFolder();
    const lock = await take(folder);
    await lose(folder);
    expect(() => lock.check()).toThrow(MirrorLockedError);
    expect(() => lock.check()).toThrow(words);
    expect(() => lock.check()).toThrow('this one writes nothing more');
    await lock.release();
    expect(() => lock.check()).toThrow(words);
  });

  test.each([
    ['the mirror', ({ root }: Folder) => root],
    ['rxsync’s own folder', ({ root }: Folder) => statePaths(root).directory],
  ])('is closed when %s has gone', async (_, gone) => {
    const folder = await newFolder();
    const lock = await take(folder);
    await rm(gone(folder), { recursive: true });
    expect(() => lock.check()).toThrow(StoreError);
    expect(() => lock.check()).toThrow('has gone while this run worked on it');
    await lock.release();
  });

  test('lets through who looked at the lock just now, until it is known to be lost', async () => {
    const folder = await newFolder();
    let ms = 1_000_000;
    const lock = await take(folder, () => ms);
    lock.check();
    await ownedBy(folder, owner({ host: 'elsewhere' }));
    ms += 9;
    lock.check();
    expect(lock.isHeld()).toBe(false);
    expect(() => lock.check()).toThrow(MirrorLockedError);
    await lock.release();
  });

  test.each([10, -10])('holds no longer than that for who looks %d ms later', async (later) => {
    const folder = await newFolder();
    let ms = 1_000_000;
    const lock = await take(folder, () => ms);
    lock.check();
    await ownedBy(folder, owner({ host: 'elsewhere' }));
    ms += later;
    expect(() => lock.check()).toThrow(MirrorLockedError);
    await lock.release();
  });

  test('lets nobody through, and not a moment later either, while something else than a file is there', async () => {
    const folder = await newFolder();
    let ms = 1_000_000;
    const lock = await take(folder, () => ms);
    await rm(fileOf(folder));
    await mkdir(fileOf(folder));
    for (let i = 0; i < 3; i += 1) expect(() => lock.check()).toThrow('is a folder where rxsync keeps');
    ms += 5;
    expect(() => lock.check()).toThrow(StoreError);
    await rm(fileOf(folder), { recursive: true });
    await lock.release();
  });

  test('stays open when the lock gets another time, or is put back as it was', async () => {
    const folder = await newFolder();
    const lock = await take(folder);
    await utimes(fileOf(folder), 1000, 1000);
    expect(lock.isHeld()).toBe(true);
    const ours = await readHeld(folder);
    await rm(fileOf(folder));
    await writeFile(fileOf(folder), ours);
    expect(lock.isHeld()).toBe(true);
    await lock.release();
  });

  test('nothing is changed in a folder behind it', async () => {
    const folder = await newFolder();
    const lock = await take(folder);
    const fenced = folder.fenced(() => lock.check());
    await fenced.create('a', '1');
    await ownedBy(folder, owner({ host: 'elsewhere' }));
    const changes: (() => unknown)[] = [
      () => fenced.create('b', '1'),
      () => fenced.rename('a', 'c'),
      () => fenced.unlink('a'),
      () => fenced.makeDirectory('d'),
      () => fenced.removeDirectory('.rxsync/tmp'),
      () => fenced.createFrom('f', () => Promise.resolve()),
    ];
    for (const change of changes)
      await expect(Promise.resolve().then(change)).rejects.toThrow(MirrorLockedError);
    expect((await readdir(folder.root)).sort()).toEqual(['.rxsync', 'a']);
    await lock.release();
  });
});

describe('in the place of the lock', () => {
  test.each<[string, (file: string) => Promise<unknown>]>([
    ['a folder', (file) => mkdir(file)],
    ['a symbolic link', (file) => symlink('/etc/hostname', file)],
    ['a symbolic link', (file) => symlink('nowhere', file)],
  ])('%s is told', async (what, plant) => {
    for (const file of [fileOf, guardOf]) {
      const folder = await newFolder();
      if (file === guardOf) await ownedBy(folder, owner({ pid: NO_PID }));
      await plant(file(folder));
      await expect(take(folder)).rejects.toThrow(StoreError);
      await expect(take(folder)).rejects.toThrow(`is ${what} where rxsync keeps a file of its own`);
    }
  });
});

describe('of a thread', () => {
  const THREAD = 7;

  test('that has ended, it is taken over, and nobody is at work', async () => {
    const folder = await newFolder();
    await ownedBy(folder, owner({ thread: THREAD }));
    expect(lockOwner(folder, Date.now())).toBeUndefined();
    const lock = await take(folder);
    expect(lock.isHeld()).toBe(true);
    await lock.release();
  });

  test('that has it open, it is refused', async () => {
    const folder = await newFolder();
    await ownedBy(folder, owner({ thread: THREAD }));
    const handle = await open(fileOf(folder));
    await expect(take(folder)).rejects.toThrow(MirrorLockedError);
    expect(lockOwner(folder, Date.now())).toMatchObject({ pid: process.pid });
    await handle.close();
  });

  test('that has ended in another process, it is taken over', async () => {
    const folder = await newFolder();
    const other = spawn('sleep', ['60']);
    await once(other, 'spawn');
    const { pid = NO_PID } = other;
    await ownedBy(folder, owner({ pid, ...identityOf(pid) }));
    await expect(take(folder)).rejects.toThrow(MirrorLockedError);
    await ownedBy(folder, owner({ pid, ...identityOf(pid), thread: THREAD }));
    await (await take(folder)).release();
    other.kill();
  });

  test('that opens it only now, it is refused', async () => {
    const folder = await newFolder();
    await ownedBy(folder, owner({ thread: THREAD }));
    let handle: FileHandle | undefined;
    const wait = async () => {
      handle = await open(fileOf(folder));
    };
    await expect(takeLock(folder, { wait })).rejects.toThrow(MirrorLockedError);
    await handle?.close();
  });
});
