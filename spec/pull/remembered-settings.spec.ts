import path from 'node:path';
import { expect, test } from '@jest/globals';
import fs from 'fs-extra';
import { pull$ } from '../../lib/pull/pull.js';
import type { PullOptions } from '../../lib/pull/run/pull-options.js';
import { type FakeWiki, fakeWiki, page } from '../support/fake-wiki.js';
import { depsFor, eventsOf, optionsFor, useTemporaryFolder } from '../support/pulling.js';

const folder = useTemporaryFolder();

const CONTENT = { pages: [page(1), page(2)] };

const pulling = (wiki: FakeWiki, dir: string, options: Partial<PullOptions>) =>
  pull$(optionsFor(dir, options), depsFor(wiki));

test.each<[string, Partial<PullOptions> | undefined]>([
  ['the first pull', undefined],
  ['a pull with other settings', {}],
])('what %s was asked for is recorded before anything is fetched or written', async (_which, before) => {
  const dir = await folder();
  if (before !== undefined) await eventsOf(pulling(fakeWiki(CONTENT), dir, before));
  const recorded: unknown[] = [];
  const wiki = fakeWiki(CONTENT, (request) => {
    if (request.startsWith('fetchPages'))
      recorded.push(fs.readJsonSync(path.join(dir, '.rxsync/state.json'), { throws: false }));
    return undefined;
  });
  await eventsOf(pulling(wiki, dir, { format: 'storage', comments: true }));
  expect(recorded[0]).toMatchObject({ scope: { format: 'storage', comments: true } });
});
