import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type E2eWiki, rxsync, startWiki, withFolder } from '../support/e2e.js';
import { Pty, type PtyOptions } from '../support/pty.js';

const CTRL_C = '\u0003';
const ESC = '\u001b[';

let wiki: E2eWiki;

beforeAll(async () => {
  wiki = await startWiki({ pages: 1500, attachments: 200, comments: 20, latencyMs: 40 });
});

afterAll(() => wiki.close());

const pull = (dir: string, options: PtyOptions, ...flags: readonly string[]): Pty =>
  new Pty(['pull', dir, '--space', 'LARGE', ...flags], { ...options, env: { ...wiki.env, ...options.env } });

/** The lines of the block: those of the lanes and the one of the pace. */
const blockIn = (lines: readonly string[]): readonly string[] =>
  lines.filter((line) => /^(pages |attachments |comments |eta )/.test(line));

test('80 columns: a line a lane with its bar, and when it will be done', async () => {
  await withFolder(async (dir) => {
    const terminal = pull(dir, { columns: 80 }, '--comments');
    const block = blockIn(await terminal.until(/^eta \d/));
    expect(block).toEqual([
      expect.stringMatching(/^pages {8}\[[=-]{8,}\] +[\d,]+\/1,505 {2}\d+\.\d\/s$/),
      expect.stringMatching(/^attachments {2}\[[=-]{8,}\] +[\d,]+\/200 {2}[\d.]+ k?M?B$/),
      expect.stringMatching(/^comments {5}\[[=-]{8,}\] +\d+\/\d+$/),
      expect.stringMatching(/^eta [\d:]+ {2}concurrency \d+ {2}\d+ requests$/),
    ]);
    terminal.type(CTRL_C);
    expect(await terminal.exit).toBe(130);
    // Nothing of the block is left behind.
    expect(blockIn(terminal.lines()).filter((line) => line.includes('/'))).toEqual([]);
    expect(terminal.raw).toContain(`${ESC}33m`);
  });
});

test('40 columns: counts and time, each on one line, below sentences that wrap between words', async () => {
  await withFolder(async (dir) => {
    const terminal = pull(dir, { columns: 40 });
    const lines = await terminal.until(/^eta \d/);
    expect(lines.join('\n')).toMatch(
      /^Listed 1,505 pages, \d+ folders, 200\n {2}attachments; to fetch: 1,505 pages,\n {2}200 attachments\.$/m,
    );
    const block = blockIn(lines);
    expect(block).toEqual([
      expect.stringMatching(/^pages {8} *[\d,]+\/1,505 {2}\d+\.\d\/s$/),
      expect.stringMatching(/^attachments {2} *[\d,]+\/200 {2}/),
      expect.stringMatching(/^eta [\d:]+ {2}concurrency \d+/),
    ]);
    terminal.type(CTRL_C);
    await terminal.exit;
  });
});

test('a narrower terminal is drawn anew at once, without remains of the wider one', async () => {
  await withFolder(async (dir) => {
    const terminal = pull(dir, { columns: 80 });
    await terminal.until(/^eta \d/);
    terminal.resize(40);
    const lines = await terminal.until(/^pages {8} *[\d,]+\/1,505/);
    expect(blockIn(lines)).toHaveLength(3);
    expect(lines.every((line) => !/^[\]=-]/.test(line))).toBe(true);
    terminal.type(CTRL_C);
    await terminal.exit;
  });
});

test('a second Ctrl-C stops at once and says so; status then tells what is there', async () => {
  await withFolder(async (dir) => {
    const terminal = pull(dir, { columns: 80 });
    await terminal.until(/^eta \d/);
    terminal.type(CTRL_C);
    await terminal.until(/^Stopping: finishing what is in flight/);
    terminal.type(CTRL_C);
    expect(await terminal.exit).toBe(130);
    expect(terminal.lines().join('')).toContain('Stopped at once by SIGINT: what is written stays');
    const { stdout } = await rxsync(['status', dir]);
    const [, told] = /([\d,]+) of 1,7\d\d items done/.exec(stdout) ?? [];
    const files = await readdir(dir, { recursive: true, withFileTypes: true });
    const written = files.filter(
      (file) => file.isFile() && !path.relative(dir, file.parentPath).startsWith('.rxsync'),
    );
    const folders = Number(/folders +(\d+)/.exec(stdout)?.[1]);
    // But for what was cut off in flight.
    const count = Number(told?.replace(',', ''));
    expect(Math.abs(count - written.length - folders)).toBeLessThan(10);
  });
});

test('a wait is counted down, with its reason', async () => {
  const limited = await startWiki({ pages: 300, pointsQuota: 60 });
  await withFolder(async (dir) => {
    const terminal = new Pty(['pull', dir, '--space', 'LARGE'], { columns: 80, env: limited.env });
    await terminal.until(/^waiting \d+:\d\d {2}rate limit \(quota/);
    const [first] = terminal.lines().filter((line) => line.startsWith('waiting'));
    const [, seconds] = /:(\d\d)/.exec(first ?? '') ?? [];
    const lines = await terminal.until(new RegExp(`^waiting \\d+:(?!${seconds ?? ''})\\d\\d `));
    expect(lines.filter((line) => line.startsWith('waiting'))).toHaveLength(1);
    terminal.type(CTRL_C);
    expect(await terminal.exit).toBe(130);
  });
  await limited.close();
});

test.each<[string, PtyOptions, readonly string[]]>([
  ['TERM=dumb', { columns: 80, env: { TERM: 'dumb' } }, []],
  ['--progress plain --no-color', { columns: 80 }, ['--progress', 'plain', '--no-color']],
])('%s: plain lines, nothing that a terminal must understand', async (_name, options, flags) => {
  await withFolder(async (dir) => {
    const terminal = pull(dir, options, '--attachments=none', ...flags);
    expect(await terminal.exit).toBe(0);
    expect(terminal.raw).not.toContain('\u001b');
    expect(terminal.raw).toMatch(/^pages \d+\/1505 .*concurrency \d+/m);
    expect(terminal.raw).toMatch(/Mirrored LARGE/);
  });
});

test.each<[string, Readonly<Record<string, string>>, readonly string[], boolean]>([
  ['colour on a terminal', {}, [], true],
  ['none with NO_COLOR', { NO_COLOR: '1' }, [], false],
  ['an empty NO_COLOR says nothing', { NO_COLOR: '' }, [], true],
  ['none with --no-color', {}, ['--no-color'], false],
  ['none with RXSYNC_COLOR=no', { RXSYNC_COLOR: 'no' }, [], false],
  ['none with TERM=dumb', { TERM: 'dumb' }, [], false],
  ['--color insists', { NO_COLOR: '1' }, ['--color'], true],
])('%s, in errors, too', async (_name, env, flags, isColored) => {
  await withFolder(async (dir) => {
    const terminal = new Pty(['status', dir, ...flags], { columns: 80, env });
    expect(await terminal.exit).toBe(2);
    expect(terminal.raw).toContain('There is no mirror');
    expect(terminal.raw.includes(`${ESC}31m`)).toBe(isColored);
  });
});
