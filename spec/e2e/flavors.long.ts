import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  type E2eWiki,
  readMarkdown,
  readTimes,
  readTree,
  rxsync,
  startWiki,
  withFolder,
} from '../support/e2e.js';

const FLAVORS = ['github', 'obsidian', 'mkdocs'] as const;

let wiki: E2eWiki;

beforeEach(async () => {
  wiki = await startWiki({ pages: 30, attachments: 20, comments: 20, bodyKb: 2 });
  const [page] = wiki.sandbox.wiki.list('page', 'LARGE');
  wiki.sandbox.wiki.editPage(page?.id ?? '', {
    body: '<ac:structured-macro ac:name="info"><ac:rich-text-body><p>a<br/>b</p></ac:rich-text-body></ac:structured-macro>',
  });
});

afterEach(() => wiki.close());

const pull = (dir: string, flavor: string, ...flags: readonly string[]) =>
  rxsync(['pull', dir, '--space', 'LARGE', '--comments', '--labels', '--flavor', flavor, ...flags], {
    env: wiki.env,
  });

const FORMS = {
  github: '> [!NOTE]\n> a\\\n> b\n',
  obsidian: '> [!note]\n> a\\\n> b\n',
  mkdocs: '!!! note "Note"\n    a<br>\n    b\n',
};

test.each(FLAVORS)(
  'a mirror for %s is written in its dialect, and a second pull touches no file',
  async (flavor) => {
    await withFolder(async (dir) => {
      expect((await pull(dir, flavor)).code).toBe(0);
      const texts = Object.values(await readMarkdown(dir));
      expect(texts.filter((text) => text.endsWith(FORMS[flavor]))).toHaveLength(1);
      expect(texts.some((text) => text.startsWith('---\n') && text.includes('\naliases:\n'))).toBe(
        flavor === 'obsidian',
      );
      const times = await readTimes(dir);
      expect((await pull(dir, flavor)).code).toBe(0);
      expect(await readTimes(dir)).toEqual(times);
    });
  },
);

test('another flavor makes the mirror that a fresh pull makes, without fetching files again', async () => {
  await withFolder(async (folder) => {
    const [mirror, fresh] = [path.join(folder, 'mirror'), path.join(folder, 'fresh')];
    await pull(mirror, 'github');
    const github = await readTree(mirror);
    const times = await readTimes(mirror);
    const run = await pull(mirror, 'mkdocs', '--json');
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({ totals: { attachment: { written: 0, deleted: 0 } } });
    const after = await readTimes(mirror);
    const files = Object.keys(times).filter((file) => file.includes('.attachments/'));
    expect(files.length).toBeGreaterThan(0);
    expect(files.map((file) => after[file])).toEqual(files.map((file) => times[file]));
    await pull(fresh, 'mkdocs');
    expect(await readTree(mirror)).toEqual(await readTree(fresh));
    await pull(mirror, 'github');
    expect(await readTree(mirror)).toEqual(github);
  });
});

test('in the storage format only comments have a flavor', async () => {
  await withFolder(async (dir) => {
    await pull(dir, 'github', '--format', 'storage');
    const times = await readTimes(dir);
    const run = await pull(dir, 'mkdocs', '--format', 'storage', '--json');
    expect(JSON.parse(run.stdout)).toMatchObject({ totals: { page: { written: 0 } } });
    const after = await readTimes(dir);
    const touched = Object.keys(times).filter((file) => after[file] !== times[file]);
    expect(touched.filter((file) => !file.endsWith('/') && !file.endsWith('.comments.md'))).toEqual([]);
  });
});

test('an unknown flavor is told', async () => {
  await withFolder(async (dir) => {
    expect(await pull(dir, 'hugo')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('github'),
    });
  });
});
