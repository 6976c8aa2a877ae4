import path from 'node:path';
import { expect, test } from '@jest/globals';
import fs from 'fs-extra';
import { pull$ } from '../../lib/pull/pull.js';
import { fakeWiki, page, SPACE } from '../support/fake-wiki.js';
import { depsFor, eventsOf, optionsFor, useTemporaryFolder } from '../support/pulling.js';

const folder = useTemporaryFolder();

test('times and addresses that the wiki tells again are written into the files, without a request', async () => {
  const dir = await folder();
  const headOf = async (): Promise<string[]> =>
    (await fs.readFile(path.join(dir, 'page-2.md'), 'utf8'))
      .split('\n')
      .filter((line) => /^(updated|url):/.test(line));
  const pullOf = async (second: ReturnType<typeof page>, full = false): Promise<string[]> => {
    const wiki = fakeWiki({ pages: [page(1), second] });
    await eventsOf(pull$(optionsFor(dir, { full }), depsFor(wiki)));
    return wiki.requests.filter((request) => request.startsWith('fetchPage'));
  };
  const bare = page(2, { updatedAt: '', webui: '' });
  await pullOf(bare);
  expect(await headOf()).toEqual(['updated: ""', `url: ${SPACE.baseUrl}/pages/viewpage.action?pageId=2`]);
  const told = ['updated: "2026-02-03T04:05:06.789Z"', `url: ${SPACE.baseUrl}/spaces/DOCS/pages/2`];
  expect(await pullOf(page(2))).toEqual([]);
  expect(await headOf()).toEqual(told);
  expect(await pullOf(bare, true)).not.toEqual([]);
  expect(await headOf()).toEqual(told);
  expect(await pullOf(bare)).toEqual([]);
  expect(await headOf()).toEqual(told);
});

test('who a page is by is followed in a part of a space, of which search tells no author', async () => {
  const dir = await folder();
  const pullWith = async (names: Readonly<Record<string, string>>) => {
    const wiki = fakeWiki({ pages: [page(1)], names });
    const events = await eventsOf(pull$(optionsFor(dir, { label: 'red' }), depsFor(wiki)));
    const text = await fs.readFile(path.join(dir, 'index.md'), 'utf8');
    return {
      author: /^author: (.*)$/m.exec(text)?.[1],
      fetched: wiki.requests.filter((request) => request.startsWith('fetchPage')),
      end: events.at(-1),
    };
  };
  expect(await pullWith({})).toMatchObject({ author: 'acct-1' });
  expect(await pullWith({ 'acct-1': 'Ada' })).toMatchObject({ author: 'Ada', fetched: [] });
  expect(await pullWith({ 'acct-1': 'Ada' })).toMatchObject({
    fetched: [],
    end: { totals: { page: { unchanged: 1 } } },
  });
  expect(await pullWith({ 'acct-1': 'Ada Lovelace' })).toMatchObject({ author: 'Ada Lovelace', fetched: [] });
});
