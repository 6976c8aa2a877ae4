import { expect, test } from '@jest/globals';
import type { Format } from '../../../lib/core/content.js';
import type { PlannedPage } from '../../../lib/core/pull-plan.js';
import type { ItemRecord } from '../../../lib/core/records.js';
import { renderPage } from '../../../lib/pull/render/render-page.js';
import { rewritePage } from '../../../lib/pull/render/rewrite-page.js';
import { fakeWiki, page, pages } from '../../support/fake-wiki.js';
import { useLanes } from '../../support/pulling.js';

const open = useLanes();

const BODY =
  '<p>See <ac:link><ri:page ri:content-title="Page 3" /></ac:link> and ' +
  '<ac:link><ri:page ri:content-title="Page 1" /></ac:link>.</p>';
const ADF = '{"version":1,"type":"doc","content":[]}';

/** The second of three pages, all of which Ann has written. */
const laidOut = async (format: Format) => {
  const wiki = fakeWiki({ pages: pages(3), names: { 'acct-1': 'Ann' } });
  const { run, plan } = await open(wiki, { format, flavor: 'obsidian' });
  const planned = plan.pages.fetch.find((each) => each.page.id === '2');
  if (planned === undefined) throw new Error('Nothing is planned.');
  return { run, planned };
};

const at = (
  planned: PlannedPage,
  changes: Partial<PlannedPage['page']>,
  base = planned.base,
): PlannedPage => ({
  ...planned,
  base,
  page: { ...planned.page, ...changes },
});

const MOVED = {
  parentId: '3',
  authorId: 'acct-1',
  createdAt: '2020-01-01T00:00:00.000Z',
  labels: ['red', 'blue'],
};

test.each<Format>(['markdown', 'storage', 'adf'])(
  '%s: a page at its new place is what it would be if it were rendered there',
  async (format) => {
    const { run, planned } = await laidOut(format);
    const body = format === 'adf' ? ADF : BODY;
    const { files, ...links } = renderPage(run, planned, page(2, { body }));
    const record: ItemRecord = { kind: 'page', id: '2', version: 1, fingerprint: '', files: [], ...links };
    const next = at(planned, MOVED, 'page-3/page-2');
    const now = page(2, { body, parentId: '3', createdAt: MOVED.createdAt });
    const contents = files.map(({ content }) => content);
    expect(rewritePage(run, next, record, contents)).toEqual(renderPage(run, next, now));
  },
);

test('what the listing does not tell stays as it is written; a parent and labels that are no more go', async () => {
  const { run, planned } = await laidOut('storage');
  const labelled = at(planned, { labels: ['red'] });
  const contents = renderPage(run, labelled, page(2)).files.map(({ content }) => content);
  const record: ItemRecord = { kind: 'page', id: '2', version: 1, fingerprint: '', files: [] };
  const next = {
    ...planned,
    page: { ...planned.page, authorId: undefined, createdAt: undefined, parentId: undefined },
  };
  const { files, references, spans } = rewritePage(run, next, record, contents);
  const matter: unknown = JSON.parse(files[1]?.content ?? '');
  expect(matter).toMatchObject({ author: 'Ann', created: '2025-01-02T03:04:05.678Z' });
  expect(matter).not.toHaveProperty('parent');
  expect(matter).not.toHaveProperty('labels');
  expect([references, spans]).toEqual([[], []]);
});

test('links lead to where their targets are now, and the text about them stays', async () => {
  const { run, planned } = await laidOut('markdown');
  const { files, ...links } = renderPage(run, planned, page(2, { body: BODY }));
  const record: ItemRecord = { kind: 'page', id: '2', version: 1, fingerprint: '', files: [], ...links };
  const [before = ''] = files.map(({ content }) => content);
  const [target] = [...run.layout.paths.pages].flatMap(([id, base]) => (id === '3' ? base : []));
  const hrefOf: typeof run.layout.hrefOf = (reference, pageId) =>
    run.layout.hrefOf(reference, pageId).replace(`${target}.md`, 'elsewhere/far/away.md');
  const moved = { ...run, layout: { ...run.layout, hrefOf } };
  const after = rewritePage(moved, planned, record, [before]);
  expect(before).toContain(`${target}.md`);
  expect(after.files[0]?.content).toBe(before.replaceAll(`${target}.md`, 'elsewhere/far/away.md'));
  const again = { ...record, spans: after.spans };
  expect(rewritePage(run, planned, again, [after.files[0]?.content ?? '']).files[0]?.content).toBe(before);
});
