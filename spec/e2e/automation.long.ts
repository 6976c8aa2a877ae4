import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { BIN, type E2eWiki, readTree, ROOT, startWiki, withFolder } from '../support/e2e.js';

const recipes = await readFile(path.join(ROOT, 'docs/automation.md'), 'utf8');

/** The blocks of one language, in their order. */
const blocks = (language: string): string[] =>
  [...recipes.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].flatMap(([, found, text = '']) =>
    found === language ? [text] : [],
  );

const [SCRIPT = '', SETTINGS = '', INDEX = ''] = blocks('sh');

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const Failed = z.object({ code: z.number(), stdout: z.string(), stderr: z.string() });

let wiki: E2eWiki;
beforeAll(async () => {
  wiki = await startWiki({ pages: 12, attachments: 4, comments: 0, bodyKb: 1 });
});
afterAll(() => wiki.close());

/** Runs shell lines where `rxsync` is the built command and git knows who commits. */
const shell = async (
  text: string,
  { home, cwd = home, ...env }: { home: string; cwd?: string } & Record<string, string>,
): Promise<Ended> => {
  const bin = path.join(home, 'bin');
  await mkdir(bin, { recursive: true });
  await writeFile(path.join(bin, 'rxsync'), `#!/bin/sh\nexec '${process.execPath}' '${BIN}' "$@"\n`);
  await chmod(path.join(bin, 'rxsync'), 0o755);
  const identity = { NAME: 'Ada', EMAIL: 'ada@example.com' };
  const whole = {
    ...wiki.env,
    HOME: home,
    PATH: `${bin}:${process.env.PATH ?? ''}`,
    SPACE: 'LARGE',
    ...Object.fromEntries(
      ['AUTHOR', 'COMMITTER'].flatMap((role) =>
        Object.entries(identity).map(([what, value]) => [`GIT_${role}_${what}`, value]),
      ),
    ),
    ...env,
  };
  try {
    const told = await promisify(execFile)('bash', ['-e', '-c', text], { cwd, env: whole });
    return { code: 0, ...told };
  } catch (error) {
    return Failed.parse(error);
  }
};

const git = async (home: string, cwd: string, command: string): Promise<string> =>
  (await shell(`git ${command}`, { home, cwd })).stdout;

const script = async (home: string): Promise<string> => {
  const file = path.join(home, 'mirror-wiki');
  await writeFile(file, SCRIPT);
  await chmod(file, 0o755);
  return file;
};

test('the script: quiet, a commit when something has changed, and none when nothing has', async () => {
  await withFolder(async (home) => {
    const file = await script(home);
    const mirror = path.join(home, 'wiki');
    expect(await shell(file, { home })).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await git(home, mirror, 'log --oneline')).toMatch(/^\w+ Wiki of \d{4}-.*Z\n$/);
    expect(await git(home, mirror, 'ls-files')).toContain('index.md\n');
    expect(await git(home, mirror, 'ls-files')).not.toContain('.rxsync');
    expect(await shell(file, { home })).toEqual({ code: 0, stdout: '', stderr: '' });
    expect((await git(home, mirror, 'log --oneline')).split('\n')).toHaveLength(2);
    const [page] = wiki.sandbox.wiki.list('page', 'LARGE');
    wiki.sandbox.wiki.editPage(page?.id ?? '', { body: '<p>New text.</p>' });
    expect((await shell(file, { home })).code).toBe(0);
    expect((await git(home, mirror, 'log --oneline')).split('\n')).toHaveLength(3);
    expect(await git(home, mirror, 'status --short')).toBe('');
  });
});

test('the script: loud when something fails, with what is left behind; what came is committed', async () => {
  await withFolder(async (home) => {
    const file = await script(home);
    const refused = await shell(file, { home, CONFLUENCE_API_TOKEN: 'wrong' });
    expect(refused.code).toBe(12);
    expect(refused.stderr).toContain('rxsync pull of LARGE ended with 12');
    wiki.sandbox.wild.set('no-scope=read:user:confluence');
    const partial = await shell(file, { home });
    wiki.sandbox.wild.set('');
    expect(partial.code).toBe(3);
    expect(partial.stderr).toContain("people's names could not be listed whole");
    expect(await git(home, path.join(home, 'wiki'), 'log --oneline')).toMatch(/Wiki of/);
  });
});

test('the line of cron, with the file of settings, runs the script', async () => {
  const [crontab = ''] = blocks('crontab');
  const line = crontab.split('\n').find((each) => !each.includes('MAILTO')) ?? '';
  const [, schedule = '', command = ''] = /^((?:\S+ ){5})(.+)$/.exec(line) ?? [];
  expect(schedule).toMatch(/^(?:[\d*/,-]+ ){5}$/);
  await withFolder(async (home) => {
    await mkdir(path.join(home, '.config'), { recursive: true });
    const { CONFLUENCE_URL = '', CONFLUENCE_EMAIL = '', CONFLUENCE_API_TOKEN = '' } = wiki.env;
    const settings = SETTINGS.replace(/(?<=CONFLUENCE_URL=).*/, CONFLUENCE_URL)
      .replace(/(?<=CONFLUENCE_EMAIL=).*/, CONFLUENCE_EMAIL)
      .replace(/(?<=CONFLUENCE_API_TOKEN=).*/, CONFLUENCE_API_TOKEN);
    await writeFile(path.join(home, '.config/rxsync.env'), settings);
    await mkdir(path.join(home, 'bin'));
    await writeFile(path.join(home, 'bin/mirror-wiki'), SCRIPT);
    await chmod(path.join(home, 'bin/mirror-wiki'), 0o755);
    const without = { CONFLUENCE_URL: '', CONFLUENCE_EMAIL: '', CONFLUENCE_API_TOKEN: '' };
    expect(await shell(command, { home, ...without })).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(Object.keys(await readTree(path.join(home, 'wiki')))).toContain('index.md');
  });
});

