import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { readTree, rxsync, startWiki, withFolder } from '../support/e2e.js';

const Trace = z.object({ traceEvents: z.array(z.object({ name: z.string(), ph: z.string() })) });

/** How often Node.js began an operation of the file system, by its own trace of the processes in `folder`. */
const countOf = async (operation: string, folder: string): Promise<number> => {
  let count = 0;
  for (const name of await readdir(folder)) {
    if (!name.startsWith('trace-')) continue;
    const { traceEvents } = Trace.parse(JSON.parse(await readFile(path.join(folder, name), 'utf8')));
    count += traceEvents.filter((event) => event.name === operation && event.ph === 'b').length;
  }
  return count;
};

// A kill does not show it: the system still has what was written. `spec/store/power-cut.spec.ts` shows in which order.
test('every file of a mirror is synced by the system before the pull ends', () =>
  withFolder(async (folder) => {
    const wiki = await startWiki({ pages: 30, attachments: 12, comments: 20 });
    try {
      const mirror = path.join(folder, 'mirror');
      const run = await rxsync(['pull', mirror, '--space', 'LARGE', '--comments'], {
        env: wiki.env,
        cwd: folder,
        node: [
          '--trace-event-categories=node.fs.async',
          '--trace-event-file-pattern=trace-${pid}-${rotation}.json',
        ],
      });
      expect(run).toMatchObject({ code: 0 });
      const files = Object.keys(await readTree(mirror)).filter((file) => !file.endsWith('/'));
      expect(files.length).toBeGreaterThan(50);
      expect(await countOf('fsync', folder)).toBeGreaterThanOrEqual(files.length);
    } finally {
      await wiki.close();
    }
  }));
