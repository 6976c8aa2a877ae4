import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ensureSymlink } from 'fs-extra';
import { z } from 'zod';
import { DocumentLine } from '../../lib/documents/document.js';
import { parseSandboxSpec } from '../../lib/sandbox/index.js';
import { BIN, readTree, ROOT, rxsync, startWiki } from '../support/e2e.js';

const run = promisify(execFile);
const Manifest = z.object({ dependencies: z.record(z.string(), z.string()) });

let folder: string;

/** The packed package, unpacked where a project would have it, beside its dependencies. */
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'rxsync-package-'));
  const { stdout } = await run(
    'npm',
    ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder],
    { cwd: ROOT },
  );
  const modules = path.join(folder, 'node_modules');
  await mkdir(path.join(modules, 'rxsync'), { recursive: true });
  await run('tar', [
    '-xzf',
    path.join(folder, stdout.trim()),
    '-C',
    path.join(modules, 'rxsync'),
    '--strip-components=1',
  ]);
  const { dependencies } = Manifest.parse(
    JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8')),
  );
  for (const name of Object.keys(dependencies)) {
    await mkdir(path.dirname(path.join(modules, name)), { recursive: true });
    await symlink(path.join(ROOT, 'node_modules', name), path.join(modules, name));
  }
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const runScript = async (
  name: string,
  code: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string> => {
  await writeFile(path.join(folder, name), code);
  const { stdout } = await run(process.execPath, [name], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
  });
  return stdout;
};

const tool = (name: string): string => path.join(ROOT, 'node_modules/.bin', name);

test('publint and attw find nothing to say, node10 included; it is for ESM, which `require` loads, too', async () => {
  const [tarball = ''] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
  const packed = path.join(folder, tarball);
  const lines = await run(tool('publint'), ['--strict', packed]);
  expect(lines.stdout).toContain('All good!');
  const ignored = [
    '--ignore-rules',
    'cjs-resolves-to-esm',
    '--exclude-entrypoints',
    'event.schema.json',
    'document.schema.json',
  ];
  const { stdout } = await run(tool('attw'), [packed, ...ignored, '--no-definitely-typed']);
  expect(stdout).toContain('No problems found');
});

const PUBLIC = [
  'pull$',
  'pull',
  'createWiki',
  'toMarkdown',
  'parseEvent',
  'encodeEvent',
  'RxsyncError',
  'isRxsyncError',
  'EXIT',
];
const OPERATORS = [
  'adaptiveMergeMap',
  'expandCursor$',
  'retryWithJitter',
  'settle',
  'checkpointOn',
  'sampleProgress',
];

test.each([
  ['import.mjs', `import * as all from 'rxsync'; import * as operators from 'rxsync/operators';`],
  ['require.cjs', `const all = require('rxsync'); const operators = require('rxsync/operators');`],
])('the packed package has its exports (%s)', async (name, imports) => {
  const code = `${imports} console.log(JSON.stringify([Object.keys(all), Object.keys(operators)]));`;
  const [all, operators] = z
    .tuple([z.array(z.string()), z.array(z.string())])
    .parse(JSON.parse(await runScript(name, code)));
  expect(all).toEqual(expect.arrayContaining(PUBLIC));
  expect(operators).toEqual(expect.arrayContaining(OPERATORS));
});

const CONSUMER = `
import { BehaviorSubject, filter, map, mergeMap, type Observable } from 'rxjs';
import { createWiki, liveDeps, pull, pull$, type Fetched, type PullDeps, type PullOptions, type RxsyncEvent, type Wiki } from 'rxsync';
import type { FoundPageInTree, PageWithBody } from 'rxsync';
import { settle } from 'rxsync/operators';
import { createSandbox, type Sandbox } from 'rxsync/sandbox';

const options: PullOptions = { url: 'https://x', credentials: { email: 'a', apiToken: 'b' }, space: 'D', dir: 'd' };
const events$: Observable<RxsyncEvent> = pull$(options);
export const paths: string[] = [];
events$.subscribe((event) => {
  if (event.type === 'page.written') paths.push(event.path);
});
export const bytes$: Observable<number> = events$.pipe(
  filter((event) => event.type === 'page.written'),
  map((event) => event.bytes),
);
export const sandbox: Promise<Sandbox> = createSandbox({ pages: 10 });
// @ts-expect-error a space is a string
pull$({ ...options, space: 1 });
export const exitCode: Promise<number> = pull(options).then((summary) => summary.exitCode);
export { settle };

const wiki: Wiki = createWiki({ url: 'https://x', credentials: { bearerToken: 'b' } });
const demand = new BehaviorSubject(true);
export const bodies$: Observable<Fetched<FoundPageInTree, PageWithBody>> = wiki
  .searchPages$('label = "x"', { demand$: demand })
  .pipe(mergeMap(({ items }) => items), wiki.fetchPages({ demand }));
pull$({ wiki, space: 'D', dir: 'd' });
export const deps: PullDeps = { ...liveDeps, connect: (options, gate, chance) => liveDeps.connect(options, gate, chance) };
// @ts-expect-error a wiki has its address
pull$({ wiki, url: 'https://x', space: 'D', dir: 'd' });
`;

