import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { someRows } from '../support/counts.js';
import { readTree, rxsync, startWiki, withFolder } from '../support/e2e.js';

const Summary = z.object({
  totals: z.record(z.string(), z.record(z.string(), z.number())),
  failedItems: z.array(z.object({ kind: z.string(), id: z.string(), code: z.string(), title: z.string() })),
});

const pull = async (faults: string) => {
  const wiki = await startWiki({ pages: 60, attachments: 30, comments: 20, faults });
  try {
    return await withFolder(async (dir) => {
      const run = await rxsync(['pull', dir, '--space', 'LARGE', '--comments', '--json'], { env: wiki.env });
      const again = await rxsync(['pull', dir, '--space', 'LARGE', '--comments', '--json'], {
        env: wiki.env,
      });
      return { run, again, summary: Summary.parse(JSON.parse(run.stdout)), tree: await readTree(dir) };
    });
  } finally {
    await wiki.close();
  }
};

test('a page that always fails is reported and counted, the others are pulled, exit 3', async () => {
  const { run, again, summary, tree } = await pull('poison:bodies=#10');
  expect(run.code).toBe(3);
  expect(summary.failedItems).toEqual([expect.objectContaining({ kind: 'page', code: 'http-500' })]);
  expect(summary.totals.page).toMatchObject({ listed: 60, written: 59, failed: 1 });
  expect(run.stderr).toMatch(/Failed \(1\):/);
  expect(Object.keys(tree).filter((file) => file.endsWith('.attachments/'))).not.toEqual([]);
  expect(again.code).toBe(3);
});

test('--quiet says what is missing, and nothing else', async () => {
  const wiki = await startWiki({ pages: 10, attachments: 0, comments: 0, faults: 'poison:bodies=#5' });
  try {
    await withFolder(async (dir) => {
      const run = await rxsync(['pull', dir, '--space', 'LARGE', '--quiet'], { env: wiki.env });
      expect(run).toMatchObject({ code: 3, stdout: '' });
      expect(run.stderr).toMatch(/^Mirrored, but not completely: LARGE/);
      expect(run.stderr).toMatch(/Failed \(1\):/);
    });
  } finally {
    await wiki.close();
  }
});

test.each(
  someRows(
    [
      '500:bodies@2',
      '503:bodies@1x3',
      '429:listing@2',
      '429-no-retry-after:bodies@1',
      'reset:comments@1',
      'malformed:bodies@1',
      'truncate:media@3',
      'expired-url:media@2',
    ],
    3,
  ),
)('a passing fault (%s) leaves nothing behind', async (faults) => {
  const { run, summary } = await pull(faults);
  expect(run).toMatchObject({ code: 0 });
  expect(summary.failedItems).toEqual([]);
  expect(summary.totals).toMatchObject({ page: { written: 60 }, attachment: { written: 30 } });
});
