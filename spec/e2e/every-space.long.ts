import { cp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import { type E2eWiki, readTree, type Run, rxsync, startWiki, withFolder } from '../support/e2e.js';
import { treeDifference } from '../support/tree-difference.js';

const Summary = z.object({ type: z.string() });

let wiki: E2eWiki;

beforeEach(async () => {
  wiki = await startWiki({ pages: 6, attachments: 4, comments: 0, bodyKb: 1 });
});

afterEach(() => wiki.close());

const pull = (cwd: string, ...args: readonly string[]): Promise<Run> =>
  rxsync(['pull', ...args], { env: wiki.env, cwd });

const pullAll = (cwd: string, ...args: readonly string[]): Promise<Run> =>
  pull(cwd, 'wikis', '--space', '*', ...args);

test('every current space gets a mirror of its own, whatever its type, for one request more', async () => {
  const asked: string[] = [];
  wiki.sandbox.onExchange(({ url }) => asked.push(url));
  await withFolder(async (folder) => {
    const { code, stdout } = await pullAll(folder, '--json');
    expect(code).toBe(0);
    const lines = stdout.trim().split('\n');
    expect(lines.map((line) => Summary.parse(JSON.parse(line)).type)).toEqual(
      Array.from({ length: 3 }, () => 'run.finished'),
    );
    expect((await readdir(path.join(folder, 'wikis'))).sort()).toEqual(['LARGE', 'SMALL', '~sandbox']);
    expect(asked.filter((url) => url.includes('spaces?limit=250'))).toHaveLength(1);
    await pull(folder, 'one', '--space', 'SMALL');
    const [every, one] = [path.join(folder, 'wikis/SMALL'), path.join(folder, 'one')];
    expect(treeDifference(await readTree(every), await readTree(one))).toEqual([]);
  });
});

test('a space that is new comes, one with another key goes on in its place, an archived one stays', async () => {
  await withFolder(async (folder) => {
    const wikis = path.join(folder, 'wikis');
    wiki.sandbox.wiki.archiveSpace('SMALL');
    expect(await pullAll(folder)).toMatchObject({ code: 0 });
    expect((await readdir(wikis)).sort()).toEqual(['LARGE', '~sandbox']);
    wiki.sandbox.wiki.archiveSpace('SMALL', { archived: false });
    wiki.sandbox.wiki.rekeySpace('LARGE', { key: 'BIG' });
    expect(await pullAll(folder)).toMatchObject({ code: 0 });
    expect((await readdir(wikis)).sort()).toEqual(['LARGE', 'SMALL', '~sandbox']);
    const before = Object.keys(await readTree(path.join(wikis, 'SMALL')));
    wiki.sandbox.wiki.archiveSpace('SMALL');
    expect(await pullAll(folder)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('SMALL is archived'),
    });
    expect(Object.keys(await readTree(path.join(wikis, 'SMALL')))).toEqual(before);
  });
});

/** The titles of the homepages, by the folders of the mirrors. */
const titlesIn = async (wikis: string): Promise<Record<string, string | undefined>> => {
  const titles: Record<string, string | undefined> = {};
  for (const name of await readdir(wikis)) {
    const text = await readFile(path.join(wikis, name, 'index.md'), 'utf8');
    titles[name] = /^title: (.*)$/m.exec(text)?.[1];
  }
  return titles;
};

