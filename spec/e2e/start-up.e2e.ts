import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { ROOT, rxsync } from '../support/e2e.js';

/** What esbuild tells of the built command: which of its files are made of which sources. */
const { outputs } = z
  .object({ outputs: z.record(z.string(), z.object({ inputs: z.record(z.string(), z.unknown()) })) })
  .parse(JSON.parse(readFileSync(path.join(ROOT, 'dist/metafile.json'), 'utf8')));

const packageOf = (source: string): string | undefined =>
  /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules)/.exec(source)?.[1];

const inUrl = (code: string): string => `data:text/javascript,${encodeURIComponent(code)}`;

const HOOKS = `import { writeSync } from 'node:fs';
export const load = (url, context, next) => {
  writeSync(2, '<' + url + '>');
  return next(url, context);
};`;

const PRELOAD = `import { register } from 'node:module';
register(${JSON.stringify(inUrl(HOOKS))});`;

/** The packages that are loaded when this is run. */
const loadedBy = async (...args: readonly string[]): Promise<ReadonlySet<string>> => {
  const { stderr } = await rxsync(args, { node: ['--import', inUrl(PRELOAD)] });
  const loaded = new Set([...stderr.matchAll(/<([^<>]*)>/g)].map(([, name = '']) => name));
  const sources = Object.entries(outputs).flatMap(([file, { inputs }]) =>
    loaded.has(`file://${path.join(ROOT, file)}`) ? Object.keys(inputs) : [],
  );
  return new Set(sources.flatMap((source) => packageOf(source) ?? []));
};

/** Those of the packages that take their time to load. */
const HEAVY = ['axios', 'fs-extra', 'hono', 'rxjs', 'yaml', 'zod'];

test.each([
  { args: ['--help'], loads: [] },
  { args: ['pull', '--help'], loads: [] },
  { args: ['pull', '--bogus'], loads: [] },
  { args: ['report', '--help'], loads: [] },
  { args: ['fleet', '--help'], loads: [] },
  { args: ['fleet', 'apply', '--help'], loads: [] },
  { args: ['status', 'no-mirror'], loads: ['fs-extra', 'zod'] },
  {
    args: ['pull', 'no-mirror', '--space', 'A', '--url', 'http://127.0.0.1:1', '--email', 'a'],
    loads: ['axios', 'fs-extra', 'rxjs', 'yaml', 'zod'],
  },
])('rxsync $args loads what it needs only', async ({ args, loads }) => {
  const loaded = await loadedBy(...args);
  expect(HEAVY.filter((name) => loaded.has(name))).toEqual(loads);
  expect(loaded).toContain('yargs');
});
