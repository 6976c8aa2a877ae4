import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { type E2eWiki, readTree, type Run, rxsync, startWiki, withFolder } from '../support/e2e.js';
import { treeDifference } from '../support/tree-difference.js';

let wiki: E2eWiki;

const Totals = z.object({ totals: z.object({ attachment: z.object({ written: z.number() }) }) });

/** One page with files of several types and sizes, to each of which it refers. */
const withFiles = (): void => {
  const files = ['big.pdf', 'small.PDF', 'shot.png', 'notes.txt'];
  const body = files
    .map((name) => `<p><ac:link><ri:attachment ri:filename="${name}" /></ac:link></p>`)
    .join('');
  const { id } = wiki.sandbox.wiki.createPage('Files', {
    body: `${body}<p><ac:structured-macro ac:name="attachments" /></p>`,
  });
  const sizes = { 'big.pdf': 5000, 'small.PDF': 100, 'shot.png': 3000, 'notes.txt': 50 };
  for (const [fileName, sizeBytes] of Object.entries(sizes))
    wiki.sandbox.wiki.attach(id, { fileName, sizeBytes });
};

beforeEach(async () => {
  wiki = await startWiki({ pages: 14, attachments: 12, comments: 0, bodyKb: 1 });
});

afterEach(() => wiki.close());

