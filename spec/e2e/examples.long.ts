import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type E2eWiki, ROOT, startWiki, withFolder } from '../support/e2e.js';

const run = promisify(execFile);

/** The examples in the doc comments of a file, as code. */
const examplesIn = (file: string): string[] =>
  [...readFileSync(path.join(ROOT, file), 'utf8').matchAll(/\* @example\n((?: \*.*\n)+?) \*\//g)].map(
    ([, block = '']) => block.replaceAll(/^ \* ?/gm, ''),
  );

const blocksIn = (file: string): string[] =>
  [...readFileSync(path.join(ROOT, file), 'utf8').matchAll(/```js\n(.*?)```/gs)].map(([, code = '']) => code);

const examples = ['operators', 'convert', 'events', 'errors', 'pull', 'pull/wiki', 'doctor']
  .flatMap((folder) => readdirSync(path.join(ROOT, 'lib', folder)).map((name) => `lib/${folder}/${name}`))
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => examplesIn(file).map((code) => [file, code] as const))
  .concat(blocksIn('lib/operators/README.md').map((code) => ['lib/operators/README.md', code] as const));

let wiki: E2eWiki;

beforeAll(async () => {
  wiki = await startWiki({ pages: 12, blogposts: 3, folders: 2, attachments: 2, comments: 0, bodyKb: 1 });
});

afterAll(() => wiki.close());

test('every operator has an example', () => {
  const index = readFileSync(path.join(ROOT, 'lib/operators/index.ts'), 'utf8');
  const files = [...index.matchAll(/from '\.\/([a-z-]+)\.js'/g)].map(
    ([, name = '']) => `lib/operators/${name}.ts`,
  );
  expect(examples.map(([file]) => file)).toEqual(expect.arrayContaining(files));
});

test.each(examples)('the example of %s prints what it says', async (_file, code) => {
  const said = [...code.matchAll(/^\/\/ prints ?(.*)$/gm)].map(([, line = '']) => line);
  await withFolder(async (folder) => {
    const env = { PATH: process.env.PATH, ...wiki.env, MIRROR: path.join(folder, 'mirror') };
    const args = ['--input-type=module', '--eval', code];
    const { stdout } = await run(process.execPath, args, { cwd: ROOT, env });
    expect(stdout.trimEnd().split('\n')).toEqual(said);
  });
});
