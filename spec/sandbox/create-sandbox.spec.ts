import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';
import { parseDocument } from 'htmlparser2';

import { OptionsError } from '../../lib/errors/options-error.js';
import { type SandboxOptions, createSandbox } from '../../lib/sandbox/index.js';
import type { Content } from '../../lib/sandbox/wiki/model.js';
import { openSandbox } from '../support/sandbox-client.js';

const listings = [
  '/wiki/api/v2/pages?limit=250&body-format=storage&status=current,archived,trashed',
  '/wiki/rest/api/content/search?cql=type%20in%20(folder,attachment,comment)&limit=200&expand=version,extensions,ancestors',
];

/** Everything that two listings of a fresh wiki say. */
const fingerprint = async (options: SandboxOptions): Promise<string> => {
  const sandbox = await openSandbox({ siteUrl: 'https://example.atlassian.net', ...options });
  const texts = await Promise.all(listings.map(async (path) => (await sandbox.get(path)).text));
  await sandbox.close();
  return texts.join();
};

describe('createSandbox', () => {
  test('same options, same bytes; another seed, another wiki', async () => {
    const first = await fingerprint({ seed: 5 });
    expect(await fingerprint({ seed: 5 })).toBe(first);
    expect(await fingerprint({ seed: 6 })).not.toBe(first);
  });

  test('has as many of each kind as asked for, and other kinds of nodes', async () => {
    const { wiki, close } = await openSandbox({
      pages: 77,
      folders: 9,
      attachments: 50,
      comments: 21,
      blogposts: 3,
    });
    const counts = Object.fromEntries(
      (
        ['page', 'folder', 'attachment', 'comment', 'blogpost', 'whiteboard', 'database', 'embed'] as const
      ).map((type) => [type, wiki.list(type, 'LARGE').length]),
    );
    expect(counts).toEqual({
      page: 77,
      folder: 9,
      attachment: 50,
      comment: 21,
      blogpost: 3,
      whiteboard: 1,
      database: 1,
      embed: 1,
    });
    await close();
  });

  test('the tree has folders in folders, pages below every kind of node, an empty folder and bounded depth', async () => {
    const { wiki, close } = await openSandbox({ pages: 900, folders: 90 });
    const nodes = (['page', 'folder', 'whiteboard', 'database', 'embed'] as const).flatMap((type) =>
      wiki.list(type, 'LARGE'),
    );
    const parentOf = new Map(nodes.map((node) => [node.id, 'parentId' in node ? node.parentId : null]));
    const typeOf = new Map(nodes.map((node) => [node.id, node.type]));
    const edges = new Set(
      [...parentOf].map(([id, parent]) => `${typeOf.get(id)} in ${typeOf.get(parent ?? '') ?? 'root'}`),
    );
    for (const edge of [
      'page in page',
      'page in folder',
      'folder in folder',
      'folder in page',
      'page in root',
      'page in whiteboard',
      'page in database',
      'page in embed',
    ])
      expect(edges).toContain(edge);
    const depth = (id: string): number =>
      1 + ((parentOf.get(id) ?? null) === null ? 0 : depth(String(parentOf.get(id))));
    expect(Math.max(...[...parentOf.keys()].map(depth))).toBeLessThanOrEqual(9);
    const parents = new Set(parentOf.values());
    expect(wiki.list('folder', 'LARGE').some(({ id }) => !parents.has(id))).toBe(true);
    await close();
  });

  test('page titles are unique in a space, ignoring case, also when they are nasty; a folder shares one', async () => {
    for (const nasty of [false, true]) {
      const { wiki, close } = await openSandbox({ pages: 300, nasty });
      const titles = wiki.list('page', 'LARGE').map(({ title }) => title.toLowerCase());
      expect(new Set(titles).size).toBe(titles.length);
      expect(wiki.list('folder', 'LARGE').some(({ title }) => titles.includes(title.toLowerCase()))).toBe(
        true,
      );
      await close();
    }
  });

  test('bodies are about as long as asked for, well formed, and full of what Confluence writes', async () => {
    const { wiki, close } = await openSandbox({ bodyKb: 15 });
    const bodies = wiki.list('page', 'LARGE').map((page) => wiki.body(page));
    for (const body of bodies) expect(Math.abs(body.length - 15 * 1024)).toBeLessThan(4096);
    const all = bodies.join('');
    for (const part of [
      '<ac:link><ri:page',
      '<ri:attachment',
      '<ri:user',
      '<ac:task-list>',
      '<ac:layout>',
      'ac:name="code"',
      'ac:name="expand"',
      '<table',
      '<ac:inline-comment-marker',
      '<ol>',
      '<h2>',
      'ac:name="info"',
    ])
      expect(all).toContain(part);
    const opened = (body: string): number => body.match(/<[a-z][^>]*[^/]>|<[a-z]+>/g)?.length ?? 0;
    for (const body of bodies)
      expect(opened(body.replaceAll(/<!\[CDATA\[.*?\]\]>/gs, ''))).toBe(
        body.replaceAll(/<!\[CDATA\[.*?\]\]>/gs, '').match(/<\//g)?.length,
      );
    expect(parseDocument(all, { xmlMode: true }).children.length).toBeGreaterThan(100);
    await close();
  });

  test('takes its bodies from a corpus: as many pages as files, in the order of their names', async () => {
    const corpus = await mkdtemp(join(tmpdir(), 'corpus-'));
    for (const name of ['b.xhtml', 'a.xhtml', 'notes.txt'])
      await writeFile(join(corpus, name), `<p>${name}</p>`);
    const sandbox = await createSandbox({ corpus, attachments: 0, comments: 0, folders: 0 });
    const { wiki } = sandbox;
    const bodies = (pages: readonly Content[]) => pages.slice(1).map((page) => wiki.body(page));
    expect(bodies(wiki.list('page', 'LARGE'))).toEqual(['<p>a.xhtml</p>', '<p>b.xhtml</p>']);
    await sandbox.close();
    await rm(corpus, { recursive: true });
  });

  test('files: some empty, one large, most between', async () => {
    const { wiki, close } = await openSandbox({ attachments: 120 });
    const sizes = wiki.list('attachment', 'LARGE').map((file) => ('fileSize' in file ? file.fileSize : -1));
    expect(Math.min(...sizes)).toBe(0);
    expect(Math.max(...sizes)).toBeGreaterThan(2_000_000);
    expect(sizes.filter((size) => size > 1000 && size < 110_000).length).toBeGreaterThan(110);
    await close();
  });

  test.each([
    [{ pages: 0 }, 'Option pages must be an integer of at least 1, but is 0.'],
    [
      { corpus: '/nowhere/at/all' },
      'Option corpus must be a directory with .xhtml files, but is "/nowhere/at/all".',
    ],
  ])('refuses %j', async (options, message) => {
    await expect(createSandbox(options)).rejects.toThrow(OptionsError);
    await expect(createSandbox(options)).rejects.toThrow(message);
  });
});
