import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, jest } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { z } from 'zod';
import { createSandbox, type Sandbox, type SandboxOptions } from '../../lib/sandbox/index.js';
import { loadOpenApiChecker, type OpenApiChecker } from './openapi-check.js';

// Processes are started and files written: on a busy machine that takes its time.
jest.setTimeout(180_000);

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const BIN = path.join(ROOT, 'dist/bin/rxsync.js');

/** An address of the site that does not depend on the port: mirrors of two sandboxes are then alike. */
const SITE = 'https://wiki.example';

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Arguments of node before the script. */
  readonly node?: readonly string[];
  /** Told of what the process writes; may end it. */
  readonly onOutput?: (text: string, kill: (signal: NodeJS.Signals) => boolean) => void;
}

const isEvent = new Ajv2020().compile(
  z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(readFileSync(path.join(ROOT, 'fixtures/events/event.schema.json'), 'utf8'))),
);

/** Every line that was written whole is an event by the schema that is shipped, or a summary. */
const expectEvents = (stdout: string): void => {
  for (const line of stdout.split('\n').slice(0, -1)) {
    const event: unknown = JSON.parse(line);
    expect({ line, errors: isEvent(event) ? null : isEvent.errors }).toEqual({ line, errors: null });
  }
};

/** Runs the built `rxsync` as a user would, without the environment of the tests. */
export const rxsync = (
  args: readonly string[],
  { env = {}, cwd = ROOT, node = [], onOutput }: RunOptions = {},
): Promise<Run> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...node, BIN, ...args], {
      cwd,
      env: { PATH: process.env.PATH, ...env },
    });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] += text;
        onOutput?.(text, (signal) => child.kill(signal));
      });
    child.on('error', reject);
    child.on('close', (code) => {
      if (args.includes('ndjson')) expectEvents(output.stdout);
      resolve({ code, ...output });
    });
  });

export interface E2eWiki {
  readonly sandbox: Sandbox;
  /** Credentials and address for {@link rxsync}. */
  readonly env: Readonly<Record<string, string>>;
  /** Ends the wiki; fails when an exchange did not agree with Atlassian's documents (`RXSYNC_OPENAPI`). */
  readonly close: () => Promise<void>;
}

const open = new Set<Sandbox>();

// A test that failed may not have closed its wiki: the process would wait for it for ever.
afterAll(async () => {
  for (const sandbox of open) await sandbox.close();
});

/** Loaded once for all wikis of a test file. */
let loading: Promise<OpenApiChecker> | undefined;

const openApiChecker = async (): Promise<OpenApiChecker | undefined> => {
  const directory = process.env.RXSYNC_OPENAPI;
  return directory === undefined ? undefined : (loading ??= loadOpenApiChecker(directory));
};

/** A wiki for one test, on a free port, checked against the OpenAPI documents when they are at hand. */
export const startWiki = async (options: SandboxOptions = {}): Promise<E2eWiki> => {
  const sandbox = await createSandbox({ siteUrl: SITE, blogposts: 5, folders: 6, ...options });
  open.add(sandbox);
  const checker = await openApiChecker();
  const problems = new Set<string>();
  if (checker)
    sandbox.onExchange((exchange) => {
      // Media host and edge are not part of the documented API, and Data Center has another one.
      const isElsewhere = [sandbox.mediaUrl, `${sandbox.url}/rest/`, `${sandbox.url}/_edge/`].some((start) =>
        exchange.url.startsWith(start),
      );
      if (isElsewhere) return;
      for (const problem of checker.check(exchange))
        problems.add(`${exchange.method} ${exchange.url}: ${problem}`);
    });
  const { email, apiToken: token } = sandbox.credentials;
  return {
    sandbox,
    env: { CONFLUENCE_URL: sandbox.url, CONFLUENCE_EMAIL: email, CONFLUENCE_API_TOKEN: token },
    close: async () => {
      open.delete(sandbox);
      await sandbox.close();
      expect([...problems]).toEqual([]);
    },
  };
};

/** A folder that is gone after `use`. */
export const withFolder = async <T>(use: (folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'rxsync-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
};

/** The files of a mirror without rxsync's own: path to hash of the content. */
export const readTree = async (dir: string): Promise<Record<string, string>> => {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const tree: Record<string, string> = {};
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = path.join(entry.parentPath, entry.name);
    const relative = path.relative(dir, file).split(path.sep).join('/');
    if (relative.startsWith('.rxsync')) continue;
    if (entry.isDirectory()) tree[`${relative}/`] = 'directory';
    else
      tree[relative] = createHash('sha256')
        .update(await readFile(file))
        .digest('hex');
  }
  return tree;
};

/** Path to time of modification, in ms. */
export const readTimes = async (dir: string): Promise<Record<string, number>> => {
  const times: Record<string, number> = {};
  for (const file of Object.keys(await readTree(dir)))
    times[file] = (await stat(path.join(dir, file))).mtimeMs;
  return times;
};

/** The text of all Markdown files of a mirror by path. */
export const readMarkdown = async (dir: string): Promise<Record<string, string>> => {
  const texts: Record<string, string> = {};
  for (const file of Object.keys(await readTree(dir)))
    if (file.endsWith('.md')) texts[file] = await readFile(path.join(dir, file), 'utf8');
  return texts;
};
