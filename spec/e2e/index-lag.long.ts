import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { pull } from '../../lib/index.js';
import { type E2eWiki, readTree, startWiki, withFolder } from '../support/e2e.js';

let wiki: E2eWiki;
let nowMs = Date.parse('2026-02-01T00:00:00Z');

beforeEach(async () => {
  nowMs = Date.parse('2026-02-01T00:00:00Z');
  wiki = await startWiki({
    pages: 20,
    attachments: 20,
    comments: 20,
    bodyKb: 1,
    indexLagMs: 60_000,
    timer: () => nowMs,
  });
  nowMs += 3_600_000;
});

afterEach(() => wiki.close());

const pullInto = async (dir: string) => {
  const { url, credentials } = wiki.sandbox;
  const { email, apiToken } = credentials;
  return pull({ url, credentials: { email, apiToken }, space: 'LARGE', dir, comments: true });
};

const attachmentFiles = async (dir: string): Promise<string[]> =>
  Object.keys(await readTree(dir)).filter((file) => /\.attachments\/./.test(file));

test('what the search index does not know for a while is not deleted', async () => {
  await withFolder(async (dir) => {
    await pullInto(dir);
    const before = await attachmentFiles(dir);
    expect(before).toHaveLength(20);
    const [some] = wiki.sandbox.wiki.list('attachment', 'LARGE');
    wiki.sandbox.wiki.replaceAttachment(some?.id ?? '');
    const { totals, exitCode } = await pullInto(dir);
    expect({ exitCode, deleted: totals.attachment.deleted }).toEqual({ exitCode: 0, deleted: 0 });
    expect(await attachmentFiles(dir)).toEqual(before);
  });
});

test('what is gone from the database is deleted once the index has forgotten it', async () => {
  await withFolder(async (dir) => {
    await pullInto(dir);
    const [some] = wiki.sandbox.wiki.list('attachment', 'LARGE');
    wiki.sandbox.wiki.detach(some?.id ?? '');
    nowMs += 3_600_000;
    expect((await pullInto(dir)).totals.attachment).toMatchObject({ deleted: 1 });
    expect(await attachmentFiles(dir)).toHaveLength(19);
  });
});
