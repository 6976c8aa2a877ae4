import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { newCheckedLines, openCheckedLines } from '../../lib/store/checked-lines.js';
import { Folder } from '../../lib/store/folder.js';
import { openSpool } from '../../lib/store/spool.js';
import { withFolder } from '../support/e2e.js';

const FILE = 'lines/all';

const write = async (folder: Folder, lines: readonly string[]): Promise<void> => {
  const file = await newCheckedLines(folder, FILE);
  for (const line of lines) await file.write(line);
  await file.commit();
  await file.close();
};

const read = async (folder: Folder): Promise<readonly string[] | undefined> => {
  const opened = await openCheckedLines(folder, FILE);
  if (opened === undefined) return undefined;
  const lines: string[] = [];
  for await (const line of opened.lines) lines.push(line);
  await opened.close();
  return lines;
};

test.each([
  ['none', []],
  ['some', ['a', '', 'ä\u2028東京']],
  ['many', Array.from({ length: 50_000 }, (_, index) => `line ${index} ×`)],
])('lines are read as they were written: %s', async (_, lines) => {
  await withFolder(async (dir) => {
    const folder = new Folder(dir);
    await write(folder, lines);
    expect(await read(folder)).toEqual(lines);
    expect(await readdir(path.join(dir, 'lines'))).toEqual(['all']);
  });
});

test.each([
  ['another byte', (text: string) => text.replace('b', 'c')],
  ['a missing end', (text: string) => text.slice(0, -3)],
  ['a missing line', (text: string) => text.slice(text.indexOf('\n') + 1)],
  ['nothing', () => ''],
])('a file with %s is none', async (_, damage) => {
  await withFolder(async (dir) => {
    const folder = new Folder(dir);
    expect(await read(folder)).toBeUndefined();
    await write(folder, ['a', 'b']);
    const file = path.join(dir, FILE);
    await writeFile(file, damage(await readFile(file, 'utf8')));
    expect(await read(folder)).toBeUndefined();
  });
});

test('what was not committed leaves nothing, and the file as it was', async () => {
  await withFolder(async (dir) => {
    const folder = new Folder(dir);
    await write(folder, ['before']);
    const file = await newCheckedLines(folder, FILE);
    await file.write('after');
    await file.close();
    expect(await read(folder)).toEqual(['before']);
    expect(await readdir(path.join(dir, 'lines'))).toEqual(['all']);
  });
});

test('of two that write at once the second to commit fails, and changes nothing', async () => {
  await withFolder(async (dir) => {
    const folder = new Folder(dir);
    const [first, second] = [await newCheckedLines(folder, FILE), await newCheckedLines(folder, FILE)];
    await first.write('first');
    await second.write('second');
    await first.commit();
    await expect(second.commit()).rejects.toMatchObject({ code: 'ENOENT' });
    for (const each of [first, second]) await each.close();
    expect(await read(folder)).toEqual(['first']);
  });
});

test('a reader goes on with the file that it has opened', async () => {
  await withFolder(async (dir) => {
    const folder = new Folder(dir);
    await write(folder, ['before']);
    const opened = await openCheckedLines(folder, FILE);
    await write(folder, ['after']);
    const lines: string[] = [];
    for await (const line of opened?.lines ?? []) lines.push(line);
    await opened?.close();
    expect(lines).toEqual(['before']);
  });
});

test('a spool gives what was written to it', async () => {
  const spool = await openSpool();
  for (const line of ['a', 'b']) await spool.write(line);
  const lines: string[] = [];
  for await (const line of spool.read()) lines.push(line);
  await spool.close();
  expect(lines).toEqual(['a', 'b']);
});
