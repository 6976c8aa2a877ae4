import { expect, test } from '@jest/globals';
import { openSpool } from '../../lib/store/spool.js';

const linesOf = async (lines: AsyncIterable<string>): Promise<readonly string[]> => {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
};

test.each([
  ['none', []],
  ['some', ['a', '', 'ä']],
  ['more than are held in memory', Array.from({ length: 20_000 }, (_, at) => `line ${at}`)],
])('lines are read as they were written: %s', async (_, lines) => {
  const spool = await openSpool();
  for (const line of lines) await spool.write(line);
  expect(await linesOf(spool.read())).toEqual(lines);
  await spool.close();
});

test('two of them do not mix', async () => {
  const [a, b] = [await openSpool(), await openSpool()];
  await a.write('a');
  await b.write('b');
  expect([await linesOf(a.read()), await linesOf(b.read())]).toEqual([['a'], ['b']]);
  for (const each of [a, b]) await each.close();
});

test('what is closed before it was read is gone', async () => {
  const spool = await openSpool();
  await spool.write('a');
  await spool.close();
  await expect(linesOf(spool.read())).rejects.toThrow();
});
