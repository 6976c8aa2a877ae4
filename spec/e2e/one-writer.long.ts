import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm, utimes } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';
import { BIN, type E2eWiki, readTree, ROOT, rxsync, startWiki, withFolder } from '../support/e2e.js';
import { treeDifference } from '../support/tree-difference.js';

const ARGS = ['--space', 'LARGE', '--comments', '--progress', 'ndjson'];

interface Suspended {
  readonly wake: () => Promise<{ readonly code: number | null; readonly stderr: string }>;
}

/** Starts a pull and suspends it as soon as it has written its first page. */
const suspendedPull = async (wiki: E2eWiki, dir: string): Promise<Suspended> => {
  const child = spawn(process.execPath, [BIN, 'pull', dir, ...ARGS], {
    env: { PATH: process.env.PATH, HOME: dir, ...wiki.env },
  });
  let stderr = '';
  child.stderr.on('data', (text: Buffer) => {
    stderr += text.toString();
  });
  const closed = once(child, 'close');
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (text: Buffer) => {
      if (text.includes('"page.written"')) resolve();
    });
  });
  child.kill('SIGSTOP');
  return {
    wake: async () => {
      child.kill('SIGCONT');
      await closed;
      return { code: child.exitCode, stderr };
    },
  };
};

/** The databases, by the names of their files. */
const readStore = async (dir: string): Promise<Record<string, string>> => {
  const entries = await readdir(path.join(dir, '.rxsync'), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.parentPath.includes('store-'));
  const named = files.map((entry) => path.join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(named.map(async (file) => [file, await readFile(file, 'latin1')] as const)),
  );
};

/** Lets the lock look as old as it is after a minute of silence. */
const age = async (dir: string): Promise<void> => {
  const before = Date.now() / 1000 - 61;
  await utimes(path.join(dir, '.rxsync/lock'), before, before);
};

interface Scene {
  readonly wiki: E2eWiki;
  /** A mirror that nobody has disturbed. */
  readonly whole: string;
  /** Where another one comes to be. */
  readonly dir: string;
}

const withWhole = async (use: (scene: Scene) => Promise<void>): Promise<void> => {
  const wiki = await startWiki({ pages: 200, attachments: 30, comments: 20, bodyKb: 4, latencyMs: 20 });
  await withFolder(async (base) => {
    const whole = path.join(base, 'whole');
    expect(await rxsync(['pull', whole, ...ARGS], { env: wiki.env })).toMatchObject({ code: 0 });
    const dir = path.join(base, 'shared');
    await use({ wiki, whole, dir });
  });
  await wiki.close();
};

test('who was suspended and lost its lock writes nothing more, and says so', async () => {
  await withWhole(async ({ wiki, whole, dir }) => {
    const first = await suspendedPull(wiki, dir);
    expect(await rxsync(['pull', dir, ...ARGS], { env: wiki.env })).toMatchObject({ code: 11 });
    await age(dir);
    expect(await rxsync(['pull', dir, ...ARGS], { env: wiki.env })).toMatchObject({ code: 0 });
    const state = await readFile(path.join(dir, '.rxsync/state.json'), 'utf8');
    const records = await readStore(dir);
    const { code, stderr } = await first.wake();
    expect({ code, stderr }).toEqual({
      code: 11,
      stderr: expect.stringContaining('this one writes nothing more'),
    });
    expect(treeDifference(await readTree(dir), await readTree(whole))).toEqual([]);
    expect(await readFile(path.join(dir, '.rxsync/state.json'), 'utf8')).toBe(state);
    expect(await readStore(dir)).toEqual(records);
    // A file that it was making at that moment may have come to be there.
    await rm(path.join(dir, '.rxsync/tmp'), { recursive: true });
    expect(await rxsync(['verify', dir])).toMatchObject({ code: 0 });
  });
});

test('who wakes while the other one works leaves it its files and its lock', async () => {
  await withWhole(async ({ wiki, whole, dir }) => {
    const first = await suspendedPull(wiki, dir);
    await age(dir);
    let waking: ReturnType<Suspended['wake']> | undefined;
    const second = await rxsync(['pull', dir, ...ARGS], {
      env: wiki.env,
      onOutput: (text) => {
        if (text.includes('"page.written"')) waking ??= first.wake();
      },
    });
    expect([second.code, (await waking)?.code]).toEqual([0, 11]);
    expect(treeDifference(await readTree(dir), await readTree(whole))).toEqual([]);
    expect(await rxsync(['verify', dir])).toMatchObject({ code: 0 });
  });
});

/** Pulls in a worker thread that ends in the middle, and says so; the process lives on. */
const inThread = (wiki: E2eWiki, dir: string): string => {
  const library = JSON.stringify(pathToFileURL(path.join(ROOT, 'dist/lib/index.js')).href);
  const { CONFLUENCE_URL: url, CONFLUENCE_EMAIL: email, CONFLUENCE_API_TOKEN: apiToken } = wiki.env;
  const options = JSON.stringify({
    url,
    credentials: { email, apiToken },
    space: 'LARGE',
    dir,
    comments: true,
  });
  const pulling = `import(${library}).then(({ pull }) =>
    pull(${options}, { onEvent: ({ type }) => type === 'page.written' && process.exit() }));`;
  return `import { Worker } from 'node:worker_threads';
    new Worker(${JSON.stringify(pulling)}, { eval: true }).once('exit', () => console.log('ended'));
    setInterval(() => undefined, 1000);`;
};

test('a worker thread that ended in a process that lives keeps nobody out', async () => {
  await withWhole(async ({ wiki, whole, dir }) => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', inThread(wiki, dir)]);
    try {
      await once(child.stdout, 'data');
      expect(await readFile(path.join(dir, '.rxsync/lock'), 'utf8')).toContain(`"pid":${child.pid}`);
      expect(await rxsync(['pull', dir, ...ARGS], { env: wiki.env })).toMatchObject({ code: 0 });
      expect(treeDifference(await readTree(dir), await readTree(whole))).toEqual([]);
    } finally {
      child.kill();
    }
  });
});
