import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { type E2eWiki, rxsync, startWiki, withFolder } from '../support/e2e.js';

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

test('--json beside --progress ndjson adds no second end: the last event is the summary', async () => {
  await withFolder(async (dir) => {
    const args = ['--no-attachments', '--progress', 'ndjson', '--json'];
    const linesOf = async (...targets: readonly string[]) => {
      const { stdout } = await rxsync(['pull', dir, ...targets, ...args], { env: wiki.env });
      return stdout
        .trimEnd()
        .split('\n')
        .map((line) => Event.parse(JSON.parse(line)));
    };
    const ends = ({ type }: z.infer<typeof Event>) => /^run\.(?!started)/.test(type);
    for (const [space, end] of [
      ['LARGE', 'run.finished'],
      ['NONE', 'run.failed'],
    ] as const) {
      const lines = await linesOf('--space', space);
      expect(lines.filter(ends).map(({ type }) => type)).toEqual([end]);
      expect(lines.at(-1)?.type).toBe(end);
    }
  });
});

describe('--log-file', () => {
  test('adds what --progress ndjson tells, run after run, whatever is shown', async () => {
    await withFolder(async (dir) => {
      const log = path.join(dir, 'pull.log');
      const pull = (...args: readonly string[]) =>
        rxsync(['pull', path.join(dir, 'mirror'), '--no-attachments', ...args, '--log-file', log], {
          env: wiki.env,
        });
      const first = await pull('--space', 'LARGE', '--progress', 'ndjson');
      expect(await readFile(log, 'utf8')).toBe(first.stdout);
      expect(await pull('--quiet')).toEqual({ code: 0, stdout: '', stderr: '' });
      const added = (await readFile(log, 'utf8')).slice(first.stdout.length);
      expect(added).toMatch(
        /^\{"v":1,"seq":1,[^\n]*"type":"run\.started"[^]*"type":"run\.finished"[^\n]*\}\n$/,
      );
    });
  });

  test('that cannot be opened is told before anything is done', async () => {
    await withFolder(async (dir) => {
      const mirror = path.join(dir, 'mirror');
      const args = ['pull', mirror, '--space', 'LARGE', '--log-file', path.join(dir, 'nowhere/pull.log')];
      expect(await rxsync(args, { env: wiki.env })).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/^rxsync: The log file ".*nowhere\/pull\.log" cannot be written/),
      });
      expect(existsSync(mirror)).toBe(false);
    });
  });

  test('that takes no more ends the pull with a checkpoint', async () => {
    await withFolder(async (dir) => {
      const args = ['pull', dir, '--space', 'LARGE', '--log-file', '/dev/full', '--json'];
      const run = await rxsync(args, { env: wiki.env });
      expect(run).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/^rxsync: The output cannot be written: ENOSPC/m),
      });
      expect(JSON.parse(run.stdout)).toMatchObject({ type: 'run.interrupted', reason: 'output' });
    });
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

test('the state of a finished mirror is readable', async () => {
  await withFolder(async (dir) => {
    await rxsync(['pull', dir, '--space', 'LARGE'], { env: wiki.env });
    const state: unknown = JSON.parse(await readFile(path.join(dir, '.rxsync/state.json'), 'utf8'));
    expect(state).toMatchObject({ schemaVersion: 1, checkpoint: null, counts: { page: 60, attachment: 40 } });
    expect(state).toHaveProperty('lastFullSync', expect.stringMatching(/^\d{4}-/));
  });
});
