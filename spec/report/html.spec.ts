import { describe, expect, test } from '@jest/globals';
import { parseDocument } from 'htmlparser2';
import type { RunSummary } from '../../lib/events/run-summary.js';
import type { ReportFrame } from '../../lib/report/html/header.js';
import { indexPage } from '../../lib/report/html/index-page.js';
import { mirrorPage } from '../../lib/report/html/mirror-page.js';
import type { ReportData } from '../../lib/report/read-report.js';
import { createSizeTree } from '../../lib/report/size-tree.js';
import type { MirrorStatus } from '../../lib/store/mirror-status.js';
import { failedItem } from '../support/events.js';
import { runSummary } from '../support/runs.js';

const FRAME: ReportFrame = { dir: 'wiki', madeAt: '2026-02-03T04:05:06.000Z', version: '1.2.3' };

const NONE = { items: 0, files: 0, bytes: 0 };
const STATUS: MirrorStatus = {
  lastSync: null,
  lastFullSync: null,
  checkpoint: null,
  failedItems: [],
  failedCount: 0,
  incomplete: [],
  kinds: { page: NONE, blogpost: NONE, folder: NONE, attachment: NONE, comments: NONE },
};

const data = (changes: Partial<ReportData> = {}): ReportData => ({
  status: STATUS,
  sizes: createSizeTree().root(),
  runs: [],
  damaged: 0,
  items: new Map(),
  ...changes,
});

const BUSY = runSummary({
  changes: [
    { kind: 'page', id: '1', change: 'edited', path: 'guides/set up.md' },
    { kind: 'page', id: '2', change: 'moved', path: 'b.md', from: 'a.md' },
    { kind: 'page', id: '3', change: 'deleted', path: 'gone.md' },
  ],
  changeCounts: [
    { kind: 'page', change: 'edited', count: 1_201 },
    { kind: 'page', change: 'moved', count: 1 },
    { kind: 'page', change: 'deleted', count: 1 },
  ],
  samples: [0, 1, 2, 3].map((i) => ({
    atMs: i * 1000,
    pages: 10 * i,
    attachments: i,
    requests: i,
    retries: 0,
    cap: 5 + i,
  })),
  holds: [{ atMs: 500, untilMs: 2_000, reason: 'burst', lane: 'pages' }],
  holdCount: 1,
  retryCounts: [{ lane: 'pages', cause: '503', count: 2 }],
  latencies: [
    { lane: 'pages', answers: 40, failures: 1, p50Ms: 80, p95Ms: 400, maxMs: 1_300 },
    { lane: 'media', answers: 0, failures: 1, p50Ms: 0, p95Ms: 0, maxMs: 0 },
  ],
});

type Parsed = ReturnType<typeof parseDocument>;
type Node = Parsed['children'][number];

const elements = (html: string): { readonly name: string; readonly attribs: Record<string, string> }[] => {
  const walk = (nodes: readonly Node[]): { name: string; attribs: Record<string, string> }[] =>
    nodes.flatMap((node) =>
      'attribs' in node ? [{ name: node.name, attribs: node.attribs }, ...walk(node.children)] : [],
    );
  return walk(parseDocument(html).children);
};

