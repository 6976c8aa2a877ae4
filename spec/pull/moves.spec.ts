import { expect, test } from '@jest/globals';
import type { RxsyncEvent } from '../../lib/events/events.js';
import { pull$ } from '../../lib/pull/pull.js';
import type { PullOptions } from '../../lib/pull/run/pull-options.js';
import { attachment, comment, type FakeContent, fakeWiki, page } from '../support/fake-wiki.js';
import { depsFor, eventsOf, filesIn, optionsFor, useTemporaryFolder } from '../support/pulling.js';

const folder = useTemporaryFolder();

const linkTo = (title: string): string =>
  `<p>See <ac:link><ri:page ri:content-title="${title}" /></ac:link>.</p>`;

interface Names {
  readonly parent: string;
  readonly left: string;
  readonly right: string;
  readonly version: number;
}

/** A parent in a folder with two children that lead to each other, one of them with a file and comments. */
const contentWith = ({ parent, left, right, version }: Names): FakeContent => ({
  pages: [
    page(1, { body: '<p>Home.</p>' }),
    page(2, { title: parent, version }),
    page(3, { title: left, parentId: '2', version, body: linkTo('Right') }),
    page(4, { title: right, parentId: '2', version, body: linkTo('Left') }),
    page(5, { body: `<p><ac:link><ri:content-entity ri:content-id="4" /></ac:link></p>` }),
  ],
  attachments: [attachment(1, 3)],
  comments: [comment(1, 3), comment(2, 5)],
  labels: [],
  names: { 'acct-1': 'Ada', 'acct-2': 'Grace' },
});

const BEFORE: Names = { parent: 'Guide', left: 'Left', right: 'Right', version: 1 };

const pull = async (content: FakeContent, dir: string, options: Partial<PullOptions> = {}) => {
  const wiki = fakeWiki(content);
  const events = await eventsOf(pull$(optionsFor(dir, { comments: true, ...options }), depsFor(wiki)));
  expect(events.at(-1)).toMatchObject({ type: 'run.finished', exitCode: 0, failedItems: [] });
  return { wiki, events };
};

const moves = (events: readonly RxsyncEvent[]): string[] =>
  events.flatMap((event) =>
    'from' in event && 'to' in event && event.type.endsWith('.moved')
      ? [`${event.type} ${event.from} -> ${event.to}`]
      : [],
  );

test.each<Partial<PullOptions>>([{}, { flavor: 'obsidian' }, { flavor: 'mkdocs' }, { format: 'storage' }])(
  'what a new title moves is moved and led to anew within the mirror, as a fresh pull has it: %j',
  async (options) => {
    const [dir, fresh] = [await folder(), await folder()];
    const after = { ...BEFORE, parent: 'Handbook', version: 1 };
    const renamed: FakeContent = {
      ...contentWith(after),
      pages: (contentWith(after).pages ?? []).map((each) =>
        each.id === '2' ? { ...each, version: 2 } : each,
      ),
    };
    await pull(contentWith(BEFORE), dir, options);
    const { wiki, events } = await pull(renamed, dir, options);
    expect(wiki.requests.filter((request) => /^(fetch|download)/.test(request))).toEqual(['fetchPages 2']);
    await pull(renamed, fresh, options);
    expect(await filesIn(dir)).toEqual(await filesIn(fresh));
    expect(moves(events).filter((move) => move.startsWith('attachment'))).toEqual([
      'attachment.moved guide/left.attachments/file-1.bin -> handbook/left.attachments/file-1.bin',
    ]);
    expect(moves(events).filter((move) => move.startsWith('comments'))).toEqual([
      'comments.moved guide/left.comments.md -> handbook/left.comments.md',
    ]);
    // Once more, nothing is left to do.
    const again = await pull(renamed, dir, options);
    expect(again.wiki.requests.filter((request) => /^(fetch|download)/.test(request))).toEqual([]);
    expect(moves(again.events)).toEqual([]);
  },
);

test('two pages that change places with each other do, and their files with them', async () => {
  const [dir, fresh] = [await folder(), await folder()];
  const swapped = contentWith({ ...BEFORE, left: 'Right', right: 'Left', version: 2 });
  await pull(contentWith(BEFORE), dir);
  await pull(swapped, dir);
  await pull(swapped, fresh);
  expect(await filesIn(dir)).toEqual(await filesIn(fresh));
});

