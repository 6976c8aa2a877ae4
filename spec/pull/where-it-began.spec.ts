import { readdir } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { pull$ } from '../../lib/pull/pull.js';
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