const require = createRequire(import.meta.url);
const attwRequire = createRequire(path.join(ROOT, 'node_modules/@arethetypeswrong/core/package.json'));
/** Ours, and the oldest that the README speaks of, which attw brings along. */
const COMPILERS = { '6.0': require, '5.6': attwRequire };

test.each(Object.entries(COMPILERS))(
  'its types are whole: a project of its own compiles, libraries checked (TypeScript %s)',
  async (version, from) => {
    await mkdir(path.join(folder, 'node_modules/@types'), { recursive: true });
    for (const name of ['@types/node', 'undici-types'])
      await ensureSymlink(path.join(ROOT, 'node_modules', name), path.join(folder, 'node_modules', name));
    await writeFile(path.join(folder, 'consumer.mts'), CONSUMER);
    const options = ['--module', 'nodenext', '--strict', '--noEmit', '--types', 'node', '--preserveSymlinks'];
    const tsc = from.resolve('typescript/bin/tsc');
    expect((await run(process.execPath, [tsc, '--version'])).stdout).toContain(`Version ${version}`);
    const compiling = run(process.execPath, [tsc, ...options, '--skipLibCheck', 'false', 'consumer.mts'], {
      cwd: folder,
    });
    expect(await compiling.catch((error: unknown) => error)).toMatchObject({ stdout: '' });
  },
);

const readme = (): Promise<string> => readFile(path.join(ROOT, 'README.md'), 'utf8');

const example = async (index: number): Promise<string> =>
  [...(await readme()).matchAll(/```ts\n(.*?)```/gs)][index]?.[1] ?? '';

test('the converter example of the README runs', async () => {
  expect(await runScript('converter.mjs', await example(2))).toBe('### Risk: high\n\nFire\n\n');
});

test('the library example of the README runs', async () => {
  const wiki = await startWiki({ pages: 10, attachments: 0, comments: 0 });
  const { email, apiToken: token } = wiki.sandbox.credentials;
  const code = (await example(0))
    .replace('https://example.atlassian.net', wiki.sandbox.url)
    .replace('you@example.com', email)
    .replace("'DOCS'", "'LARGE'");
  const output = await runScript('example.mjs', code, { CONFLUENCE_API_TOKEN: token });
  await wiki.close();
  expect(output.trimEnd().split('\n')).toEqual(expect.arrayContaining(['index.md']));
});

test('the chain of the README runs', async () => {
  const wiki = await startWiki({ pages: 10, attachments: 0, comments: 0 });
  const { url, credentials, wiki: content } = wiki.sandbox;
  const [homepage] = content.list('page', 'LARGE');
  if (homepage) content.label(homepage.id, { add: 'guide' });
  const code = (await example(1))
    .replace('https://example.atlassian.net', url)
    .replace('you@example.com', credentials.email)
    .replace('space = DOCS', 'space = LARGE');
  const output = await runScript('chain.mjs', code, { CONFLUENCE_API_TOKEN: credentials.apiToken });
  await wiki.close();
  const lines = output.trimEnd().split('\n');
  expect(lines.map((line): unknown => JSON.parse(line))).toContainEqual({
    title: homepage?.title,
    body: expect.any(String),
  });
});

/** A transport of one's own, by the public seams: what a wiki answers is kept, and comes from there the second time. */
const REPLAY = `
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { defer, from, tap } from 'rxjs';
import { liveDeps, pull$ } from 'rxsync';

const tape = new Map();
const keyOf = (name, args) => JSON.stringify([name, ...args.filter((arg) => typeof arg !== 'function')]);
const answered = ({ bytes, ...answer }) => ({ ...answer, stream: Readable.from([bytes]) });

const record = (name, method) => (...args) => {
  const key = keyOf(name, args);
  if (name === 'download$') {
    const [attachment, sink] = args;
    return method(attachment, async ({ stream, ...answer }) => {
      tape.set(key, { ...answer, bytes: await buffer(stream) });
      return sink(answered(tape.get(key)));
    });
  }
  const values = [];
  return method(...args).pipe(tap({ next: (value) => values.push(value), complete: () => tape.set(key, values) }));
};

const replay = (name) => (...args) =>
  defer(() => {
    const kept = tape.get(keyOf(name, args));
    if (kept === undefined) throw new Error('Nothing is kept of ' + keyOf(name, args));
    return name === 'download$' ? args[1](answered(kept)) : from(kept);
  });

const through = (client, make) =>
  Object.fromEntries(Object.entries(client).map(([name, method]) => [name, make(name, method)]));
const run = (make, dir) =>
  new Promise((resolve, reject) => {
    const { CONFLUENCE_URL: url, CONFLUENCE_EMAIL: email, CONFLUENCE_API_TOKEN: apiToken } = process.env;
    const connect = (...args) => through(liveDeps.connect(...args), make);
    pull$({ url, credentials: { email, apiToken }, space: 'LARGE', dir }, { connect }).subscribe({
      next: ({ type, exitCode }) => type === 'run.finished' && resolve(exitCode),
      error: reject,
    });
  });
console.log(await run(record, 'recorded'), await run(replay, 'replayed'));
`;

