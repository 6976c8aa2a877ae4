import { spawn } from 'node:child_process';
import { appendFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { z } from 'zod';
import { DocumentLine, type EndLine, type MirrorLine } from '../../lib/documents/document.js';
import { documents } from '../../lib/pull/documents.js';
import { DocumentModel } from '../support/document-model.js';
import { BIN, type E2eWiki, readTree, ROOT, rxsync, startWiki, withFolder } from '../support/e2e.js';

let wiki: E2eWiki;
beforeEach(async () => {
  wiki = await startWiki({ pages: 30, attachments: 10, comments: 10, bodyKb: 1 });
});
afterEach(() => wiki.close());

const pull = async (dir: string, space = 'LARGE', ...flags: readonly string[]): Promise<void> => {
  const args = ['pull', dir, '--space', space, '--labels', ...flags];
  const { code, stderr } = await rxsync(args, { env: wiki.env });
  expect([code, stderr.includes('rxsync:')]).toEqual([0, false]);
};

interface Told {
  readonly code: number | null;
  readonly stderr: string;
  readonly lines: readonly MirrorLine[];
  readonly end: EndLine | undefined;
}

const schema = z
  .record(z.string(), z.unknown())
  .parse(JSON.parse(await readFile(path.join(ROOT, 'fixtures/events/document.schema.json'), 'utf8')));
const isValid = new Ajv2020().compile(schema);

const tell = async (dir: string, ...flags: readonly string[]): Promise<Told> => {
  // Nothing is asked of a wiki: there is no address.
  const { code, stdout, stderr } = await rxsync(['documents', dir, ...flags]);
  const all = stdout.split('\n').flatMap((line) => {
    if (line === '') return [];
    const parsed: unknown = JSON.parse(line);
    expect(isValid(parsed) || isValid.errors).toBe(true);
    return DocumentLine.parse(parsed);
  });
  const lines = all.flatMap((line) => (line.op === 'end' ? [] : line));
  const end = all.at(-1);
  return { code, stderr, lines, end: end?.op === 'end' ? end : undefined };
};

const pageWithSections = (): string => {
  const body = '<p>Intro.</p><h2>One</h2><p>First.</p><h2>Two</h2><p>Second.</p>';
  return wiki.sandbox.wiki.createPage('Sections', { spaceKey: 'LARGE', body }).id;
};

const upserts = (lines: readonly MirrorLine[]) => lines.flatMap((line) => (line.op === 'upsert' ? line : []));

test('documents have what the page is, where it is, and the headings above them', async () => {
  await withFolder(async (dir) => {
    const id = pageWithSections();
    wiki.sandbox.wiki.label(id, { add: 'red' });
    await pull(dir);
    const before = await readTree(dir);
    const { code, stderr, lines, end } = await tell(dir);
    expect([code, stderr]).toEqual([0, '']);
    expect(end).toMatchObject({ upserts: lines.length, deletes: 0, pendingCount: 0, failed: [] });
    const own = upserts(lines).filter(({ page }) => page === id);
    expect(own.map(({ headings, text }) => [headings, text])).toEqual([
      [[], 'Intro.'],
      [['One'], 'First.'],
      [['Two'], 'Second.'],
    ]);
    expect(own[1]).toMatchObject({
      kind: 'page',
      title: 'Sections',
      path: 'sections.md',
      space: 'LARGE',
      labels: ['red'],
      version: 1,
      url: expect.stringContaining(`/pages/${id}/`),
    });
    expect(await readTree(dir)).toEqual(before);
    const verified = await rxsync(['verify', dir]);
    expect(verified.code).toBe(0);
  });
});

test('since a run only what has changed is told', async () => {
  await withFolder(async (dir) => {
    const id = pageWithSections();
    await pull(dir);
    const first = await tell(dir);
    const since = (told: Told) => tell(dir, '--since', told.end?.run ?? '');
    expect(await since(first)).toMatchObject({ code: 0, lines: [], end: { run: first.end?.run } });
    const body = '<h2>Zero</h2><p>New.</p><p>Intro.</p><h2>One</h2><p>First.</p><h2>Two</h2><p>Other.</p>';
    wiki.sandbox.wiki.editPage(id, { body });
    await pull(dir);
    const second = await since(first);
    expect(upserts(second.lines).map(({ text, version }) => [text, version])).toEqual([
      ['New.\n\nIntro.', 2],
      ['Other.', 2],
    ]);
    expect(second.end?.deletes).toBe(2);
    wiki.sandbox.wiki.label(id, { add: 'blue' });
    await pull(dir);
    const third = await since(second);
    expect(upserts(third.lines).map(({ labels, version }) => [labels, version])).toEqual([
      [['blue'], 2],
      [['blue'], 2],
      [['blue'], 2],
    ]);
    wiki.sandbox.wiki.deletePage(id);
    await pull(dir);
    const fourth = await since(third);
    expect(fourth.lines.map(({ op }) => op)).toEqual(['delete', 'delete', 'delete']);
    // An earlier run can be gone on from again.
    expect((await since(first)).lines.filter(({ op }) => op === 'upsert')).toEqual([]);
  });
});

test('a run that is not known is an error that says what to do', async () => {
  await withFolder(async (dir) => {
    await pull(dir);
    const { end } = await tell(dir);
    await rm(path.join(dir, '.rxsync/documents'), { recursive: true });
    const { code, lines, stderr } = await tell(dir, '--since', end?.run ?? '');
    expect([code, lines]).toEqual([2, []]);
    expect(stderr).toMatch(/does not remember the run ".{12}"\.\n.*without --since/);
  });
});

test('of several mirrors no end is told where what went out could not be remembered', async () => {
  await withFolder(async (dir) => {
    await pull(dir, 'LARGE,SMALL');
    const first = documents(dir);
    await first.next();
    // Whoever is quicker remembers what went out.
    const quicker: DocumentLine[] = [];
    for await (const line of documents(dir)) quicker.push(line);
    expect(quicker.at(-1)).toMatchObject({ op: 'end', failed: [] });
    const rest = async (): Promise<void> => {
      for await (const line of first) expect(line.op).toBe('upsert');
    };
    await expect(rest()).rejects.toMatchObject({ code: 'mirror-locked' });
  });
});

test('several mirrors are told as one, and each goes on from its own run', async () => {
  await withFolder(async (dir) => {
    await pull(dir, 'LARGE,SMALL');
    const first = await tell(dir);
    expect(new Set(upserts(first.lines).map(({ path: file }) => file.split('/')[0]))).toEqual(
      new Set(['LARGE', 'SMALL']),
    );
    expect(first.end?.run).toMatch(/^LARGE=[\da-f]+,SMALL=[\da-f]+$/);
    await rm(path.join(dir, 'SMALL'), { recursive: true });
    wiki.sandbox.wiki.createPage('Later', { spaceKey: 'LARGE', body: '<p>Later.</p>' });
    await pull(path.join(dir, 'LARGE'));
    const second = await tell(dir, '--since', first.end?.run ?? '');
    expect(upserts(second.lines)).toEqual([expect.objectContaining({ path: 'LARGE/later.md' })]);
    expect(second).toMatchObject({ code: 3, end: { failed: [{ code: 'no-mirror' }] } });
    expect(second.stderr).toMatch(/SMALL: There is no mirror in .* any more\..*without --since\./);
    expect(second.end?.run).toMatch(/^LARGE=[\da-f]+,SMALL=[\da-f]+$/);
    // A mirror that comes is told whole.
    await pull(path.join(dir, 'SMALL'), 'SMALL');
    const withoutSmall = second.end?.run.replace(/,SMALL=.*/, '') ?? '';
    const third = await tell(dir, '--since', withoutSmall);
    expect(third.code).toBe(0);
    expect(third.lines.length).toBe(
      upserts(first.lines).filter(({ path: file }) => file.startsWith('SMALL/')).length,
    );
  });
});

test.each([
  ['SMALL', 'LARGE'],
  ['LARGE', 'SMALL'],
])(
  'a page that moves from %s to %s keeps its documents, whichever mirror is pulled first',
  async (from, to) => {
    await withFolder(async (dir) => {
      const move = async (first: string, second: string): Promise<void> => {
        const { id } = wiki.sandbox.wiki.createPage(`${from} ${first}`, {
          spaceKey: from,
          body: '<p>Goes.</p>',
        });
        await pull(dir, 'LARGE,SMALL');
        const model = new DocumentModel();
        await model.take(documents(dir));
        wiki.sandbox.wiki.moveToSpace(id, { spaceKey: to });
        for (const space of [first, second]) {
          await pull(path.join(dir, space), space);
          await model.take(documents(dir, { since: model.run }));
        }
        const own = [...model.documents.values()].filter(({ page }) => page === id);
        expect(own.map(({ path: file, space }) => [file.split('/')[0], space])).toEqual([[to, to]]);
      };
      await move(from, to);
      await move(to, from);
    });
  },
);

test('a folder of two mirrors of one space is refused, which names both', async () => {
  await withFolder(async (dir) => {
    wiki.sandbox.wiki.label(pageWithSections(), { add: 'red' });
    await pull(path.join(dir, 'all'));
    await pull(path.join(dir, 'red'), 'LARGE', '--label', 'red');
    const { code, lines, stderr } = await tell(dir);
    expect([code, lines]).toEqual([2, []]);
    expect(stderr).toMatch(/all" and ".*red" are both mirrors of LARGE of .*\n.*Name one of them/s);
  });
});

test('a page that is not as it was written is named, stays as it was sent, and comes when it is right again', async () => {
  await withFolder(async (dir) => {
    const id = pageWithSections();
    await pull(dir);
    const first = await tell(dir);
    wiki.sandbox.wiki.editPage(id, { body: '<p>Intro.</p><h2>One</h2><p>Edited.</p>' });
    await pull(dir);
    await appendFile(path.join(dir, 'sections.md'), 'mine\n');
    const second = await tell(dir, '--since', first.end?.run ?? '');
    expect(second).toMatchObject({ code: 3, lines: [], end: { pendingCount: 1, pending: ['sections.md'] } });
    expect(second.stderr).toContain('sections.md is not as rxsync has written it');
    await rm(path.join(dir, 'sections.md'));
    await pull(dir);
    const third = await tell(dir, '--since', second.end?.run ?? '');
    expect([third.code, third.lines.map(({ op }) => op)]).toEqual([0, ['upsert', 'delete', 'delete']]);
  });
});

test('what the reader has not taken to the end is told again', async () => {
  await withFolder(async (dir) => {
    await pull(dir);
    const code = await new Promise((resolve) => {
      const child = spawn(process.execPath, [BIN, 'documents', dir], { env: { PATH: process.env.PATH } });
      child.stdout.once('data', () => child.stdout.destroy());
      child.on('close', resolve);
    });
    expect([0, 141]).toContain(code);
    const { lines } = await tell(dir);
    expect(lines.length).toBeGreaterThan(30);
    expect(await readdir(path.join(dir, '.rxsync/documents'))).toEqual(['index']);
  });
});

test('what a reader has got of a stream that broke is taken back when the mirror has it no more', async () => {
  await withFolder(async (dir) => {
    const id = pageWithSections();
    await pull(dir);
    const { end } = await tell(dir);
    const got: string[] = [];
    wiki.sandbox.wiki.editPage(id, { body: '<p>For a moment.</p>' });
    await pull(dir);
    for await (const line of documents(dir, { since: end?.run })) {
      if (line.op === 'upsert') got.push(line.id);
      break;
    }
    expect(got).toHaveLength(1);
    wiki.sandbox.wiki.editPage(id, { body: '<p>For good.</p>' });
    await pull(dir);
    const { lines } = await tell(dir, '--since', end?.run ?? '');
    expect(lines).toContainEqual({ v: 1, op: 'delete', id: got[0] });
    expect(upserts(lines).map(({ text }) => text)).toEqual(['For good.']);
  });
});

test('a damaged record of what was sent is none; damaged records of the mirror are an error', async () => {
  await withFolder(async (dir) => {
    await pull(dir);
    const { lines, end } = await tell(dir);
    const index = path.join(dir, '.rxsync/documents/index');
    await writeFile(index, (await readFile(index, 'utf8')).replace('"v":1', '"v":2'));
    expect((await tell(dir, '--since', end?.run ?? '')).code).toBe(2);
    expect((await tell(dir)).lines).toEqual(lines);
    const store = path.join(dir, '.rxsync/store-1/records');
    for (const name of await readdir(store)) await writeFile(path.join(store, name), 'x');
    const damaged = await tell(dir);
    expect(damaged).toMatchObject({ code: 1, lines: [] });
    expect(damaged.stderr).toMatch(/records of the mirror in .* are damaged: .*\n.*Pull once more/);
    await pull(dir);
    expect((await tell(dir)).lines).toEqual(lines);
  });
});

test('where there is no mirror, or one of ADF, that is said', async () => {
  await withFolder(async (dir) => {
    expect(await tell(dir)).toMatchObject({ code: 2, stderr: expect.stringContaining('no mirror') });
    await pull(dir, 'LARGE', '--format', 'adf');
    const { code, stderr } = await tell(dir);
    expect(code).toBe(1);
    expect(stderr).toMatch(/holds ADF, .*\n.*--format markdown or --format storage/);
  });
});
