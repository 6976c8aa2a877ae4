import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { BIN, type E2eWiki, rxsync, startWiki, withFolder } from '../support/e2e.js';

let wiki: E2eWiki;

beforeAll(async () => {
  wiki = await startWiki({ pages: 60, attachments: 40, comments: 20, latencyMs: 20 });
});

afterAll(() => wiki.close());

const Event = z.looseObject({
  v: z.literal(1),
  seq: z.number(),
  ts: z.string(),
  run: z.string(),
  type: z.string(),
});

test('--progress ndjson: one event a line, numbered, begun and ended once', async () => {
  await withFolder(async (dir) => {
    const run = await rxsync(['pull', dir, '--space', 'LARGE', '--progress', 'ndjson'], { env: wiki.env });
    const events = run.stdout
      .trimEnd()
      .split('\n')
      .map((line) => Event.parse(JSON.parse(line)));
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
    expect(new Set(events.map((event) => event.run)).size).toBe(1);
    expect(events[0]).toMatchObject({ type: 'run.started', space: 'LARGE', mode: 'full' });
    expect(events.at(-1)).toMatchObject({ type: 'run.finished', exitCode: 0 });
    expect(events.filter(({ type }) => type.startsWith('run.'))).toHaveLength(2);
    expect(events.filter(({ type }) => type === 'page.written')).toHaveLength(65);
    expect(events.filter(({ type }) => type === 'attachment.written')).toHaveLength(40);
    expect(run.stderr).toBe('');
  });
});

test('piped: plain lines on stderr, nothing on stdout, no terminal codes', async () => {
  await withFolder(async (dir) => {
    const run = await rxsync(['pull', dir, '--space', 'LARGE'], { env: wiki.env });
    expect(run).toMatchObject({ code: 0, stdout: '' });
    expect(run.stderr).toMatch(/Mirrored LARGE into .* in 0:\d\d\./);
    expect(run.stderr).not.toContain('\u001b');
  });
});

test('--quiet says nothing when all is well', async () => {
  await withFolder(async (dir) => {
    const run = await rxsync(['pull', dir, '--space', 'LARGE', '--quiet'], { env: wiki.env });
    expect(run).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});

test('a reader that closes the pipe early ends the run cleanly, with a checkpoint', async () => {
  await withFolder(async (dir) => {
    const command = `"${process.execPath}" "${BIN}" pull "${dir}" --space LARGE --progress ndjson | head -n 1`;
    const code = await new Promise((resolve) => {
      spawn('bash', ['-c', `set -o pipefail; ${command}`], {
        env: { PATH: process.env.PATH, ...wiki.env },
        stdio: ['ignore', 'ignore', 'inherit'],
      }).on('close', resolve);
    });
    expect(code).toBe(0);
    const state: unknown = JSON.parse(await readFile(path.join(dir, '.rxsync/state.json'), 'utf8'));
    expect(state).toMatchObject({ checkpoint: { scope: { space: 'LARGE' }, failedIds: [] } });
    const again = await rxsync(['pull', dir, '--space', 'LARGE', '--json', '--quiet'], { env: wiki.env });
    expect(JSON.parse(again.stdout)).toMatchObject({ exitCode: 0, totals: { page: { listed: 60 } } });
  });
});

test('the state of a finished mirror is readable', async () => {
  await withFolder(async (dir) => {
    await rxsync(['pull', dir, '--space', 'LARGE'], { env: wiki.env });
    const state: unknown = JSON.parse(await readFile(path.join(dir, '.rxsync/state.json'), 'utf8'));
    expect(state).toMatchObject({ schemaVersion: 1, checkpoint: null, counts: { page: 60, attachment: 40 } });
    expect(state).toHaveProperty('lastFullSync', expect.stringMatching(/^\d{4}-/));
  });
});
