/**
 * Speed of the converter on one core, in CPU time so that a busy machine does not matter. Run by `npm run bench -- convert`.
 */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { Parser } from 'htmlparser2';
import type * as Rxsync from '../../lib/convert/index.js';

const PAGE_BYTES = 15_000;
const LARGE_BYTES = [1_000_000, 2_000_000, 5_000_000];
const PAGES = ['text', 'lists', 'tables', 'links', 'macros-code', 'macros-panels'];

const hasToMarkdown = (module: unknown): module is Pick<typeof Rxsync, 'toMarkdown'> =>
  typeof module === 'object' && module !== null && 'toMarkdown' in module;

/** What most pages are made of. */
const TYPICAL =
  '<h2>Section <em>one</em></h2><p>Some plain <strong>prose</strong> that goes on for a while with ' +
  '<a href="https://example.com/x?a=1&amp;b=2">a link</a> and <code>code_here</code>, an entity &ndash; and ' +
  `snake_case words. ${'Lorem ipsum dolor sit amet, consectetur adipiscing elit. '.repeat(6)}</p>` +
  '<ul><li><p>first item</p></li><li><p>second with <strong>bold</strong></p><ul><li><p>nested</p></li></ul></li></ul>' +
  '<ac:structured-macro ac:name="code"><ac:parameter ac:name="language">java</ac:parameter><ac:plain-text-body>' +
  '<![CDATA[public static void main(String[] args) {\n  System.out.println("x");\n}]]></ac:plain-text-body>' +
  '</ac:structured-macro><table><tbody><tr><th><p>A</p></th><th><p>B</p></th></tr><tr><td><p>one</p></td><td>' +
  '<p>two <ac:link><ri:page ri:content-title="Other page"/></ac:link></p></td></tr></tbody></table>';

const repeated = (body: string, bytes: number): string => body.repeat(Math.ceil(bytes / body.length));

/** Every element and macro once: far more markup a word than pages have. */
const dense = (): string =>
  PAGES.map((name) => readFileSync(`fixtures/pages/${name}.storage.xml`, 'utf8')).join('');

/** Megabytes of input a second of CPU. */
function speed(work: (input: string) => unknown, input: string, times: number): number {
  work(input);
  const start = process.cpuUsage();
  for (let count = 0; count < times; count += 1) work(input);
  const { user, system } = process.cpuUsage(start);
  return (input.length * times) / (user + system);
}

async function main(): Promise<void> {
  const module: unknown = await import(pathToFileURL('dist/lib/convert/index.js').href);
  if (!hasToMarkdown(module)) throw new Error('dist has no converter: npm run build');
  const print = (name: string, value: number): boolean =>
    process.stdout.write(`${name.padEnd(28)} ${value.toFixed(1)}\n`);
  const input = repeated(TYPICAL, PAGE_BYTES);
  const parse = (storage: string): void => {
    new Parser({}, { xmlMode: true, decodeEntities: false }).end(storage);
  };
  speed(module.toMarkdown, input, 200);
  const converting = speed(module.toMarkdown, input, 400);
  const parsing = speed(parse, input, 400);
  print('15 KB pages, MB/s', converting);
  print('bare htmlparser2, MB/s', parsing);
  print('times the bare parse', parsing / converting);
  print('dense fixtures, MB/s', speed(module.toMarkdown, repeated(dense(), PAGE_BYTES), 400));
  for (const bytes of LARGE_BYTES) {
    print(`${bytes / 1_000_000} MB page, MB/s`, speed(module.toMarkdown, repeated(TYPICAL, bytes), 2));
  }
}

void main();
