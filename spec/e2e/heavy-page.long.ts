import { execFile } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { conversionBytes } from '../../lib/convert/index.js';
import { type Run, readTree, ROOT, rxsync, startWiki, withFolder } from '../support/e2e.js';

const MB = 1024 ** 2;

const Summary = z.object({
  failedItems: z.array(z.object({ id: z.string(), code: z.string(), message: z.string(), hint: z.string() })),
});

const failedIn = ({ stdout }: Run) => Summary.parse(JSON.parse(stdout)).failedItems;

/** Bodies that take more memory than a page gets of a heap of 256 MB; the first ends a process that has no more. */
const HEAVY: readonly (readonly [string, string, () => string])[] = [
  [
    'a table of 250,000 rows',
    'conversion',
    () => `<table><tbody>${'<tr><td>a</td><td>bc</td></tr>'.repeat(250_000)}</tbody></table>`,
  ],
  ['lists 100,000 deep', 'conversion', () => '<ul><li>a'.repeat(100_000) + '</li></ul>'.repeat(100_000)],
  ['more than one answer may hold', 'oversized-response', () => `<p>${'lorem ipsum '.repeat(MB)}</p>`],
];

test.each(HEAVY)(
  '%s in a heap of 256 MB: that page fails alone, and is there once it is small again',
  async (_name, code, body) => {
    const wiki = await startWiki({ pages: 30, attachments: 5, comments: 5 });
    const { sandbox, env } = wiki;
    await withFolder(async (dir) => {
      const at = (name: string): string => path.join(dir, name);
      const pull = (name: string): Promise<Run> =>
        rxsync(['pull', at(name), '--space', 'LARGE', '--comments', '--json'], {
          env,
          node: ['--max-old-space-size=256'],
        });
      expect(await pull('without')).toMatchObject({ code: 0 });
      const without = await readTree(at('without'));
      const { id } = sandbox.wiki.createPage('Heavy', { spaceKey: 'LARGE', body: body() });
      for (let round = 1; round <= 2; round += 1) {
        const run = await pull('mirror');
        expect(run).toMatchObject({ code: 3 });
        expect(failedIn(run)).toEqual(
          [
            {
              id,
              code,
              message: expect.stringContaining(' MB'),
              hint: expect.stringContaining('max-old-space-size'),
            },
          ].map((failed) => expect.objectContaining(failed)),
        );
        expect(await readTree(at('mirror'))).toEqual(without);
      }
      sandbox.wiki.editPage(id, { body: '<p>Small.</p>' });
      expect(await pull('mirror')).toMatchObject({ code: 0 });
      expect(await pull('whole')).toMatchObject({ code: 0 });
      const whole = await readTree(at('whole'));
      expect(Object.keys(whole)).toHaveLength(Object.keys(without).length + 1);
      expect(await readTree(at('mirror'))).toEqual(whole);
    });
    await wiki.close();
  },
);

/** Bodies made to take much memory a character, or a tag. */
const COSTLY: Readonly<Record<string, readonly [string, string, string]>> = {
  'marks in turn': ['<p>', '<b>a</b>b', '</p>'],
  'cells of a table': ['<table><tr>', '<td>x</td>', '</tr></table>'],
  'a cell a row': ['<table>', '<tr><td>x</td></tr>', '</table>'],
  definitions: ['<dl>', '<dt>a</dt><dd>b</dd>', '</dl>'],
  'items of a list': ['<ul>', '<li>a</li>', '</ul>'],
  'line breaks': ['<p>', 'a<br/>', '</p>'],
  attributes: ['', `<p ${Array.from({ length: 90 }, (_, index) => `a${index}`).join(' ')}>x</p>`, ''],
  'lines of text': ['<p>', 'a\n', '</p>'],
  'characters to escape': ['<table><tr><td>', '!a', '</td></tr></table>'],
  'one run of tildes': ['<table><tr><td>', '~', '</td></tr></table>'],
};

/** What Node.js itself and the code of the converter need of a heap, in MB. */
const NODE_MB = 9;
const CHARACTERS = 400_000;

/** Reads a body as JSON of its parts and how often the middle one stands in it, and converts it. */
const CONVERT = (module: string): string => `
  const { convert } = await import(${JSON.stringify(module)});
  const [[start, unit, end], times] = JSON.parse(process.argv[1]);
  convert(start + unit.repeat(times) + end);
`;

test.each(Object.entries(COSTLY))('%s: no more memory than is reckoned with', async (_name, parts) => {
  const [start, unit, end] = parts;
  const times = Math.floor(CHARACTERS / unit.length);
  const heapMb = NODE_MB + Math.ceil(conversionBytes(start + unit.repeat(times) + end) / MB);
  const module = pathToFileURL(path.join(ROOT, 'dist/lib/convert/index.js')).href;
  const code = await new Promise<number | string | null | undefined>((resolve) => {
    execFile(
      process.execPath,
      [
        `--max-old-space-size=${heapMb}`,
        '--input-type=module',
        '--eval',
        CONVERT(module),
        JSON.stringify([parts, times]),
      ],
      (error) => resolve(error === null ? 0 : (error.code ?? error.signal)),
    );
  });
  expect(code).toBe(0);
});