test('keys that change hands, and change back: each mirror keeps to its space, and a space whose place is taken gets another', async () => {
  const { wiki: content } = wiki.sandbox;
  const exchange = (): void => {
    content.rekeySpace('LARGE', { key: 'THIRD' });
    content.rekeySpace('SMALL', { key: 'LARGE' });
    content.rekeySpace('THIRD', { key: 'SMALL' });
  };
  await withFolder(async (folder) => {
    const wikis = path.join(folder, 'wikis');
    expect(await pullAll(folder)).toMatchObject({ code: 0 });
    const titles = await titlesIn(wikis);
    for (const args of [['--space', '*'], []]) {
      exchange();
      expect(await pull(folder, 'wikis', ...args)).toMatchObject({
        code: 0,
        stderr: expect.stringContaining('The space LARGE has the key SMALL now'),
      });
      expect(await titlesIn(wikis)).toEqual(titles);
      exchange();
      expect(await pull(folder, 'wikis', ...args)).toMatchObject({ code: 0 });
      expect(await titlesIn(wikis)).toEqual(titles);
    }
    content.rekeySpace('LARGE', { key: 'THIRD' });
    expect(await pullAll(folder)).toMatchObject({ code: 0 });
    content.rekeySpace('SMALL', { key: 'LARGE' });
    // As if it were new.
    await rm(path.join(wikis, 'SMALL'), { recursive: true });
    expect(await pullAll(folder)).toMatchObject({ code: 0 });
    const id = content.list('page', 'LARGE')[0]?.spaceId ?? '';
    const expected = { LARGE: titles.LARGE, [`LARGE-${id}`]: titles.SMALL, '~sandbox': titles['~sandbox'] };
    expect(await titlesIn(wikis)).toEqual(expected);
    expect(await pull(folder, 'wikis', '--space', 'THIRD,LARGE')).toMatchObject({ code: 0 });
    expect(await titlesIn(wikis)).toEqual(expected);
    expect(await pull(folder, 'wikis/LARGE', '--space', 'LARGE')).toMatchObject({ code: 2 });
  });
});

test('one that is gone stays and is told, one that has no place is told: the others are pulled', async () => {
  await withFolder(async (folder) => {
    const wikis = path.join(folder, 'wikis');
    await pull(folder, 'wikis', '--space', 'SMALL,LARGE');
    await cp(path.join(wikis, 'SMALL'), path.join(wikis, 'GONE'), {
      recursive: true,
      preserveTimestamps: true,
    });
    const stateFile = path.join(wikis, 'GONE/.rxsync/state.json');
    const state = (await readFile(stateFile, 'utf8'))
      .replaceAll('"space": "SMALL"', '"space": "GONE"')
      .replace(/"spaceId": "\d+"/, '"spaceId": "999"');
    await writeFile(stateFile, state);
    const before = await readTree(path.join(wikis, 'GONE'));
    await symlink(folder, path.join(wikis, '~sandbox'));
    wiki.sandbox.wiki.createPage('New');
    const { code, stderr } = await pullAll(folder);
    expect(code).toBe(1);
    expect(stderr).toMatch(/~sandbox" is a symbolic link/);
    expect(stderr).toMatch(/There is no space with the key "GONE", or this account may not see it/);
    expect(Object.keys(await readTree(path.join(wikis, 'LARGE')))).toContain('new.md');
    expect(await readTree(path.join(wikis, 'GONE'))).toEqual(before);
  });
});

test.each<[string, readonly string[], RegExp]>([
  [
    'beside others',
    ['wikis', '--space', '*,LARGE'],
    /--space must name either "\*", which is every space, or single/,
  ],
  [
    'where one is',
    ['one', '--space', '*'],
    /"one" mirrors the space SMALL: it does not take all spaces side by side/,
  ],
  [
    'with a page of one',
    ['wikis', '--space', '*', '--ancestor', '1'],
    /--ancestor is in one space, but 3 are to be/,
  ],
  [
    'with a bad option, once',
    ['wikis', '--space', '*', '--max-delete', 'x'],
    /^rxsync: --max-delete must[^\n]*\n$/,
  ],
])('every space %s is an error that changes nothing', async (_what, args, words) => {
  await withFolder(async (folder) => {
    await pull(folder, 'one', '--space', 'SMALL');
    const before = await readTree(folder);
    const { code, stderr } = await pull(folder, ...args);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(words) });
    expect(await readTree(folder)).toEqual(before);
  });
});