const textOf = (html: string): string =>
  html.replaceAll(/<style>[^]*?<\/style>|<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');

describe('a report', () => {
  test('of an empty mirror says that there is nothing yet', async () => {
    const status = { ...STATUS, lostState: { message: 'state.json is missing.', hint: 'Pull again.' } };
    const text = textOf(await mirrorPage(data({ status }), FRAME));
    for (const sentence of [
      'state.json is missing. Cure: Pull again.',
      'Nothing has failed.',
      'There is no file yet.',
      'No run has been kept yet',
    ])
      expect(text).toContain(sentence);
  });

  test('of one run tells all that is kept of it', async () => {
    const items = new Map([['page:1', { title: 'Set up', path: 'guides/set up.md' }]]);
    const page = await mirrorPage(data({ runs: [BUSY], items }), FRAME);
    const text = textOf(page);
    for (const part of [
      'Edited: 1,201 pages',
      '… and 1,200 more',
      'a.md → b.md',
      'gone.md',
      'too many requests at once',
      'pages 503 2',
      'pages 40 1 80 ms 400 ms 1.3 s',
      'pages: at most 10, at 0:01.',
      'cap: at most 8, at 0:03.',
    ])
      expect(text).toContain(part);
    expect(page).toContain('<a href="../guides/set%20up.md"><bdi>Set up</bdi></a>');
    expect(text).not.toContain('Earlier runs');
  });

  test('names what has failed, with its cure', async () => {
    const status = {
      ...STATUS,
      failedItems: [failedItem({ title: 'Setup', hint: 'Ask for permission.' })],
      failedCount: 9,
      incomplete: [{ of: 'labels' as const, code: 'http-500', message: 'No.', hint: 'Again.' }],
    };
    const text = textOf(await mirrorPage(data({ status }), FRAME));
    expect(text).toMatch(/Setup .*http-500.* Cure: Ask for permission\. .*and 8 more/);
    expect(text).toMatch(/labels could not be listed whole .* Cure: Again\./);
  });

  test('each chart has a name, a description and a table; ids are unique; headings leave no level out', async () => {
    const page = await mirrorPage(data({ runs: [BUSY, BUSY, BUSY] }), FRAME);
    const all = elements(page);
    const ids = all.flatMap(({ attribs }) => attribs.id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const charts = all.filter(({ name, attribs }) => name === 'svg' && attribs.role === 'img');
    expect(charts).toHaveLength(3 * 4 + 1);
    for (const { attribs } of charts)
      for (const id of (attribs['aria-labelledby'] ?? '').split(' ')) expect(ids).toContain(id);
    const levels = all.flatMap(({ name }) => /^h([1-6])$/.exec(name)?.slice(1).map(Number) ?? []);
    levels.slice(1).forEach((level, i) => expect(level - (levels[i] ?? 0)).toBeLessThanOrEqual(1));
    const anchors = all.flatMap(({ attribs }) => /^#(.*)/.exec(attribs.href ?? '')?.slice(1) ?? []);
    expect(ids).toEqual(expect.arrayContaining(anchors));
  });

  test('stays below a megabyte, whatever was done', async () => {
    const changes = Array.from({ length: 200 }, (_change, i) => ({
      kind: 'page' as const,
      id: String(i),
      change: 'new' as const,
      path: `${'long/'.repeat(48)}${i}.md`,
    }));
    const failedItems = Array.from({ length: 100 }, () => failedItem({ message: 'x'.repeat(500) }));
    const run: RunSummary = { ...BUSY, changes, failedItems, failedCount: 100 };
    const runs = Array.from({ length: 50 }, () => run);
    const page = await mirrorPage(data({ runs }), FRAME);
    expect(page.length).toBeLessThan(1_000_000);
    expect(textOf(page)).toContain('The runs before are left out');
  });
});

describe('hostile texts are inert', () => {
  const HOSTILE = [
    '</script><img src=x onerror=alert(1)>',
    '"><svg onload=alert(1)>',
    '</title></style><script>alert(1)</script>',
    '\u202Egnp.exe\u2066',
    '\u0000\u001B[31m\u2028\r\n',
    'x'.repeat(10_000),
    '&lt;b&gt;',
  ];
  const texts = HOSTILE.join('');
  const run = runSummary({
    space: texts,
    ending: 'failed',
    reason: texts,
    error: { code: 'store', message: texts, hint: texts },
    changes: [
      { kind: 'page', id: '1', change: 'moved', path: texts, from: texts },
      { kind: 'page', id: '2', change: 'deleted', path: texts },
    ],
    changeCounts: [
      { kind: 'page', change: 'moved', count: 1 },
      { kind: 'page', change: 'deleted', count: 1 },
    ],
    samples: BUSY.samples,
    holds: [{ atMs: 0, untilMs: 9, reason: texts, lane: texts }],
    retryCounts: [{ lane: texts, cause: texts, count: 1 }],
    latencies: [{ ...BUSY.latencies[0], lane: texts, answers: 1, failures: 0, p50Ms: 1, p95Ms: 1, maxMs: 1 }],
  });
  const tree = createSizeTree();
  tree.add({ kind: 'attachment', files: [{ path: texts.replaceAll('/', ''), bytes: 9, hash: '' }] });
  const hostile = data({
    runs: [run, run],
    sizes: tree.root(),
    items: new Map([['page:1', { title: texts, path: texts }]]),
    status: {
      ...STATUS,
      spaceName: texts,
      failedItems: [failedItem({ title: texts, id: texts, message: texts, hint: texts })],
      failedCount: 1,
    },
  });

  const expectInert = (page: string): void => {
    const all = elements(page);
    const names = new Set(all.map(({ name }) => name));
    for (const name of ['img', 'script', 'b', 'iframe', 'object', 'link']) expect(names).not.toContain(name);
    expect(all.filter(({ name }) => name === 'style')).toHaveLength(1);
    for (const { attribs } of all) {
      expect(Object.keys(attribs).filter((name) => name.startsWith('on') || name === 'style')).toEqual([]);
      expect(attribs.href ?? '#').toMatch(/^(?:#|\.\.\/)/);
    }
    expect(/[\p{Bidi_Control}\u2028]|(?!\n)\p{Cc}/u.exec(page)).toBeNull();
  };

  test('in a report', async () => {
    const page = await mirrorPage(hostile, { ...FRAME, dir: texts });
    expectInert(page);
    expect(page.includes('&lt;img src=x onerror=alert(1)&gt;')).toBe(true);
    expect(page.includes('\\u{202e}gnp.exe')).toBe(true);
  });

  test('in the page of several mirrors', async () => {
    expectInert(await indexPage([{ name: texts, data: hostile }], { ...FRAME, dir: texts }));
  });

  test('and nothing may be loaded or run', async () => {
    const [policy = ''] = elements(await mirrorPage(hostile, FRAME)).flatMap(({ attribs }) =>
      attribs['http-equiv'] === 'Content-Security-Policy' ? attribs.content : [],
    );
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]+=*'; base-uri 'none'; form-action 'none'$/,
    );
  });
});

test('the page of several mirrors leads to the report of each that can be read', async () => {
  const page = await indexPage(
    [
      { name: 'DO CS', data: data({ runs: [BUSY] }) },
      { name: 'BROKEN', data: undefined },
    ],
    FRAME,
  );
  expect(page).toContain('href="../DO%20CS/.rxsync/report.html"');
  expect(textOf(page)).toMatch(/2 mirrors .*DO CS complete none yet 0 0 0 B 0 BROKEN cannot be read/);
});
