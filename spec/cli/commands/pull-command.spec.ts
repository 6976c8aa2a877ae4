import path from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import fs from 'fs-extra';
import type { RxsyncEvent } from '../../../lib/events/events.js';
import { parseEvent } from '../../../lib/events/parse-event.js';
import { openMirror } from '../../../lib/store/open-mirror.js';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../../lib/sandbox/index.js';
import { type CommandOptions, environmentOf, runCommand } from '../../support/command-line.js';
import { filesIn, useTemporaryFolder } from '../../support/pulling.js';

const folder = useTemporaryFolder();
const open: Sandbox[] = [];

afterEach(async () => {
  for (const sandbox of open.splice(0)) await sandbox.close();
});

const SMALL: SandboxOptions = { pages: 6, folders: 0, attachments: 2, comments: 3, blogposts: 1, bodyKb: 1 };

const newWiki = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const sandbox = await createSandbox({ ...SMALL, siteUrl: 'https://wiki.example', ...options });
  open.push(sandbox);
  return sandbox;
};

/** Pulls the large space into `dir` with further flags. */
const pull = (sandbox: Sandbox, dir: string, flags: readonly string[] = [], options: CommandOptions = {}) =>
  runCommand(['pull', dir, '--space', 'LARGE', ...flags], {
    ...options,
    env: { ...environmentOf(sandbox), ...options.env },
  });

/** Credentials for an address where nobody listens. */
const NOBODY = {
  CONFLUENCE_URL: 'http://127.0.0.1:1',
  CONFLUENCE_EMAIL: 'ada@example.com',
  CONFLUENCE_API_TOKEN: 'token',
};

const namesIn = async (dir: string): Promise<string[]> => Object.keys(await filesIn(dir));

describe('what to mirror', () => {
  test.each<[string[], RegExp, boolean]>([
    [[], /\.md$/, true],
    [['--format', 'storage'], /\.xhtml$/, true],
    [['--format', 'adf'], /\.adf\.json$/, true],
    [['--format', 'adf'], /\.md$/, false],
    [[], /\.attachments\//, true],
    [['--attachments=none'], /\.attachments\//, false],
    [[], /\.comments\.md$/, false],
    [['--comments'], /\.comments\.md$/, true],
  ])('%j: files like %s: %s', async (flags, pattern, are) => {
    const dir = await folder();
    expect(await pull(await newWiki(), dir, flags)).toMatchObject({ code: 0 });
    expect((await namesIn(dir)).some((name) => pattern.test(name))).toBe(are);
  });

  test('--label, --cql and --ancestor narrow the scope, --labels tells of labels', async () => {
    const sandbox = await newWiki();
    const { id } = sandbox.wiki.createPage('Chosen');
    sandbox.wiki.label(id, { add: 'chosen' });
    const scopes = [
      ['--label', 'chosen'],
      ['--cql', `id = ${id}`],
      ['--ancestor', id],
    ];
    for (const scope of scopes) {
      const dir = await folder();
      await pull(sandbox, dir, [...scope, '--labels', '--attachments=none']);
      const files = Object.entries(await filesIn(dir)).filter(([name]) => !name.startsWith('blog/'));
      expect([scope, files.length]).toEqual([scope, 1]);
      expect(files[0]?.[1]).toMatch(/^labels:\n {2}- chosen$/m);
    }
  });
});

describe('what leaves', () => {
  /** A mirror of a wiki that has lost three pages since. */
  const threeGone = async () => {
    const dir = await folder();
    const sandbox = await newWiki({ pages: 12 });
    expect(await pull(sandbox, dir)).toMatchObject({ code: 0 });
    for (const { id } of sandbox.wiki.list('page', 'LARGE').slice(-3)) sandbox.wiki.deletePage(id);
    return { dir, sandbox };
  };
  const pagesIn = async (dir: string) =>
    (await namesIn(dir)).filter((name) => name.endsWith('.md') && !name.startsWith('blog/'));

  test('--max-delete refuses more, with 14, and --force lets them go', async () => {
    const { dir, sandbox } = await threeGone();
    expect(await pull(sandbox, dir, ['--max-delete', '2'])).toMatchObject({ code: 14 });
    expect(await pagesIn(dir)).toHaveLength(12);
    expect(await pull(sandbox, dir, ['--max-delete', '2', '--force'])).toMatchObject({ code: 0 });
    expect(await pagesIn(dir)).toHaveLength(9);
  });

  test('--dry-run tells what would leave and leaves it', async () => {
    const { dir, sandbox } = await threeGone();
    const { code, stdout } = await pull(sandbox, dir, ['--dry-run', '--json']);
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 0, dryRun: true });
    expect(await pagesIn(dir)).toHaveLength(12);
  });

  test('--no-check-deletions does not look for it', async () => {
    const { dir, sandbox } = await threeGone();
    expect(await pull(sandbox, dir, ['--no-check-deletions'])).toMatchObject({ code: 0 });
    expect(await pagesIn(dir)).toHaveLength(12);
  });

  test('--force overwrites what was changed here, which otherwise is kept aside', async () => {
    const dir = await folder();
    const sandbox = await newWiki({ attachments: 0 });
    await pull(sandbox, dir);
    const edit = () => fs.appendFile(path.join(dir, 'index.md'), 'mine');
    await edit();
    await pull(sandbox, dir, ['--full']);
    expect(await namesIn(dir)).toContain('index.md.local-1');
    await fs.remove(path.join(dir, 'index.md.local-1'));
    await edit();
    await pull(sandbox, dir, ['--full', '--force']);
    expect(await namesIn(dir)).not.toContain('index.md.local-1');
  });
});

