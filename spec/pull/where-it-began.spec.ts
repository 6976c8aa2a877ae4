import { readdir } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { pull$ } from '../../lib/pull/pull.js';
import { status } from '../../lib/pull/status.js';
import { fakeWiki, pages } from '../support/fake-wiki.js';
import { depsFor, eventsOf, optionsFor, useTemporaryFolder } from '../support/pulling.js';

const folder = useTemporaryFolder();

test('the mirror is where the process worked when the pull began', async () => {
  const [here, elsewhere] = [await folder(), await folder()];
  const before = process.cwd();
  process.chdir(here);
  try {
    const ending = eventsOf(pull$(optionsFor('mirror'), depsFor(fakeWiki({ pages: pages(3) }))));
    process.chdir(elsewhere);
    await ending;
  } finally {
    process.chdir(before);
  }
  expect(await readdir(here)).toEqual(['mirror']);
  expect(await readdir(elsewhere)).toEqual([]);
});

test('options count as they were at the call: one object serves for one pull after the other', async () => {
  const dirs = [await folder(), await folder()];
  const options = { ...optionsFor(''), comments: true };
  const endings = dirs.map((dir, i) => {
    Object.assign(options, { dir, comments: i === 0 });
    return eventsOf(pull$(options, depsFor(fakeWiki({ pages: pages(3) }))));
  });
  Object.assign(options, { dir: '', space: 'OTHER', format: 'storage', dryRun: true });
  await Promise.all(endings);
  const scopes = await Promise.all(dirs.map(async (dir) => (await status(dir)).scope));
  expect(scopes).toMatchObject([
    { comments: true, format: 'markdown' },
    { comments: false, format: 'markdown' },
  ]);
});
