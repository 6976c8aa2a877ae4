import path from 'node:path';
import { expect, test } from '@jest/globals';
import fs from 'fs-extra';
import { pull$ } from '../../lib/pull/pull.js';
import type { PullDeps } from '../../lib/pull/run/pull-deps.js';
import { openMirror } from '../../lib/store/open-mirror.js';
import { attachment, comment, type FakeContent, fakeWiki, page } from '../support/fake-wiki.js';
import { depsFor, eventsOf, filesIn, optionsFor, useTemporaryFolder } from '../support/pulling.js';

const folder = useTemporaryFolder();

/** A page with a child that has a file and comments; the child's path follows the parent's title. */
const contentWith = (title: string, version: number): FakeContent => ({
  pages: [page(1), page(2, { title, version }), page(3, { parentId: '2' })],
  attachments: [attachment(1, 3)],
  comments: [comment(1, 3)],
});

const pull = async (content: FakeContent, dir: string, deps: Partial<PullDeps> = {}) => {
  const wiki = fakeWiki(content);
  const events = await eventsOf(pull$(optionsFor(dir, { comments: true }), depsFor(wiki, deps)));
  expect(events.at(-1)).toMatchObject({ type: 'run.finished', exitCode: 0 });
  return wiki;
};

test.each([
  ['nothing', /^$/, ['fetchPages 2']],
  ['a page', /page-3\.md$/, ['fetchPages 2,3']],
  ['an attachment', /\.attachments\//, ['fetchPages 2', 'download att1']],
  ['comments', /\.comments\.md$/, ['fetchPages 2', 'fetchComments 3']],
])('what cannot be moved is fetched: the file of %s goes once the mirror is open', async (_, gone, sent) => {
  const [dir, fresh] = [await folder(), await folder()];
  await pull(contentWith('Alpha', 1), dir);
  const wiki = await pull(contentWith('Omega', 2), dir, {
    openMirror: async (...args) => {
      const mirror = await openMirror(...args);
      const names = Object.keys(await filesIn(dir)).filter((name) => gone.test(name));
      for (const name of names) await fs.remove(path.join(dir, name));
      return mirror;
    },
  });
  expect(wiki.requests.filter((request) => /^(fetch|download)/.test(request)).sort()).toEqual(sent.sort());
  await pull(contentWith('Omega', 2), fresh);
  expect(await filesIn(dir)).toEqual(await filesIn(fresh));
});

test('a title that changes no path is written into the comments file without a request for comments', async () => {
  const titled = (title: string, version: number): FakeContent => ({
    pages: [page(1), page(2, { title, version })],
    comments: [comment(1, 2)],
  });
  const [dir, fresh] = [await folder(), await folder()];
  await pull(titled('Alpha', 1), dir);
  const wiki = await pull(titled('Alpha!', 2), dir);
  expect(wiki.requests.filter((request) => request.startsWith('fetch'))).toEqual(['fetchPages 2']);
  await pull(titled('Alpha!', 2), fresh);
  expect(await filesIn(dir)).toEqual(await filesIn(fresh));
});