const pullIn = (
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Run> => rxsync(['pull', ...args], { env: { ...wiki.env, ...env }, cwd });

/** What a narrowed mirror differs in from one that is pulled afresh in the same way. */
const differsFromFresh = async (
  folder: string,
  dir: string,
  args: readonly string[],
): Promise<readonly string[]> => {
  const fresh = `${dir}-fresh`;
  expect(await pullIn(folder, [fresh, '--space', 'LARGE', ...args])).toMatchObject({ code: 0 });
  return treeDifference(await readTree(path.join(folder, dir)), await readTree(path.join(folder, fresh)));
};

const filesIn = async (dir: string): Promise<string[]> =>
  Object.keys(await readTree(dir))
    .filter((file) => /^files\.attachments\/./.test(file))
    .map((file) => path.basename(file))
    .sort();

test('what a filter leaves out leaves with its links, and comes back exactly when the filter ends', async () => {
  withFiles();
  await withFolder(async (folder) => {
    const dir = path.join(folder, 'wiki');
    await pullIn(folder, ['wiki', '--space', 'LARGE']);
    const whole = await readTree(dir);

    const dry = await pullIn(folder, ['wiki', '--attachment-types', 'pdf', '--dry-run', '--json']);
    expect(dry.stderr).toMatch(
      /^attachment-types: off -> pdf, of 16 files those leave that are of other types$/m,
    );
    expect(await readTree(dir)).toEqual(whole);

    const narrow = await pullIn(folder, ['wiki', '--attachment-types', 'pdf', '--json']);
    expect(narrow).toMatchObject({ code: 0, stderr: expect.stringMatching(/\(\d+ more left out\)/) });
    expect(JSON.parse(narrow.stdout)).toMatchObject({ attachmentsLeftOut: expect.any(Number) });
    expect(await filesIn(dir)).toEqual(['big.pdf', 'small.PDF']);
    const page = await readFile(path.join(dir, 'files.md'), 'utf8');
    expect(page).toContain('(files.attachments/big.pdf)');
    expect(page).toMatch(/\(https:\/\/wiki\.example\/wiki\/download\/attachments\/\d+\/shot\.png\)/);
    expect(await differsFromFresh(folder, 'wiki', ['--attachment-types', 'pdf'])).toEqual([]);

    // It is remembered, a further filter joins it, and verify goes by both.
    expect((await pullIn(folder, ['wiki'])).stderr).not.toMatch(/attachment-types:/);
    await pullIn(folder, ['wiki', '--attachment-max-size', '1K']);
    expect(await filesIn(dir)).toEqual(['small.PDF']);
    expect(
      await differsFromFresh(folder, 'wiki', ['--attachment-types', 'PDF', '--attachment-max-size', '1KiB']),
    ).toEqual([]);
    expect(await rxsync(['verify', dir, '--remote'], { env: wiki.env })).toMatchObject({ code: 0 });
    expect((await rxsync(['status', dir])).stdout).toMatch(/all attachments up to 1K of type pdf\n/);

    const wide = await pullIn(folder, ['wiki', '--no-attachment-types'], {
      RXSYNC_ATTACHMENT_MAX_SIZE: 'off',
    });
    expect(wide.stderr).toMatch(/^attachment-max-size: 1K -> off, more files may come$/m);
    expect(treeDifference(await readTree(dir), whole)).toEqual([]);
  });
});

test('a page that is written does not have its left out files looked for', async () => {
  withFiles();
  await withFolder(async (folder) => {
    await pullIn(folder, ['wiki', '--space', 'LARGE', '--attachment-types', '!pdf']);
    const asked: string[] = [];
    wiki.sandbox.onExchange(({ url }) => asked.push(new URL(url).pathname));
    const page = wiki.sandbox.wiki.list('page', 'LARGE').find(({ title }) => title === 'Files');
    wiki.sandbox.wiki.editPage(page?.id ?? '', {
      body: '<p><ac:link><ri:attachment ri:filename="big.pdf" /></ac:link></p>',
    });
    expect(await pullIn(folder, ['wiki'])).toMatchObject({ code: 0 });
    expect(asked.filter((url) => url.endsWith('/attachments'))).toEqual([]);
    expect(await filesIn(path.join(folder, 'wiki'))).toEqual(['notes.txt', 'shot.png']);
  });
});

test('a quick delta leaves what a filter left out as it is, and takes in what the filter lets pass', async () => {
  withFiles();
  await withFolder(async (folder) => {
    const dir = path.join(folder, 'wiki');
    const args = ['--attachment-max-size', '1K'];
    const quick = () => pullIn(folder, ['wiki', '--no-check-deletions', '--json']);
    await pullIn(folder, ['wiki', '--space', 'LARGE', ...args]);
    const before = await readTree(dir);
    const { stdout } = await quick();
    expect(JSON.parse(stdout)).toMatchObject({ requests: 4 });
    expect(treeDifference(await readTree(dir), before)).toEqual([]);

    const { createPage, editPage, list, replaceAttachment } = wiki.sandbox.wiki;
    const idOf = (type: 'page' | 'attachment', title: string): string =>
      list(type, 'LARGE').find((each) => each.title === title)?.id ?? '';
    editPage(idOf('page', 'Files'), {
      body: '<p><ac:link><ri:attachment ri:filename="big.pdf" /></ac:link></p><p><ac:link><ri:attachment ri:filename="shot.png" /></ac:link></p>',
    });
    createPage('Refers', {
      body: '<p><ac:link><ri:attachment ri:filename="big.pdf"><ri:page ri:content-title="Files" /></ri:attachment></ac:link></p>',
    });
    replaceAttachment(idOf('attachment', 'shot.png'), { sizeBytes: 90 });
    expect(await quick()).toMatchObject({ code: 0 });
    expect(await filesIn(dir)).toEqual(['notes.txt', 'shot.png', 'small.PDF']);
    expect(await readFile(path.join(dir, 'refers.md'), 'utf8')).toMatch(
      /\/download\/attachments\/\d+\/big\.pdf\)/,
    );
    expect(await differsFromFresh(folder, 'wiki', args)).toEqual([]);
  });
});

