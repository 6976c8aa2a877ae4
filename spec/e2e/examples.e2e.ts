import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { ROOT } from '../support/e2e.js';

const run = promisify(execFile);

/** The examples in the doc comments of a file, as code. */
const examplesIn = (file: string): string[] =>
  [...readFileSync(path.join(ROOT, file), 'utf8').matchAll(/\* @example\n((?: \*.*\n)+?) \*\//g)].map(
    ([, block = '']) => block.replaceAll(/^ \* ?/gm, ''),
  );

const examples = ['operators', 'convert', 'events', 'errors']
  .flatMap((folder) => readdirSync(path.join(ROOT, 'lib', folder)).map((name) => `lib/${folder}/${name}`))
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => examplesIn(file).map((code) => [file, code] as const));

test('every operator has an example', () => {
  const index = readFileSync(path.join(ROOT, 'lib/operators/index.ts'), 'utf8');
  const files = [...index.matchAll(/from '\.\/([a-z-]+)\.js'/g)].map(
    ([, name = '']) => `lib/operators/${name}.ts`,
  );
  expect(examples.map(([file]) => file)).toEqual(expect.arrayContaining(files));
});

test.each(examples)('the example of %s prints what it says', async (_file, code) => {
  const said = [...code.matchAll(/^\/\/ prints ?(.*)$/gm)].map(([, line = '']) => line);
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', code], { cwd: ROOT });
  expect(stdout.trimEnd().split('\n')).toEqual(said);
});
