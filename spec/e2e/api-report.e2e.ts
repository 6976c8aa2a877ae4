import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { ROOT } from '../support/e2e.js';

const run = promisify(execFile);
const FOLDER = path.join(ROOT, 'fixtures/api');

test('the public surface is the one of the report; `npm run api` accepts another one', async () => {
  const check = run(process.execPath, ['spec/api/report.js', '--check'], { cwd: ROOT });
  await expect(check).resolves.toMatchObject({ stdout: expect.not.stringContaining('changed') });
});

const reportOf = (name: string): string => readFileSync(path.join(FOLDER, name), 'utf8');

test.each(readdirSync(FOLDER))('%s: each export has a doc comment, and what it names is exported', (name) => {
  const report = reportOf(name);
  const undocumented = [...report.matchAll(/@public \(undocumented\)\nexport .*/g)].map(([text]) => text);
  const forgotten = [...report.matchAll(/ae-forgotten-export\) The symbol "(\w+)"/g)].map(
    ([, symbol]) => symbol,
  );
  // The type of a running wiki is that of what makes it.
  expect({ undocumented, forgotten }).toEqual({
    undocumented: [],
    forgotten: name === 'sandbox.api.md' ? ['createWiki'] : [],
  });
});