describe('warnings', () => {
  const WRONG_SIZE =
    /^warning: The wiki states \d+ bytes for attachment \S+ ".*", and sends \d+, which is stored\.$/m;

  test.each([['--progress', 'none'], ['--progress', 'plain'], ['--quiet'], ['-q', '--progress', 'none']])(
    'of files that are not what the wiki states are told with %s %s',
    async (...flags) => {
      const sandbox = await newWiki({ wild: 'stated-size=1' });
      const { code, stderr } = await pull(sandbox, await folder(), flags);
      expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(WRONG_SIZE) });
    },
  );

  test.each([['--progress', 'none'], ['-q']])('of files kept aside are told with %s', async (...flags) => {
    const dir = await folder();
    const sandbox = await newWiki({ attachments: 0 });
    await pull(sandbox, dir);
    await fs.appendFile(path.join(dir, 'index.md'), 'mine');
    const { stderr } = await pull(sandbox, dir, ['--full', ...flags]);
    expect(stderr).toContain(
      'warning: index.md held something that rxsync has not written; it is kept as index.md.local-1.',
    );
  });

  test('--json tells them, too', async () => {
    const sandbox = await newWiki({ wild: 'stated-size=1' });
    const { stdout } = await pull(sandbox, await folder(), ['--json', '-q']);
    expect(JSON.parse(stdout)).toMatchObject({
      warningCount: 2,
      warnings: [
        { code: 'wrong-size', message: expect.stringContaining('which is stored') },
        { code: 'wrong-size' },
      ],
    });
  });
});

describe('how', () => {
  test('--timeout is in seconds', async () => {
    const sandbox = await newWiki({ latencyMs: 120, attachments: 0, pages: 2 });
    const once = ['--max-retries', '0'];
    expect(await pull(sandbox, await folder(), ['--timeout', '30', ...once])).toMatchObject({ code: 0 });
    expect(await pull(sandbox, await folder(), ['--timeout', '0.03', ...once])).toMatchObject({ code: 1 });
  });

  test('--max-wait is the longest that the wiki may ask for', async () => {
    const sandbox = await newWiki({ faults: '429:listing=100' });
    expect(await pull(sandbox, await folder(), ['--max-wait', '99'])).toMatchObject({ code: 13 });
  });

  test('--max-retries 0 tries once', async () => {
    const retriesOf = async (flags: string[]) => {
      const sandbox = await newWiki({ faults: '500:space@1' });
      return (await pull(sandbox, await folder(), flags)).code;
    };
    expect(await retriesOf(['--max-retries', '0'])).toBe(1);
    expect(await retriesOf(['--max-retries', '4'])).toBe(0);
  });

  test.each([
    ['timeout', '0'],
    ['timeout', '2147484'],
    ['max-wait', '-1'],
    ['concurrency', '0'],
    ['max-concurrency', '101'],
    ['attachment-concurrency', '65'],
    ['max-retries', '101'],
    ['quota-reserve', '101'],
    ['max-delete', 'many'],
  ])('--%s %s is refused with 2, by its name', async (flag, value) => {
    const args = ['pull', await folder(), '--space', 'LARGE', `--${flag}=${value}`];
    const { code, stderr } = await runCommand(args, { env: NOBODY });
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(`--${flag}`) });
  });
});