/** What may stand in the sections of the recipes; see systemd.unit(5), systemd.service(5) and systemd.timer(5). */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  Unit: ['Description', 'OnFailure'],
  Service: ['Type', 'EnvironmentFile', 'ExecStart', 'TimeoutStopSec'],
  Timer: ['OnCalendar', 'RandomizedDelaySec', 'Persistent'],
  Install: ['WantedBy'],
};

test('the units of systemd have sections and keys that there are, and lead to each other', () => {
  const units = blocks('ini');
  expect(units).toHaveLength(3);
  const unknown = units.flatMap((unit) =>
    [...unit.matchAll(/^\[(\w+)\]\n([^[]*)/gm)].flatMap(([, section = '', body = '']) =>
      body
        .split('\n')
        .filter((line) => line !== '' && KEYS[section]?.includes(/^(\w+)=\S/.exec(line)?.[1] ?? '') !== true),
    ),
  );
  expect(unknown).toEqual([]);
  expect(units[0]).toContain('ExecStart=%h/bin/mirror-wiki\n');
  expect(recipes).toContain('mirror-wiki-failed.service`');
  expect(recipes).toContain('enable --now mirror-wiki.timer');
});

const Workflow = z.object({
  on: z.object({ schedule: z.tuple([z.object({ cron: z.string() })]), workflow_dispatch: z.null() }),
  permissions: z.object({ contents: z.literal('write') }),
  jobs: z.object({
    mirror: z.object({
      env: z.record(z.string(), z.string()),
      steps: z.array(
        z.object({ name: z.string().optional(), uses: z.string().optional(), run: z.string().optional() }),
      ),
    }),
  }),
});

test('the workflow of GitHub: its steps pull, commit and push, with the state and without it', async () => {
  const { jobs } = Workflow.parse(parse(blocks('yaml')[0] ?? ''));
  const { steps } = jobs.mirror;
  const lines = steps.flatMap(({ name, run }) => (run === undefined || name === 'Install' ? [] : [run]));
  expect(lines).toHaveLength(4);
  const [begin = '', pull = '', commit = ''] = lines;
  await withFolder(async (home) => {
    const [origin, clone] = [path.join(home, 'origin.git'), path.join(home, 'clone')];
    await shell(`git init --quiet --bare '${origin}' && git clone --quiet '${origin}' '${clone}'`, { home });
    const GITHUB_OUTPUT = path.join(home, 'output');
    const run = async (): Promise<void> => {
      for (const line of [begin, pull, commit])
        expect(await shell(line, { home, cwd: clone, GITHUB_OUTPUT })).toMatchObject({ code: 0 });
      expect(await readFile(GITHUB_OUTPUT, 'utf8')).toContain('code=0\n');
    };
    await run();
    const before = await readTree(path.join(clone, 'wiki'));
    const [page] = wiki.sandbox.wiki.list('page', 'LARGE').slice(-1);
    wiki.sandbox.wiki.deletePage(page?.id ?? '');
    await rm(path.join(clone, 'wiki/.rxsync'), { recursive: true });
    await run();
    const after = await readTree(path.join(clone, 'wiki'));
    expect(Object.keys(after).length).toBeLessThan(Object.keys(before).length);
    expect(await git(home, origin, 'log --oneline')).toMatch(/Wiki of .*\n.*Wiki of /);
    expect(await git(home, clone, 'status --short')).toBe('');
  });
});

test('the index takes what has changed since the run that it has taken last', async () => {
  await withFolder(async (home) => {
    const bin = path.join(home, 'bin');
    await mkdir(bin);
    await writeFile(path.join(bin, 'load'), '#!/bin/sh\n[ -z "${FAIL:-}" ] && cat "$1" >>"$HOME/loaded"\n');
    await chmod(path.join(bin, 'load'), 0o755);
    const loaded = async (): Promise<readonly string[]> => {
      const lines = (await readFile(path.join(home, 'loaded'), 'utf8')).trimEnd().split('\n');
      await rm(path.join(home, 'loaded'));
      return lines.map((line) => z.looseObject({ op: z.string() }).parse(JSON.parse(line)).op);
    };
    const pull = 'rxsync pull wiki --space LARGE --quiet';
    expect(await shell(`${pull}\n${INDEX}`, { home })).toMatchObject({ code: 0 });
    expect((await loaded()).length).toBeGreaterThan(12);
    wiki.sandbox.wiki.createPage('Found', { spaceKey: 'LARGE', body: '<p>Found.</p>' });
    expect((await shell(`${pull}\n${INDEX}`, { home, FAIL: 'yes' })).code).not.toBe(0);
    expect(await shell(INDEX, { home })).toMatchObject({ code: 0 });
    expect(await loaded()).toEqual(['upsert', 'end']);
    expect(await shell(INDEX, { home })).toMatchObject({ code: 0 });
    expect(await loaded()).toEqual(['end']);
  });
});