test('a session that was recorded is replayed without the wiki', async () => {
  const wiki = await startWiki({ pages: 10, blogposts: 0, attachments: 3, comments: 0 });
  const asked: string[] = [];
  wiki.sandbox.onExchange(({ url }) => asked.push(url));
  expect((await runScript('replay.mjs', REPLAY, wiki.env)).trim()).toBe('0 0');
  await wiki.close();
  expect(asked.filter((url) => url.includes('/rest/api/user/current'))).toHaveLength(1);
  const tree = await readTree(path.join(folder, 'recorded'));
  expect(Object.keys(tree).length).toBeGreaterThan(10);
  expect(await readTree(path.join(folder, 'replayed'))).toEqual(tree);
});

/** The lines of the README's shell blocks that begin with a word, without their comments. */
const shellLines = (text: string, word: string): readonly string[] =>
  [...text.matchAll(/```sh\n(.*?)```/gs)]
    .flatMap(([, block = '']) => block.split('\n'))
    .filter((line) => line.startsWith(`${word} `))
    .map((line) => line.replace(/\s+#.*$/, ''));

/** The run that the last line of a stream of documents names. */
const LAST_RUN = `tail -n 1 all.ndjson | sed 's/.*"run":"\\([^"]*\\)".*/\\1/'`;

test('the commands of the README run as they stand, one after the other', async () => {
  // jq need not be installed; fleets have tests of their own.
  const lines = shellLines(await readme(), 'rxsync')
    .filter((line) => !line.startsWith('rxsync fleet '))
    .map((line) => line.replace(/\| (?:jq .*|my-index)$/, '| cat'))
    .map((line) => line.replace('--since 4f00aa11bb22', `--since "$(${LAST_RUN})"`));
  expect(lines).toHaveLength(11);
  const wiki = await startWiki({ spaceKey: 'DOCS', pages: 10, attachments: 3, comments: 3 });
  const bin = path.join(folder, 'bin');
  await mkdir(bin);
  await writeFile(path.join(bin, 'rxsync'), `#!/bin/sh\nexec "${process.execPath}" "${BIN}" "$@"\n`, {
    mode: 0o755,
  });
  const { stdout, stderr } = await run('sh', ['-ec', lines.join('\n')], {
    cwd: bin,
    env: { PATH: `${bin}:${process.env.PATH ?? ''}`, ...wiki.env },
  });
  await wiki.close();
  expect(stderr).toMatch(/Mirrored DOCS into wiki/);
  expect(stdout).toMatch(
    /wiki mirrors DOCS[\s\S]*Verified: [\s\S]*as they are in the wiki\.[\s\S]*report\.html\n/,
  );
});

test('the address and credentials of the README are those that rxsync reads', async () => {
  const names = shellLines(await readme(), 'export').map((line) => line.replace(/^export (\w+)=.*$/, '$1'));
  expect(names).toEqual(['CONFLUENCE_URL', 'CONFLUENCE_EMAIL', 'CONFLUENCE_API_TOKEN']);
});

test('the demo asks for a wiki that there is', async () => {
  const { scripts } = z
    .object({ scripts: z.object({ demo: z.string() }) })
    .parse(JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8')));
  const spec = / --sandbox=(\S+)$/.exec(scripts.demo)?.[1] ?? '';
  expect(parseSandboxSpec(spec)).toMatchObject({
    pages: 1000,
    folders: 60,
    attachments: 2000,
    comments: 500,
  });
});

test('every flag that the README names is one', async () => {
  const commands = [['pull'], ['verify'], ['report'], ['sandbox'], ['documents'], ['fleet', 'worker']];
  const help = await Promise.all(commands.map(async (words) => (await rxsync([...words, '--help'])).stdout));
  const flags = new Set([...(await readme()).matchAll(/(?<![\w-])--[a-z][a-z-]+/g)].map(([flag]) => flag));
  const known = ['--global', '--token', '--help', '--no-color', '--db-filename'];
  const unknown = [...flags].filter(
    (flag) => !help.some((text) => text.includes(flag)) && !known.includes(flag),
  );
  expect(unknown).toEqual([]);
});

test('the document and the event of the README are such', async () => {
  const blocks = [...(await readme()).matchAll(/```json\n(.*?)\n```/gs)].map(([, json = '']) => json);
  const [document = '', line = ''] = blocks;
  expect(DocumentLine.parse(JSON.parse(document))).toMatchObject({ op: 'upsert', kind: 'page' });
  const code = `import { parseEvent } from 'rxsync'; console.log(parseEvent(process.argv[2] ?? ${JSON.stringify(line)}).type);`;
  expect((await runScript('event.mjs', code)).trim()).toBe('page.written');
});