test.each<Partial<PullOptions>>([{}, { flavor: 'mkdocs' }, { format: 'storage' }])(
  'labels, parents and authors that change without a version are in the files, without a request for bodies: %j',
  async (format) => {
    const options = { ...format, labels: true };
    const [dir, fresh] = [await folder(), await folder()];
    const content = contentWith(BEFORE);
    const changed: FakeContent = {
      ...content,
      pages: (content.pages ?? []).map((each) => (each.id === '4' ? { ...each, parentId: '1' } : each)),
      labels: [{ kind: 'page', id: '3', labels: ['red', 'blue'], hasMore: false }],
      names: { 'acct-1': 'Ada Lovelace', 'acct-2': 'Grace' },
    };
    await pull(
      { ...content, labels: [{ kind: 'page', id: '3', labels: ['green'], hasMore: false }] },
      dir,
      options,
    );
    const before = await filesIn(dir);
    const { wiki, events } = await pull(changed, dir, options);
    expect(wiki.requests.filter((request) => request.startsWith('fetchPage'))).toEqual([]);
    await pull(changed, fresh, options);
    const after = await filesIn(dir);
    expect(after).toEqual(await filesIn(fresh));
    const [text, matter] = options.format === 'storage' ? ['.xhtml', '.meta.json'] : ['.md', '.md'];
    expect(before[`guide/left${matter}`]).toMatch(/green/);
    expect(after[`guide/left${matter}`]).toMatch(/Ada Lovelace[^]*blue[^]*red/);
    expect(moves(events)).toContain(`page.moved guide/right${text} -> right${text}`);
  },
);

test('a plan names what a pull then does, item by item, and writes nothing', async () => {
  const dir = await folder();
  await pull(contentWith(BEFORE), dir);
  const before = await filesIn(dir);
  const after = contentWith({ ...BEFORE, parent: 'Handbook', version: 2 });
  const next: FakeContent = {
    ...after,
    pages: [...(after.pages ?? []).filter(({ id }) => id !== '5'), page(6)],
    comments: (after.comments ?? []).filter(({ pageId }) => pageId !== '5'),
    attachments: [attachment(1, 3), attachment(2, 6)],
  };
  const { events } = await pull(next, dir, { dryRun: true });
  expect(await filesIn(dir)).toEqual(before);
  const planned = events.flatMap((event) =>
    event.type === 'item.planned'
      ? [
          `${event.action} ${event.kind} ${event.path}${event.from === undefined ? '' : ` from ${event.from}`} (${event.reason})`,
        ]
      : [],
  );
  expect(planned.sort()).toEqual(
    [
      'write page handbook.md (edited)',
      'move page handbook.md from guide.md (moved)',
      'write page handbook/left.md (edited)',
      'move page handbook/left.md from guide/left.md (moved)',
      'write page handbook/right.md (edited)',
      'move page handbook/right.md from guide/right.md (moved)',
      'write page page-6.md (new)',
      'move comments handbook/left.comments.md from guide/left.comments.md (moved)',
      'move attachment handbook/left.attachments/file-1.bin from guide/left.attachments/file-1.bin (moved)',
      'write attachment page-6.attachments/file-2.bin (new)',
      'delete page page-5.md (unseen)',
      'delete comments page-5.comments.md (unseen)',
    ].sort(),
  );
});

test('with everything asked for anew each item is planned for that reason', async () => {
  const dir = await folder();
  await pull(contentWith(BEFORE), dir);
  const { events } = await pull(contentWith(BEFORE), dir, { dryRun: true, full: true });
  const reasons = events.flatMap((event) =>
    event.type === 'item.planned' ? [`${event.action} ${event.reason}`] : [],
  );
  expect(new Set(reasons)).toEqual(new Set(['write full']));
  expect(reasons.length).toBe(5 + 1 + 2);
});

test('unchanged pages are told, each with its path, where that is asked for', async () => {
  const dir = await folder();
  await pull(contentWith(BEFORE), dir);
  const skipped = (events: readonly RxsyncEvent[]): string[] =>
    events.flatMap((event) =>
      event.type === 'page.skipped' ? [`${event.id} ${event.path} ${event.reason}`] : [],
    );
  expect(skipped((await pull(contentWith(BEFORE), dir)).events)).toEqual([]);
  const { events } = await pull(contentWith(BEFORE), dir, { tellUnchanged: true });
  expect(skipped(events).sort()).toEqual([
    '1 index.md unchanged',
    '2 guide.md unchanged',
    '3 guide/left.md unchanged',
    '4 guide/right.md unchanged',
    '5 page-5.md unchanged',
  ]);
});