test('where no attachments are asked for, links to them lead to the wiki, too', async () => {
  withFiles();
  await withFolder(async (folder) => {
    await pullIn(folder, ['wiki', '--space', 'LARGE', '--no-attachments']);
    const page = await readFile(path.join(folder, 'wiki/files.md'), 'utf8');
    expect(page.match(/\/download\/attachments\/\d+\//g)).toHaveLength(4);
  });
});

test('the size that counts is the stated one, wrong or not', async () => {
  await wiki.close();
  wiki = await startWiki({ pages: 8, attachments: 20, comments: 0, bodyKb: 1, wild: 'stated-size=2' });
  await withFolder(async (folder) => {
    const args = ['--attachment-max-size', '20K'];
    const first = await pullIn(folder, ['wiki', '--space', 'LARGE', ...args]);
    expect(first).toMatchObject({ code: 0, stderr: expect.stringMatching(/more left out/) });
    const before = await readTree(path.join(folder, 'wiki'));
    expect(await pullIn(folder, ['wiki', ...args])).toMatchObject({ code: 0 });
    expect(treeDifference(await readTree(path.join(folder, 'wiki')), before)).toEqual([]);
    expect(await differsFromFresh(folder, 'wiki', args)).toEqual([]);
  });
});

test.each(['ancestor', 'label', 'cql'])(
  'folders of a whole mirror leave with a narrowing by %s',
  async (by) => {
    const { wiki: data } = wiki.sandbox;
    const tree = data.createPage('Tree');
    data.label(tree.id, { add: 'howto' });
    const other = data.createPage('Other');
    data.createPage('Kid', { parentId: tree.id });
    data.createFolder('Fold', { parentId: other.id });
    const narrowing = { ancestor: tree.id, label: 'howto', cql: 'label = "howto"' }[by] ?? '';
    await withFolder(async (dir) => {
      expect(await pullIn(dir, ['wiki', '--space', 'LARGE'])).toMatchObject({ code: 0 });
      expect(Object.keys(await readTree(path.join(dir, 'wiki')))).toContain('other/fold/');
      const args = [`--${by}`, narrowing];
      expect(await pullIn(dir, ['wiki', ...args, '--force'])).toMatchObject({ code: 0 });
      expect(await differsFromFresh(dir, 'wiki', args)).toEqual([]);
      const status = await rxsync(['status', 'wiki', '--json'], { cwd: dir });
      expect(JSON.parse(status.stdout)).toMatchObject({ kinds: { folder: { items: 0 } } });
      // All of it comes back with the whole space.
      expect(await pullIn(dir, ['wiki', `--no-${by}`])).toMatchObject({ code: 0 });
      expect(Object.keys(await readTree(path.join(dir, 'wiki')))).toContain('other/fold/');
    });
  },
);

type Ids = Readonly<Record<'page' | 'folder' | 'elsewhere', string>>;

test.each<[string, (ids: Ids) => void]>([
  [
    'the page above it moves',
    ({ page, elsewhere }) => void wiki.sandbox.wiki.movePage(page, { parentId: elsewhere }),
  ],
  ['the page above it is renamed', ({ page }) => void wiki.sandbox.wiki.renamePage(page, { title: 'Anew' })],
  ['it moves', ({ folder, elsewhere }) => void wiki.sandbox.wiki.moveFolder(folder, { parentId: elsewhere })],
  ['it is renamed', ({ folder }) => void wiki.sandbox.wiki.renameFolder(folder, { title: 'Anew' })],
  ['nothing moves', () => undefined],
])(
  'a folder leaves with a narrowing, though pages below it stay, and takes its empty directory along: %s',
  async (_, change) => {
    const { createPage, createFolder } = wiki.sandbox.wiki;
    const page = createPage('Above');
    const { id: folder } = createFolder('Fold', { parentId: page.id });
    createPage('Below', { parentId: folder });
    const elsewhere = createPage('Elsewhere');
    await withFolder(async (dir) => {
      expect(await pullIn(dir, ['wiki', '--space', 'LARGE'])).toMatchObject({ code: 0 });
      change({ page: page.id, folder, elsewhere: elsewhere.id });
      const args = ['--cql', 'type = page'];
      const dry = await pullIn(dir, ['wiki', ...args, '--dry-run']);
      expect(dry).toMatchObject({
        code: 0,
        stderr: expect.stringMatching(/^- above\/fold {2}\(left out by the settings\)$/m),
      });
      const { code, stdout } = await pullIn(dir, ['wiki', ...args, '--progress', 'ndjson']);
      expect({ code, stdout }).toEqual({
        code: 0,
        stdout: expect.stringMatching(/"type":"folder.deleted","id":"\d+","path":"above\/fold"/),
      });
      expect(await differsFromFresh(dir, 'wiki', args)).toEqual([]);
    });
  },
);

describe('several ancestors', () => {
  /** Two trees, one of them with a tree in it. */
  const trees = () => {
    const { createPage, createFolder } = wiki.sandbox.wiki;
    const a = createPage('Tree A');
    const inner = createPage('Inner', { parentId: a.id });
    createPage('Leaf of inner', { parentId: inner.id });
    const b = createFolder('Tree B');
    createPage('Leaf of B', { parentId: b.id });
    createPage('Elsewhere');
    return { a: a.id, inner: inner.id, b: b.id };
  };

  const pagesIn = async (dir: string): Promise<string[]> =>
    Object.keys(await readTree(dir))
      .filter((file) => file.endsWith('.md'))
      .map((file) => path.basename(file, '.md'))
      .sort();

  const ALL = ['inner', 'leaf-of-b', 'leaf-of-inner', 'tree-a'];

  test('by id, address, repetition, commas, environment and config file are one scope', async () => {
    const { a, inner, b } = trees();
    await withFolder(async (folder) => {
      const address = `https://wiki.example/wiki/spaces/LARGE/folder/${b}`;
      const dir = path.join(folder, 'wiki');
      expect(
        await pullIn(folder, [
          'wiki',
          '--space',
          'LARGE',
          '--ancestor',
          `${a},${address}`,
          '--ancestor',
          inner,
        ]),
      ).toMatchObject({ code: 0 });
      expect(await pagesIn(dir)).toEqual(ALL);
      const again = await pullIn(folder, ['wiki'], {
        RXSYNC_ANCESTOR: `${wiki.sandbox.url}/wiki/spaces/large/pages/${a}/Tree+A,${b},${inner}`,
      });
      expect(again.stderr).not.toMatch(/ancestor:/);
      await writeFile(path.join(folder, 'rxsync.config.yaml'), `ancestor:\n  - ${inner}\n  - ${address}\n`);
      const fewer = await pullIn(folder, ['wiki', '--max-delete', '100%']);
      expect(fewer).toMatchObject({
        code: 0,
        stderr: expect.stringContaining(`ancestor: ${[a, inner, b].sort().join(',')} -> `),
      });
      expect(await pagesIn(dir)).toEqual(['inner', 'leaf-of-b', 'leaf-of-inner']);
      await writeFile(path.join(folder, 'rxsync.config.yaml'), 'ancestor: off\n');
      expect((await pullIn(folder, ['wiki'])).stderr).toMatch(/-> off, all pages of the space come$/m);
      await writeFile(path.join(folder, 'rxsync.config.yaml'), '');
      expect(await differsFromFresh(folder, 'wiki', [])).toEqual([]);
    });
  });

  test('one more asks for no more than one search', async () => {
    const { a, b } = trees();
    await withFolder(async (folder) => {
      const requests = async (dir: string, ancestors: string): Promise<number> => {
        const { stdout } = await pullIn(folder, [
          dir,
          '--space',
          'LARGE',
          '--ancestor',
          ancestors,
          '--no-attachments',
          '--json',
        ]);
        return z.object({ requests: z.number() }).parse(JSON.parse(stdout)).requests;
      };
      expect(await requests('two', `${a},${b}`)).toBe(await requests('one', a));
    });
  });

  test('one that is not there any more is told, and what is below the others goes on', async () => {
    const { a, b } = trees();
    await withFolder(async (folder) => {
      const dir = path.join(folder, 'wiki');
      await pullIn(folder, ['wiki', '--space', 'LARGE', '--ancestor', `${a},${b}`]);
      const leaf = wiki.sandbox.wiki.list('page', 'LARGE').find(({ title }) => title === 'Leaf of B');
      wiki.sandbox.wiki.movePage(leaf?.id ?? '', { parentId: null });
      wiki.sandbox.wiki.deleteFolder(b);
      wiki.sandbox.wiki.createPage('New in A', { parentId: a });
      const { code, stderr } = await pullIn(folder, ['wiki']);
      expect({ code, stderr }).toEqual({
        code: 3,
        stderr: expect.stringContaining(`There is no page or folder ${b} in LARGE`),
      });
      expect(await pagesIn(dir)).toEqual([...ALL, 'new-in-a'].sort());
      // Named, it is a mistake, and nothing is changed.
      const named = await pullIn(folder, ['wiki', '--ancestor', b]);
      expect(named).toMatchObject({ code: 1, stderr: expect.stringContaining('Nothing was changed.') });
      expect(await pullIn(folder, ['wiki', '--ancestor', a, '--force'])).toMatchObject({ code: 0 });
      expect(await differsFromFresh(folder, 'wiki', ['--ancestor', a])).toEqual([]);
    });
  });

  test.each<[string, (ids: ReturnType<typeof trees>) => string, number, RegExp]>([
    ['not there', () => '99', 1, /There is no page or folder 99 in LARGE/],
    ['no id', () => 'Home', 2, /--ancestor must be the id of a page or folder, .*, but is "\d+,Home"/],
    [
      'in another wiki',
      ({ a }) => `https://other.example/wiki/spaces/LARGE/pages/${a}`,
      2,
      /--ancestor must be in the wiki wiki\.example, but is "https:\/\/other\.example/,
    ],
    [
      'in another space',
      ({ a }) => `https://wiki.example/wiki/spaces/SMALL/pages/${a}`,
      2,
      /--ancestor must be in the space LARGE, but is/,
    ],
  ])('one that is %s is an error that says so', async (_what, ancestor, code, words) => {
    const { a, ...ids } = trees();
    await withFolder(async (folder) => {
      const run = await pullIn(folder, [
        'wiki',
        '--space',
        'LARGE',
        '--ancestor',
        `${a},${ancestor({ a, ...ids })}`,
      ]);
      expect({ code: run.code, stderr: run.stderr }).toEqual({ code, stderr: expect.stringMatching(words) });
      expect(await pagesIn(folder)).toEqual([]);
    });
  });
});

describe('a narrowing ends from wherever it is named', () => {
  test.each<[string, readonly string[], Readonly<Record<string, string>>, string]>([
    ['--no-label', ['--no-label'], {}, ''],
    ['--label off', ['--label', 'off'], {}, ''],
    ['RXSYNC_LABEL=no', [], { RXSYNC_LABEL: 'no' }, ''],
    ['label: false', [], {}, 'label: false\n'],
  ])('%s', async (_how, args, env, config) => {
    const { id } = wiki.sandbox.wiki.createPage('Chosen');
    wiki.sandbox.wiki.label(id, { add: 'chosen' });
    await withFolder(async (folder) => {
      await pullIn(folder, ['wiki', '--space', 'LARGE', '--label', 'chosen']);
      await writeFile(path.join(folder, 'rxsync.config.yaml'), config);
      const { code, stderr } = await pullIn(folder, ['wiki', ...args], env);
      expect({ code, stderr }).toEqual({
        code: 0,
        stderr: expect.stringMatching(/^label: chosen -> off, all pages/m),
      });
      await writeFile(path.join(folder, 'rxsync.config.yaml'), '');
      expect(await differsFromFresh(folder, 'wiki', [])).toEqual([]);
    });
  });
});

test('with referenced attachments a plan names those that come, and no others', async () => {
  withFiles();
  const { wiki: data } = wiki.sandbox;
  const { id } = data.createPage('Plain', { body: '<p>Refers to nothing.</p>' });
  await withFolder(async (folder) => {
    const args = ['wiki', '--attachments', 'referenced', '--json'];
    const counts = async (more: readonly string[]): Promise<unknown> =>
      Totals.parse(JSON.parse((await pullIn(folder, [...args, ...more])).stdout)).totals.attachment;
    await pullIn(folder, ['wiki', '--space', 'LARGE', '--attachments', 'referenced']);
    data.attach(id, { fileName: 'nobody-refers-to.txt', content: 'x' });
    for (const mode of [['--dry-run'], []])
      expect(await pullIn(folder, ['wiki', ...mode])).toMatchObject({
        code: 0,
        stderr: expect.stringMatching(/to fetch: 0 pages, 0 attachments|fetch +0 pages, 0 attachments/),
      });
    expect(await pullIn(folder, ['wiki', '--dry-run'])).toMatchObject({
      stderr: expect.not.stringContaining('nobody-refers-to.txt'),
    });
    data.editPage(id, {
      body: '<p><ac:link><ri:attachment ri:filename="nobody-refers-to.txt" /></ac:link></p>',
    });
    expect(await pullIn(folder, ['wiki', '--dry-run'])).toMatchObject({
      stderr: expect.stringMatching(/^\+ plain\.attachments\/nobody-refers-to\.txt {2}\(new\)$/m),
    });
    expect(await counts([])).toMatchObject({ written: 1 });
  });
});
