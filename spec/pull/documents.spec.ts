import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { firstValueFrom, lastValueFrom, toArray } from 'rxjs';
import type { Format } from '../../lib/core/content.js';
import type { DocumentLine } from '../../lib/documents/document.js';
import { documents, documents$ } from '../../lib/pull/documents.js';
import { openMirror } from '../../lib/store/open-mirror.js';
import { pull$ } from '../../lib/pull/pull.js';
import { fakeWiki, page, pages } from '../support/fake-wiki.js';
import { depsFor, eventsOf, optionsFor, useTemporaryFolder } from '../support/pulling.js';

const folder = useTemporaryFolder();

const pull = async (dir: string, content = pages(3)): Promise<void> => {
  await eventsOf(pull$(optionsFor(dir), depsFor(fakeWiki({ pages: content }))));
};

const linesOf = async (lines: AsyncIterable<DocumentLine>): Promise<DocumentLine[]> => {
  const all: DocumentLine[] = [];
  for await (const line of lines) all.push(line);
  return all;
};

const titlesIn = (lines: readonly DocumentLine[]) =>
  lines.flatMap((line) => (line.op === 'upsert' ? line.title : []));

const runIn = (lines: readonly DocumentLine[]): string => {
  const last = lines.at(-1);
  return last?.op === 'end' ? last.run : '';
};

test('the documents of a mirror end with the run to go on from: since that, only what has changed', async () => {
  const dir = await folder();
  await pull(dir);
  const first = await linesOf(documents(dir));
  expect(titlesIn(first)).toEqual(['Page 1', 'Page 2', 'Page 3']);
  expect(first.at(-1)).toMatchObject({ op: 'end', upserts: 3, deletes: 0 });
  await pull(dir, [page(1), page(2, { version: 2, body: '<p>Changed.</p>' }), page(3)]);
  const second = await linesOf(documents(dir, { since: runIn(first) }));
  expect(titlesIn(second)).toContain('Page 2');
  expect(titlesIn(second)).not.toContain('Page 3');
  expect(titlesIn(await linesOf(documents(dir, { since: undefined })))).toHaveLength(3);
});

test('as an Observable they are the same, anew for each who subscribes', async () => {
  const dir = await folder();
  await pull(dir);
  const told$ = documents$(dir);
  const first = await lastValueFrom(told$.pipe(toArray()));
  const second = await lastValueFrom(told$.pipe(toArray()));
  for (const lines of [first, second]) {
    expect(titlesIn(lines)).toEqual(['Page 1', 'Page 2', 'Page 3']);
    expect(lines.at(-1)?.op).toBe('end');
  }
});

test('a folder without a mirror has none', async () => {
  const dir = await folder();
  await expect(linesOf(documents(dir))).rejects.toMatchObject({ code: 'no-mirror' });
});

test('of a mirror that does not tell yet what it is none are told: by a pull at work, or by none', async () => {
  const dir = await folder();
  const { close } = await openMirror(dir);
  await expect(linesOf(documents(dir))).rejects.toMatchObject({
    code: 'mirror-locked',
    exitCode: 11,
    message: expect.stringMatching(
      /^A pull is at work on the mirror in ".*" \(process \d+ on .*\), which has not told yet/,
    ),
    hint: 'Ask again when it has ended.',
  });
  await close();
  await expect(linesOf(documents(dir))).rejects.toMatchObject({
    code: 'store',
    message: expect.stringContaining('.rxsync/state.json is missing'),
  });
});

describe('of a folder of two mirrors of one space', () => {
  const twins = async (format: Format): Promise<readonly [string, string, string]> => {
    const dir = await folder();
    const [first, second] = [path.join(dir, 'a'), path.join(dir, 'b')];
    await pull(first);
    await eventsOf(pull$(optionsFor(second, { format }), depsFor(fakeWiki({ pages: pages(3) }))));
    return [dir, first, second];
  };

  test('none are told, with a run or without: both mirrors are named', async () => {
    const [dir, first, second] = await twins('storage');
    const { length } = await linesOf(documents(first));
    expect(length).toBe(4);
    for (const since of [undefined, `a=${runIn(await linesOf(documents(first)))}`])
      await expect(linesOf(documents(dir, { since }))).rejects.toMatchObject({
        code: 'mirror-mismatch',
        exitCode: 2,
        message: expect.stringContaining(`"${first}" and "${second}" are both mirrors of DOCS of https://`),
        hint: expect.stringContaining('Name one of them'),
      });
  });

  test('those of one are told where the other holds ADF, which none are made of', async () => {
    const [dir] = await twins('adf');
    const lines = await linesOf(documents(dir));
    expect(titlesIn(lines)).toHaveLength(3);
    expect(lines.at(-1)).toMatchObject({ failed: [{ code: 'store' }] });
  });
});

test.each<[readonly unknown[], string]>([
  [[''], 'dir'],
  [[undefined], 'dir'],
  [['mirror', { sinse: 'x' }], 'sinse'],
  [['mirror', { since: '' }], 'since'],
  [['mirror', { since: 7 }], 'since'],
])('documents(%j) is refused at once', (args, option) => {
  // As JavaScript may call it.
  expect(() => void Reflect.apply(documents, undefined, args)).toThrow(
    expect.objectContaining({ code: 'options', option }),
  );
});

test('as an Observable they are refused to who subscribes', async () => {
  await expect(firstValueFrom(documents$('mirror', { since: '' }))).rejects.toMatchObject({
    option: 'since',
  });
});