test('what is set counts in this order: command line, environment, config file', async () => {
  const sandbox = await newWiki({ attachments: 0 });
  const configFile = path.join(await folder(), 'rxsync.config.yaml');
  await fs.writeFile(configFile, 'format: storage\n');
  const endings = async (flags: string[], env: Record<string, string>) => {
    const dir = await folder();
    await pull(sandbox, dir, flags, { configFile, env });
    return [...new Set((await namesIn(dir)).map((name) => name.slice(name.indexOf('.'))))].sort();
  };
  expect(await endings([], {})).toEqual(['.meta.json', '.xhtml']);
  expect(await endings([], { RXSYNC_FORMAT: 'adf' })).toEqual(['.adf.json', '.meta.json']);
  expect(await endings(['--format', 'markdown'], { RXSYNC_FORMAT: 'adf' })).toEqual(['.md']);
});

test.each<[string, string[], Record<string, string>, string, string]>([
  ['the mirror remembers', [], {}, '', '.xhtml'],
  ['the config file comes before what it remembers', [], {}, 'format: adf\n', '.adf.json'],
  ['the environment before the file', [], { RXSYNC_FORMAT: 'markdown' }, 'format: adf\n', '.md'],
  ['the command line before all', ['--format', 'adf'], { RXSYNC_FORMAT: 'markdown' }, '', '.adf.json'],
])('%s', async (_what, flags, env, config, ending) => {
  const sandbox = await newWiki({ attachments: 0 });
  const dir = await folder();
  const configFile = path.join(await folder(), 'rxsync.config.yaml');
  await fs.writeFile(configFile, config);
  await pull(sandbox, dir, ['--format', 'storage', '--comments']);
  const { code, stderr } = await pull(sandbox, dir, flags, { env, configFile });
  const names = await namesIn(dir);
  expect(code).toBe(0);
  expect(names).toContain(`index${ending}`);
  expect(names.some((name) => name.endsWith('.comments.md'))).toBe(true);
  expect(/^format: storage -> /m.test(stderr)).toBe(ending !== '.xhtml');
});

test('--no-label ends what the mirror remembers, also where a config file has one', async () => {
  const sandbox = await newWiki({ attachments: 0 });
  const { id } = sandbox.wiki.createPage('Chosen');
  sandbox.wiki.label(id, { add: 'chosen' });
  const dir = await folder();
  const configFile = path.join(await folder(), 'rxsync.config.yaml');
  await fs.writeFile(configFile, 'label: chosen\n');
  await pull(sandbox, dir, [], { configFile });
  expect((await pull(sandbox, dir)).stderr).not.toMatch(/label:/);
  expect(await namesIn(dir)).toHaveLength(1);
  const { stderr } = await pull(sandbox, dir, ['--no-label'], { configFile });
  expect(stderr).toMatch(/^label: chosen -> off, all pages of the space come$/m);
  const count = (await namesIn(dir)).length;
  expect(count).toBeGreaterThan(1);
  await pull(sandbox, dir);
  expect(await namesIn(dir)).toHaveLength(count);
});

describe('signals', () => {
  /** Pulls from a slow wiki and sends the process signals when its first page is there. */
  const pullAndSignal = async (signals: readonly NodeJS.Signals[], spaces = 'LARGE') => {
    const sandbox = await newWiki({ latencyMs: 60 });
    let told = false;
    return runCommand(['pull', await folder(), '--space', spaces, '--progress', 'ndjson'], {
      env: environmentOf(sandbox),
      onOut: (text) => {
        if (told || !text.includes('"type":"page.written"')) return;
        told = true;
        // Its files are still under way.
        setImmediate(() => signals.forEach((signal) => process.emit(signal, signal)));
      },
    });
  };
  const startsIn = (stdout: string) => stdout.split('"type":"run.started"').length - 1;

  test.each<[NodeJS.Signals[], number]>([
    [['SIGINT'], 130],
    [['SIGTERM'], 143],
    [['SIGTERM', 'SIGINT'], 130],
    [['SIGINT', 'SIGTERM'], 143],
  ])('%j: the exit code is that of the last', async (signals, code) => {
    expect(await pullAndSignal(signals)).toMatchObject({ code });
  });

  test('further spaces are not begun', async () => {
    const { code, stdout } = await pullAndSignal(['SIGINT'], 'LARGE,SMALL,~sandbox,NONE,GONE');
    expect([code, startsIn(stdout)]).toEqual([130, 3]);
    expect(stdout).not.toMatch(/NONE|GONE/);
  });
});

