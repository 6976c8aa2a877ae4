import { readdir } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { firstValueFrom } from 'rxjs';
import { pull$ } from '../../lib/pull/pull.js';
import { pull } from '../../lib/pull/pull-promise.js';
import { status } from '../../lib/pull/status.js';
import { verify } from '../../lib/pull/verify.js';
import { visibleSpaces$ } from '../../lib/pull/visible-spaces.js';
import { createSandbox } from '../../lib/sandbox/index.js';
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

test('the wiki that is compared with, or asked for its spaces, is the one of the call', async () => {
  const dir = await folder();
  const { url, credentials, close } = await createSandbox({ pages: 3, attachments: 0, folders: 0 });
  const wiki = { url, credentials: { ...credentials } };
  try {
    await pull({ ...wiki, space: 'LARGE', dir });
    const verified = verify(dir, { remote: wiki });
    const spaces$ = visibleSpaces$(wiki);
    Object.assign(wiki, { url: 'https://elsewhere.invalid' });
    wiki.credentials.apiToken = 'another';
    expect((await verified).exitCode).toBe(0);
    expect((await firstValueFrom(spaces$)).spaces.map(({ key }) => key)).toContain('LARGE');
  } finally {
    await close();
  }
});
