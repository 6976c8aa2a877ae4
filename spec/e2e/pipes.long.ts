import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parseEvent } from '../../lib/events/parse-event.js';
import { BIN, type E2eWiki, rxsync, startWiki, withFolder } from '../support/e2e.js';

let wiki: E2eWiki;

beforeAll(async () => {
  wiki = await startWiki({ pages: 60, attachments: 40, comments: 20, latencyMs: 20 });
});

afterAll(() => wiki.close());

interface Piped {
  /** Of rxsync, whatever became of the reader. */
  readonly code: number | null;
  readonly stderr: string;
}

/** Runs rxsync in a shell, with something behind it: `| true`, `> /dev/full`. */
const piped = (args: readonly string[], behind: string): Promise<Piped> =>
  new Promise((resolve, reject) => {
    const script = `"$0" "$@" ${behind}; exit "\${PIPESTATUS[0]}"`;
    const child = spawn('bash', ['-c', script, process.execPath, BIN, ...args], {
      env: { PATH: process.env.PATH, ...wiki.env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stderr }));
  });

const readState = async (dir: string): Promise<unknown> =>
  JSON.parse(await readFile(path.join(dir, '.rxsync/state.json'), 'utf8'));

test('a reader that closes the pipe early ends the run with 141 and a checkpoint', async () => {
  await withFolder(async (dir) => {
    const pull = ['pull', dir, '--space', 'LARGE', '--progress', 'ndjson'];
    expect(await piped(pull, '| head -n 1 > /dev/null')).toEqual({ code: 141, stderr: '' });
    expect(await readState(dir)).toMatchObject({ checkpoint: { scope: { space: 'LARGE' }, failedIds: [] } });
    const again = await rxsync(['pull', dir, '--space', 'LARGE', '--json', '--quiet'], { env: wiki.env });
    expect(JSON.parse(again.stdout)).toMatchObject({ exitCode: 0, totals: { page: { listed: 60 } } });
  });
});

test('a reader that is gone when there is something to say: 141, and no word', async () => {
  await withFolder(async (dir) => {
    await rxsync(['pull', dir, '--space', 'LARGE'], { env: wiki.env });
    // The reader has gone before the listing of the wiki has come.
    expect(await piped(['verify', dir, '--remote'], '| true')).toEqual({ code: 141, stderr: '' });
    expect(await piped(['pull', dir, '--json', '--quiet'], '| true')).toEqual({ code: 141, stderr: '' });
  });
});

test('a full disk behind the events ends the run with a sentence', async () => {
  await withFolder(async (dir) => {
    const { code, stderr } = await piped(
      ['pull', dir, '--space', 'LARGE', '--progress', 'ndjson'],
      '> /dev/full',
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/^rxsync: The output cannot be written: ENOSPC.*\n {2}Make room.*\n$/);
  });
});

test('a full disk behind any other command is a failure with a sentence, never a stack trace', async () => {
  await withFolder(async (dir) => {
    await rxsync(['pull', dir, '--space', 'LARGE'], { env: wiki.env });
    for (const args of [
      ['pull', dir, '--json', '--quiet'],
      ['pull', dir, '--json', '--quiet', '--dry-run'],
      ['status', dir],
      ['status', dir, '--json'],
      ['verify', dir],
      ['verify', dir, '--json'],
      ['doctor', dir],
      ['doctor', dir, '--json'],
      ['--help'],
      ['--version'],
    ]) {
      const { code, stderr } = await piped(args, '> /dev/full');
      expect([args, code]).toEqual([args, 1]);
      expect(stderr).toMatch(/^rxsync: The output cannot be written: ENOSPC/);
      expect(stderr.trimEnd().split('\n')).toHaveLength(2);
    }
  });
});

test('an error keeps its exit code, whatever becomes of the output', async () => {
  await withFolder(async (dir) => {
    const { code, stderr } = await piped(['status', dir, '--json'], '> /dev/full');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^rxsync: There is no mirror/);
  });
});

test('what is told people cannot be written: the work is done all the same, and the exit code says so', async () => {
  await withFolder(async (dir) => {
    expect(await piped(['pull', dir, '--space', 'LARGE'], '2> /dev/full')).toMatchObject({ code: 1 });
    expect(await readState(dir)).toMatchObject({ checkpoint: null });
  });
});

test('a reader that takes its time misses no event, and the run waits for it', async () => {
  const large = await startWiki({ pages: 700, attachments: 0, comments: 0, bodyKb: 1 });
  await withFolder(async (dir) => {
    const child = spawn(
      process.execPath,
      [BIN, 'pull', dir, '--space', 'LARGE', '--progress', 'ndjson', '--verbose'],
      { env: { PATH: process.env.PATH, ...large.env }, stdio: ['ignore', 'pipe', 'ignore'] },
    );
    const ended = once(child, 'close');
    let text = '';
    for await (const chunk of child.stdout.setEncoding('utf8')) {
      text += String(chunk);
      // Far more is written than a pipe holds.
      for (let turn = 0; turn < 200; turn += 1) await nextTurn();
    }
    expect((await ended)[0]).toBe(0);
    const events = text
      .trimEnd()
      .split('\n')
      .map((line) => parseEvent(line));
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.filter(({ type }) => type === 'page.written')).toHaveLength(705);
    expect(events.at(-1)?.type).toBe('run.finished');
  });
  await large.close();
});

test('a pull that changes nothing writes a few events, with --verbose one for each page', async () => {
  await withFolder(async (dir) => {
    await rxsync(['pull', dir, '--space', 'LARGE'], { env: wiki.env });
    const eventsOf = async (...flags: readonly string[]): Promise<string[]> => {
      const { stdout } = await rxsync(['pull', dir, '--progress', 'ndjson', ...flags], { env: wiki.env });
      return stdout.trimEnd().split('\n');
    };
    expect((await eventsOf()).length).toBeLessThan(15);
    const skipped = (await eventsOf('--verbose')).filter((line) => line.includes('"page.skipped"'));
    expect(skipped).toHaveLength(65);
  });
});
