import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import { type E2eWiki, readMarkdown, readTree, rxsync, startWiki, withFolder } from '../support/e2e.js';

const SIZE = { pages: 30, attachments: 10, comments: 0, bodyKb: 1 };

let wiki: E2eWiki;

beforeEach(async () => {
  wiki = await startWiki(SIZE);
});

afterEach(() => wiki.close());

const macro = (name: string, title: string, excerpt = ''): string =>
  `<p>Before.</p><ac:structured-macro ac:name="${name}"><ac:parameter ac:name="">` +
  `<ac:link><ri:page ri:content-title="${title}" /></ac:link></ac:parameter>${
    excerpt === '' ? '' : `<ac:parameter ac:name="name">${excerpt}</ac:parameter>`
  }</ac:structured-macro><p>After.</p>`;

const excerpt = (name: string, text: string): string =>
  `<ac:structured-macro ac:name="excerpt"><ac:parameter ac:name="name">${name}</ac:parameter>` +
  `<ac:rich-text-body><p>${text}</p></ac:rich-text-body></ac:structured-macro>`;

const create = (title: string, body: string): string =>
  wiki.sandbox.wiki.createPage(title, { spaceKey: 'LARGE', body }).id;

/** Out of reach of the overlap that makes a quick delta look further back than it has to. */
const anHourLater = (): void => wiki.sandbox.wiki.advance({ byMs: 3_600_000 });

const Summary = z.looseObject({
  totals: z.looseObject({ page: z.looseObject({ written: z.number(), unchanged: z.number() }) }),
});

const pull = async (dir: string, ...flags: string[]) => {
  const args = ['pull', dir, '--space', 'LARGE', '--json', ...flags];
  const run = await rxsync(args, { env: wiki.env });
  expect(run.code).toBe(0);
  return Summary.parse(JSON.parse(run.stdout)).totals.page;
};

/** Pulls, and compares with a mirror that is made now. */
const pullLikeFresh = async (folder: string, dir: string, ...flags: string[]) => {
  const totals = await pull(dir, ...flags);
  const fresh = path.join(folder, `fresh-${Math.random()}`);
  await pull(fresh);
  expect(await readTree(dir)).toEqual(await readTree(fresh));
  return totals;
};

const textOf = async (dir: string, title: string): Promise<string> => {
  const texts = Object.values(await readMarkdown(dir));
  return texts.find((text) => text.includes(`\ntitle: ${title}\n`)) ?? '';
};

test.each([{ flags: [] }, { flags: ['--no-check-deletions'] }])(
  'an included page shows, marked as such, and is followed when it alone is edited ($flags)',
  async ({ flags }: { readonly flags: readonly string[] }) => {
    await withFolder(async (folder) => {
      const dir = path.join(folder, 'mirror');
      const source = create('Source', '<p>First text.</p>');
      create('Including', macro('include', 'Source'));
      const second = create('Quoting', macro('excerpt-include', 'Many', 'b'));
      const many = create('Many', `<p>Around.</p>${excerpt('a', 'Alpha')}${excerpt('b', 'Beta')}`);
      await pull(dir);
      expect(await textOf(dir, 'Including')).toContain(
        'Before.\n\n<!-- macro: include Source -->\n\nFirst text.\n\nAfter.\n',
      );
      const quoting = await textOf(dir, 'Quoting');
      expect(quoting).toContain('Beta');
      expect(quoting).not.toMatch(/Alpha|Around/);

      anHourLater();
      wiki.sandbox.wiki.editPage(source, { body: '<p>Second text.</p>' });
      expect(await pullLikeFresh(folder, dir, ...flags)).toMatchObject({ written: 2 });
      expect(await textOf(dir, 'Including')).toContain('Second text.');

      anHourLater();
      wiki.sandbox.wiki.editPage(many, { body: excerpt('b', 'Gamma') });
      expect(await pullLikeFresh(folder, dir, ...flags)).toMatchObject({ written: 2 });
      expect(await textOf(dir, 'Quoting')).toContain('Gamma');

      expect(await pull(dir, ...flags)).toMatchObject({ written: 0 });
      wiki.sandbox.wiki.deletePage(second);
      await pullLikeFresh(folder, dir);
      expect(await textOf(dir, 'Quoting')).toBe('');
    });
  },
);

