import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ConfluenceClient } from 'confluence.js';

import { type Sandbox, createSandbox } from '../../lib/sandbox/index.js';

/** A published client that knows nothing of rxsync reads the wiki through its own API. */
describe('confluence.js', () => {
  let sandbox: Sandbox;
  let client: ConfluenceClient;

  beforeAll(async () => {
    sandbox = await createSandbox({ pages: 60, folders: 6, attachments: 40, comments: 30, bodyKb: 1 });
    const { email, apiToken: token } = sandbox.credentials;
    client = new ConfluenceClient({
      host: sandbox.url,
      apiPrefix: '/wiki/rest',
      authentication: { basic: { email, apiToken: token } },
    });
  });
  afterAll(() => sandbox.close());

  test('finds the space and who it is', async () => {
    const spaces = await client.space.getSpaces();
    expect(spaces.results.map(({ key }) => key)).toEqual(['LARGE', 'SMALL', '~sandbox', 'OLD']);
    expect(await client.space.getSpace({ spaceKey: 'LARGE' })).toMatchObject({
      key: 'LARGE',
      type: 'global',
    });
    expect(await client.users.getCurrentUser()).toMatchObject({
      type: 'known',
      email: 'sandbox@example.com',
    });
  });

  test('lists all pages by offset and reads one with its body', async () => {
    const ids: string[] = [];
    for (let start = 0, size = 1; size > 0; start += size) {
      const page = await client.content.getContent({
        spaceKey: 'LARGE',
        type: 'page',
        start,
        limit: 25,
        expand: ['version'],
      });
      ids.push(...page.results.map(({ id }) => id));
      size = page.results.length;
    }
    expect(ids).toEqual(sandbox.wiki.list('page', 'LARGE').map(({ id }) => id));
    const one = await client.content.getContentById({
      id: String(ids[5]),
      expand: ['body.storage', 'version', 'ancestors'],
    });
    expect(one.body?.storage?.value).toContain('<p>');
  });

  test('searches by CQL to the end of the cursors', async () => {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const found = await client.content.searchContentByCQL({
        cql: 'space = "LARGE" and type = attachment',
        expand: ['container', 'version'],
        limit: 15,
        ...(cursor === undefined ? {} : { cursor }),
      });
      ids.push(...found.results.map(({ id }) => id));
      const next = found._links.next;
      cursor =
        typeof next === 'string'
          ? (new URL(next, sandbox.url).searchParams.get('cursor') ?? undefined)
          : undefined;
    } while (cursor !== undefined);
    expect(ids).toEqual(sandbox.wiki.list('attachment', 'LARGE').map(({ id }) => id));
    expect((await client.search.searchByCQL({ cql: 'type = folder', limit: 1 })).totalSize).toBeGreaterThan(
      5,
    );
  });

  test('reads attachments, downloads one across the redirect, reads comments and labels', async () => {
    const { wiki } = sandbox;
    const page = wiki.createPage('For the second client');
    const file = wiki.attach(page.id, { fileName: 'a.txt', content: 'the bytes' });
    const root = wiki.comment(page.id, { body: '<p>root</p>' });
    wiki.comment(page.id, { parentCommentId: root.id });
    wiki.label(page.id, { add: 'one' });
    const files = await client.contentAttachments.getAttachments({ id: page.id });
    expect(files.results.map(({ title }) => title)).toEqual(['a.txt']);
    const bytes = await client.contentAttachments.downloadAttachment({ id: page.id, attachmentId: file.id });
    expect(Buffer.from(bytes).toString()).toBe('the bytes');
    const comments = await client.contentComments.getContentComments({
      id: page.id,
      depth: 'all',
      expand: ['body.storage'],
    });
    expect(comments.results).toHaveLength(2);
    expect((await client.contentLabels.getLabelsForContent({ id: page.id })).results).toMatchObject([
      { name: 'one' },
    ]);
  });
});