describe('several spaces', () => {
  const eventsOf = (stdout: string): readonly RxsyncEvent[] =>
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => parseEvent(line));

  test('are pulled side by side, each a run of its own with a sequence of its own', async () => {
    const sandbox = await newWiki({ latencyMs: 20 });
    const args = ['pull', await folder(), '--space', 'LARGE,SMALL', '--progress', 'ndjson'];
    const { code, stdout } = await runCommand(args, { env: environmentOf(sandbox) });
    expect(code).toBe(0);
    const events = eventsOf(stdout);
    const types = events.map(({ type }) => type).filter((type) => type.startsWith('run.'));
    expect(types).toEqual(['run.started', 'run.started', 'run.finished', 'run.finished']);
    for (const id of new Set(events.map(({ run }) => run))) {
      const own = events.filter(({ run }) => run === id);
      expect(own.map(({ seq }) => seq)).toEqual(own.map((_, index) => index + 1));
      expect([own[0]?.type, own.at(-1)?.type]).toEqual(['run.started', 'run.finished']);
    }
  });

  test('the exit code is that of the first, as they are named, that failed, whichever ended first', async () => {
    const sandbox = await newWiki();
    const dir = await folder();
    const { close } = await openMirror(path.join(dir, 'LARGE'));
    const codeOf = async (spaces: string) =>
      (await runCommand(['pull', dir, '--space', spaces], { env: environmentOf(sandbox) })).code;
    expect([await codeOf('NONE,LARGE,SMALL'), await codeOf('LARGE,NONE,SMALL')]).toEqual([10, 11]);
    const args = ['pull', dir, '--space', 'NONE,LARGE,SMALL'];
    const { stderr } = await runCommand(args, { env: environmentOf(sandbox) });
    expect(stderr).toMatch(/^Not complete: NONE \(exit 10\), LARGE \(exit 11\)\. .*\n$/m);
    await close();
  });
});

/** Sends this process a signal as soon as it listens to those. */
const stopAtOnce = (): void => {
  const onListener = (name: string | symbol): void => {
    if (name !== 'SIGTERM') return;
    process.off('newListener', onListener);
    process.nextTick(() => process.emit('SIGTERM', 'SIGTERM'));
  };
  process.on('newListener', onListener);
};

test.each([
  ['LARGE', /Not begun: LARGE\.\n$/],
  ['LARGE,SMALL', /Not begun: LARGE, SMALL\.\n$/],
])('a stop before anything is begun is no success: %s', async (spaces, told) => {
  const sandbox = await newWiki();
  const dir = await folder();
  const args = ['pull', dir, '--space', spaces];
  const env = environmentOf(sandbox);
  expect(await runCommand(args, { env })).toMatchObject({ code: 0 });
  stopAtOnce();
  expect(await runCommand(args, { env })).toMatchObject({ code: 143, stderr: expect.stringMatching(told) });
  stopAtOnce();
  expect(await runCommand([...args, '--quiet'], { env })).toMatchObject({ code: 143, stderr: '' });
});

test('a stop before all spaces are listed is no success', async () => {
  const env = environmentOf(await newWiki());
  stopAtOnce();
  expect(await runCommand(['pull', await folder(), '--space', '*'], { env })).toMatchObject({
    code: 143,
    stderr: expect.stringMatching(/Not begun: the spaces are not listed yet\.\n$/),
  });
});

test('credentials that are refused are not tried for each further space', async () => {
  const sandbox = await newWiki();
  const { code, stderr } = await pull(sandbox, await folder(), ['--space', 'SECOND,THIRD'], {
    env: { CONFLUENCE_API_TOKEN: 'wrong' },
  });
  expect(code).toBe(12);
  expect(stderr.match(/does not accept the credentials/g)).toHaveLength(1);
});

test('a space that is not found does not keep the next from being pulled; its code is the run’s', async () => {
  const sandbox = await newWiki();
  const dir = await folder();
  const run = await runCommand(['pull', dir, '--space', 'NOPE,LARGE'], { env: environmentOf(sandbox) });
  expect(run.code).toBe(10);
  expect(await namesIn(path.join(dir, 'LARGE'))).toContain('index.md');
});