test('a source that is renamed, moved, deleted, restored, hidden or shown again is followed', async () => {
  await withFolder(async (folder) => {
    const dir = path.join(folder, 'mirror');
    const parent = create('Parent', '<p>Here.</p>');
    const source = create(
      'Source',
      '<p>The text, with a <ac:link><ri:page ri:content-title="Parent" /></ac:link>.</p>',
    );
    create('Including', macro('include', 'Source'));
    const { wiki: hands } = wiki.sandbox;
    await pullLikeFresh(folder, dir);
    const changes: readonly (readonly [() => unknown, boolean])[] = [
      [() => hands.movePage(source, { parentId: parent }), true],
      [() => hands.movePage(parent, { parentId: null }), true],
      [() => hands.renamePage(source, { title: 'Other name' }), false],
      [() => hands.renamePage(source, { title: 'Source' }), true],
      [() => hands.deletePage(source), false],
      [() => hands.restorePage(source), true],
      [() => hands.hidePage(source), false],
      [() => hands.hidePage(source, { hidden: false }), true],
      [() => hands.renamePage(parent, { title: 'Parents' }), true],
    ];
    for (const [change, shows] of changes) {
      anHourLater();
      change();
      hands.reindex();
      await pullLikeFresh(folder, dir);
      expect((await textOf(dir, 'Including')).includes('The text, with a')).toBe(shows);
    }
  });
});

test('a page that many include is asked for once a batch at most, and is the same in threads', async () => {
  await withFolder(async (folder) => {
    const dir = path.join(folder, 'mirror');
    const source = create('Header', '<p>The header.</p>');
    const ids = Array.from({ length: 100 }, (_, i) => create(`User ${i}`, macro('include', 'Header')));
    await pull(dir);
    anHourLater();
    for (const id of ids) wiki.sandbox.wiki.editPage(id);
    wiki.sandbox.requests.reset();
    expect(await pull(dir)).toMatchObject({ written: 100 });
    // Batches of 50 at first: two of them, each with the source beside it.
    expect(wiki.sandbox.requests.byRoute['GET /wiki/api/v2/pages']).toBeLessThanOrEqual(4);
    anHourLater();
    wiki.sandbox.wiki.editPage(source, { body: '<p>Another header.</p>' });
    expect(await pullLikeFresh(folder, dir, '--no-check-deletions')).toMatchObject({ written: 101 });
    const showing = Object.values(await readMarkdown(dir)).filter((text) => text.includes('Another header.'));
    expect(showing).toHaveLength(101);
  });
});

test('a text that cannot be had is a link with a warning, and comes with the next pull', async () => {
  await withFolder(async (folder) => {
    const dir = path.join(folder, 'mirror');
    const fill = (): string => {
      create('Including', macro('include', 'Source'));
      return create('Source', '<p>The text.</p>');
    };
    const id = fill();
    await wiki.close();
    wiki = await startWiki({ ...SIZE, faults: `gone=${id}` });
    fill();
    const run = await rxsync(['pull', dir, '--space', 'LARGE'], { env: wiki.env });
    // The page itself has failed, too.
    expect(run.code).toBe(3);
    expect(run.stderr).toMatch(
      new RegExp(`"Including" includes the page ${id} "Source": a link stands for it`),
    );
    expect(await textOf(dir, 'Including')).toContain('[Source](');
    await wiki.close();
    wiki = await startWiki(SIZE);
    fill();
    await pullLikeFresh(folder, dir);
    expect(await textOf(dir, 'Including')).toContain('The text.');
    expect(await pull(dir)).toMatchObject({ written: 0 });
  });
});

test('a report of page properties lists the pages with its label, and follows their labels', async () => {
  await withFolder(async (folder) => {
    const dir = path.join(folder, 'mirror');
    const { wiki: hands } = wiki.sandbox;
    const [one, two] = [create('Risk one', '<p>1</p>'), create('Risk two', '<p>2</p>')];
    hands.label(one, { add: 'risk' });
    create(
      'Report',
      '<ac:structured-macro ac:name="detailssummary"><ac:parameter ac:name="cql">label = &quot;risk&quot;</ac:parameter></ac:structured-macro>',
    );
    const report = async (): Promise<string | undefined> =>
      (await textOf(dir, 'Report')).split('# Report\n').at(-1);
    const comment = '\n<!-- macro: detailssummary cql=label = "risk" -->\n';
    await pull(dir);
    expect(await report()).toBe(comment);
    await pull(dir, '--labels');
    expect(await report()).toBe(`${comment}\n- [Risk one](risk-one.md)\n`);
    hands.label(two, { add: 'risk' });
    hands.label(one, { remove: 'risk' });
    hands.reindex();
    await pull(dir);
    expect(await report()).toBe(`${comment}\n- [Risk two](risk-two.md)\n`);
    const fresh = path.join(folder, 'fresh');
    await pull(fresh, '--labels');
    expect(await readTree(dir)).toEqual(await readTree(fresh));
    expect(await pull(dir)).toMatchObject({ written: 0 });
  });
});
