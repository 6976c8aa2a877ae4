import { describe, expect, test } from '@jest/globals';
import type { PlannedPage } from '../../../lib/core/pull-plan.js';
import { ConversionError } from '../../../lib/errors/conversion-error.js';
import { renderPage } from '../../../lib/pull/render/render-page.js';
import type { PullOptions } from '../../../lib/pull/run/pull-options.js';
import { fakeWiki, page } from '../../support/fake-wiki.js';
import { useLanes } from '../../support/pulling.js';

const open = useLanes();

const LINK = '<p><ac:link><ri:page ri:content-title="Page 1" /></ac:link></p>';

/** What is rendered of the second page, which lies below the first, with this body. */
const rendering = async (body: string | undefined, options: Partial<PullOptions>, shareBytes?: number) => {
  const { run, plan } = await open(fakeWiki({ pages: [page(1), page(2)] }), options);
  const [, planned] = plan.pages.fetch;
  if (planned === undefined) throw new Error('Nothing is planned.');
  const small = { ...run, shares: { ...run.shares, page: shareBytes ?? run.shares.page } };
  const labelled: PlannedPage = { ...planned, page: { ...planned.page, labels: ['red', 'blue'] } };
  return () => renderPage(small, labelled, { ...page(2), body });
};
const rendered = async (...given: Parameters<typeof rendering>) => (await rendering(...given))();

const doc = (...content: object[]) => ({ version: 1, type: 'doc', content });
const media = (type: string, id: string) => ({ type, attrs: { type: 'file', id, collection: 'c' } });

describe('in ADF', () => {
  const shown = doc(
    { type: 'mediaSingle', content: [media('media', 'f-1')] },
    {
      type: 'paragraph',
      content: [media('mediaInline', 'f-2'), { type: 'mention', attrs: { id: 'acct-1' } }],
    },
    media('media', 'f-1'),
  );

  test('the document stands as it is, indented, beside its meta data', async () => {
    const { files, spans } = await rendered(JSON.stringify(shown), { format: 'adf' });
    expect(files.map(({ path }) => path)).toEqual(['page-2.adf.json', 'page-2.meta.json']);
    expect(files[0]?.content).toBe(`${JSON.stringify(shown, null, 2)}\n`);
    expect(JSON.parse(files[1]?.content ?? '')).toMatchObject({
      id: '2',
      title: 'Page 2',
      space: 'DOCS',
      type: 'page',
      status: 'current',
      version: 1,
      parent: '1',
      labels: ['blue', 'red'],
      url: 'https://example.atlassian.net/wiki/spaces/DOCS/pages/2',
    });
    expect(files[1]?.content).toMatch(/^\{\n {2}"[^]*\}\n$/);
    expect(spans).toEqual([]);
  });

  test('the files that it shows are what it refers to, where only those are wanted', async () => {
    const body = JSON.stringify(shown);
    const { references } = await rendered(body, { format: 'adf', attachments: 'referenced' });
    expect(references.map((each): unknown => JSON.parse(each))).toEqual(
      ['f-1', 'f-2', 'f-1'].map((fileId) => ({ kind: 'attachment-file', fileId })),
    );
    for (const attachments of ['all', 'none'] as const)
      expect((await rendered(body, { format: 'adf', attachments })).references).toEqual([]);
  });

  test('what is no JSON stands as it came', async () => {
    expect((await rendered('{"type":', { format: 'adf' })).files[0]?.content).toBe('{"type":');
  });
});

describe('in storage format', () => {
  test('the body stands as it came, with what it refers to', async () => {
    const { files, references, spans, isUnread } = await rendered(LINK, { format: 'storage' });
    expect(files[0]).toEqual({ path: 'page-2.xhtml', content: LINK });
    expect(references.map((each): unknown => JSON.parse(each))).toMatchObject([
      { kind: 'page', title: 'Page 1' },
    ]);
    expect([spans, isUnread ?? false]).toEqual([[], false]);
  });

  test('one that is too large to be looked through is written all the same, and said to be unread', async () => {
    const { files, references, isUnread } = await rendered(LINK, { format: 'storage' }, 10);
    expect(files[0]?.content).toBe(LINK);
    expect([references, isUnread]).toEqual([[], true]);
  });

  test('a page without a body is an empty file', async () => {
    expect((await rendered(undefined, { format: 'storage' })).files[0]).toEqual({
      path: 'page-2.xhtml',
      content: '',
    });
  });
});

describe('in Markdown', () => {
  test('a page is one file with front matter, its links led to the mirror', async () => {
    const { files, references } = await rendered(LINK, {});
    expect(files.map(({ path }) => path)).toEqual(['page-2.md']);
    expect(files[0]?.content).toMatch(
      /^---\nid: "2"\n[^]*labels:[^]*blue[^]*red[^]*---\n\n# Page 2\n\n\[Page 1\]\(index\.md\)\n$/,
    );
    expect(references).toHaveLength(1);
  });

  test('a list of what is below a page is made of the mirror', async () => {
    const { run, plan } = await open(fakeWiki({ pages: [page(1), page(2), page(3)] }));
    const [home] = plan.pages.fetch;
    const children = '<ac:structured-macro ac:name="children" />';
    const files = home && renderPage(run, home, page(1, { body: children })).files;
    expect(files?.[0]?.content).toMatch(/\[Page 2\]\(page-2\.md\)[^]*\[Page 3\]\(page-3\.md\)/);
  });

  test('one that may take more memory than a page gets fails, and says what to do', async () => {
    const render = await rendering(`<p>${'x'.repeat(2 * 1024 ** 2)}</p>`, {}, 1024 ** 2);
    expect(render).toThrow(ConversionError);
    expect(render).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(
          /^Page 2 cannot be converted: 2097159 characters may take \S+ MB of memory, and a page gets 1\.0 MB\.$/,
        ),
        hint: expect.stringContaining("`format: 'storage'`"),
      }),
    );
  });
});
