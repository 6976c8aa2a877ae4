import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import { type E2eWiki, readTree, rxsync, startWiki, withFolder } from '../support/e2e.js';

let wiki: E2eWiki;

beforeEach(async () => {
  wiki = await startWiki({ pages: 40, attachments: 30, comments: 30, bodyKb: 1 });
});

afterEach(() => wiki.close());

const pull = (dir: string, ...flags: readonly string[]) =>
  rxsync(['pull', dir, '--space', 'LARGE', '--comments', ...flags], { env: wiki.env });

/** The lines that name files, in order. */
const fileLines = (stderr: string): string[] =>
  stderr
    .split('\n')
    .filter((line) => /^[+~>-] /.test(line))
    .sort();

/** As `fileLines`, of a dry run, which says why. */
const planLines = (stderr: string): string[] =>
  fileLines(stderr).map((line) => line.replace(/ {2}\([^)]*\)$/, ''));

/** Edits, renames and deletes pages, a file, comments and a folder. */
const changeEverything = (): void => {
  const { wiki: people } = wiki.sandbox;
  const home = people.list('page', 'LARGE').find(({ title }) => title === 'Large home');
  const pages = people.list('page', 'LARGE').filter(({ id }) => id !== home?.id);
  const attachment = people.list('attachment', 'LARGE').at(-1);
  const [folder] = people.list('folder', 'LARGE');
  const containers = new Set(
    people.list('attachment', 'LARGE').flatMap((each) => ('containerId' in each ? each.containerId : [])),
  );
  const owner = pages.find(({ id }) => containers.has(id));
  people.editPage(pages.at(-1)?.id ?? '', { body: '<p>Edited.</p>' });
  people.renamePage(owner?.id ?? '', { title: 'Another name' });
  people.deletePage(pages.at(-2)?.id ?? '');
  people.createPage('A new page', { spaceKey: 'LARGE', body: '<p>New.</p>' });
  people.replaceAttachment(attachment?.id ?? '');
  people.renameFolder(folder?.id ?? '', { title: 'Another folder' });
};

test('--verbose names every file of a first pull', async () => {
  await withFolder(async (dir) => {
    const { stderr } = await pull(dir, '--verbose');
    const written = fileLines(stderr).filter((line) => line.startsWith('+ '));
    const tree = await readTree(dir);
    const files = Object.keys(tree).filter((file) => tree[file] !== 'directory');
    expect(written.map((line) => line.slice(2))).toEqual(expect.arrayContaining(files));
    // The folders of the wiki are named, too.
    expect(written.length - files.length).toBe(wiki.sandbox.wiki.list('folder', 'LARGE').length);
    expect(fileLines(stderr)).toEqual(written);
  });
});

test('--dry-run names what the pull then does, item by item, and why; nothing is written', async () => {
  await withFolder(async (dir) => {
    await pull(dir);
    changeEverything();
    const before = await readTree(dir);
    const dry = await pull(dir, '--dry-run');
    expect(dry).toMatchObject({ code: 0, stdout: '' });
    expect(await readTree(dir)).toEqual(before);
    for (const mark of ['+', '~', '>', '-'])
      expect(planLines(dry.stderr)).toContainEqual(expect.stringMatching(`^\\${mark} `));
    expect(dry.stderr).toMatch(/^\+ a-new-page\.md {2}\(new\)$/m);
    expect(dry.stderr).toMatch(/^- .*\.md {2}\(gone from the wiki\)$/m);
    expect(dry.stderr).toMatch(/^> .* -> .*another-folder {2}\(place or title changed\)$/m);
    expect(dry.stderr).toMatch(/^ {2}move {10}\d+ items/m);
    const done = await pull(dir, '--verbose');
    expect(planLines(dry.stderr)).toEqual(fileLines(done.stderr));
  });
});

test('--dry-run --json has the items, --progress ndjson an event for each', async () => {
  await withFolder(async (dir) => {
    await pull(dir);
    changeEverything();
    const Item = z.looseObject({
      kind: z.string(),
      action: z.string(),
      path: z.string(),
      reason: z.string(),
    });
    const { stdout } = await pull(dir, '--dry-run', '--json', '--quiet');
    const { items } = z.looseObject({ items: z.array(Item) }).parse(JSON.parse(stdout));
    expect(items).toContainEqual({
      kind: 'page',
      id: expect.any(String),
      title: 'A new page',
      action: 'write',
      path: 'a-new-page.md',
      reason: 'new',
    });
    const events = (await pull(dir, '--dry-run', '--progress', 'ndjson')).stdout.trimEnd().split('\n');
    const planned = events.flatMap((line) => {
      const event = z.looseObject({ type: z.string() }).parse(JSON.parse(line));
      return event.type === 'item.planned' ? [Item.parse(event)] : [];
    });
    expect(planned.map(({ path }) => path)).toEqual(items.map(({ path }) => path));
  });
});

test('--dry-run --full says that everything is asked for again', async () => {
  await withFolder(async (dir) => {
    await pull(dir);
    const { stderr } = await pull(dir, '--dry-run', '--full');
    const reasons = stderr.split('\n').filter((line) => /^[+~>-] /.test(line));
    expect(reasons.length).toBeGreaterThan(70);
    expect(reasons.filter((line) => !/^~ .* {2}\(asked for by --full\)$/.test(line))).toEqual([]);
  });
});
