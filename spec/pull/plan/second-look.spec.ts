import { expect, test } from '@jest/globals';
import type { WikiClient } from '../../../lib/confluence/wiki-client.js';
import { CredentialsError } from '../../../lib/errors/credentials-error.js';
import { HttpError } from '../../../lib/errors/http-error.js';
import type { RunFinished } from '../../../lib/events/events.js';
import { pull$ } from '../../../lib/pull/pull.js';
import type { PullOptions } from '../../../lib/pull/run/pull-options.js';
import { of, throwError } from 'rxjs';
import { attachment, type FakeContent, fakeWiki, page } from '../../support/fake-wiki.js';
import { depsFor, eventsOf, filesIn, optionsFor, useTemporaryFolder } from '../../support/pulling.js';

const folder = useTemporaryFolder();

const image = (name: string, pageTitle?: string): string =>
  `<p><ac:image><ri:attachment ri:filename="${name}">${
    pageTitle === undefined ? '' : `<ri:page ri:content-title="${pageTitle}" />`
  }</ri:attachment></ac:image></p>`;

const CONTENT: FakeContent = {
  pages: [page(1), page(2, { body: image('file-7.bin') }), page(3, { body: image('file-8.bin', 'Page 1') })],
  attachments: [attachment(7, 2), attachment(8, 1), attachment(9, 2)],
};

interface Otherwise {
  readonly content?: FakeContent;
  readonly client?: Partial<WikiClient>;
  readonly options?: Partial<PullOptions>;
}

/** Pulls from a wiki whose search lists none of these attachments. */
const pull = async (
  dir: string,
  unlisted: readonly string[],
  { content = CONTENT, client = {}, options = {} }: Otherwise = {},
) => {
  const wiki = fakeWiki(content);
  const items = (content.attachments ?? []).filter(({ id }) => !unlisted.includes(id));
  const deps = depsFor({
    ...wiki,
    client: { ...wiki.client, listAttachments$: () => of({ items }), ...client },
  });
  const events = await eventsOf(pull$(optionsFor(dir, options), deps));
  const end = events.at(-1);
  const finished: RunFinished | undefined = end?.type === 'run.finished' ? end : undefined;
  return { finished, files: await filesIn(dir), asked: wiki.sent('attachmentsOf') };
};

test('an attachment that a page refers to and no listing tells of is fetched, and linked', async () => {
  const { finished, files, asked } = await pull(await folder(), ['att7', 'att8']);
  expect(asked.sort()).toEqual(['attachmentsOf 1', 'attachmentsOf 2']);
  expect(finished).toMatchObject({
    exitCode: 0,
    totals: { page: { listed: 3, written: 3 }, attachment: { listed: 3, written: 3 } },
  });
  expect(files['page-2.md']).toContain('](page-2.attachments/file-7.bin)');
  expect(files['page-3.md']).toContain('](index.attachments/file-8.bin)');
  expect(files['page-2.attachments/file-7.bin']).toBe('bytes of att7, version 1');
});

test('the mirror is the same as with a whole listing, and the next pull has nothing to do', async () => {
  const [dir, other] = [await folder(), await folder()];
  const { files } = await pull(dir, ['att7', 'att8']);
  expect(files).toEqual((await pull(other, [])).files);
  const again = await pull(dir, ['att7', 'att8']);
  expect(again.files).toEqual(files);
  expect(again.finished).toMatchObject({
    exitCode: 0,
    totals: { page: { unchanged: 3, written: 0 }, attachment: { unchanged: 3, written: 0, deleted: 0 } },
  });
});

test('a listing that tells everything asks for nothing', async () => {
  expect((await pull(await folder(), [])).asked).toEqual([]);
});

test('what is not there is asked for once a page and stays plain text', async () => {
  const content = { ...CONTENT, attachments: [] };
  const { finished, files, asked } = await pull(await folder(), [], { content });
  expect(asked.sort()).toEqual(['attachmentsOf 1', 'attachmentsOf 2']);
  expect(finished).toMatchObject({ exitCode: 0, totals: { attachment: { listed: 0 } } });
  expect(files['page-2.md']).not.toContain('.attachments/');
});

test('with --attachments referenced, too, and only what is referred to', async () => {
  const options = { attachments: 'referenced' } as const;
  const { finished, files } = await pull(await folder(), ['att7', 'att9'], { options });
  expect(finished).toMatchObject({ exitCode: 0, totals: { attachment: { listed: 2, written: 2 } } });
  expect(Object.keys(files).filter((file) => file.endsWith('.bin'))).toEqual([
    'index.attachments/file-8.bin',
    'page-2.attachments/file-7.bin',
  ]);
});

test('nobody looks when no attachments are wanted', async () => {
  const { asked, finished } = await pull(await folder(), ['att7'], { options: { attachments: 'none' } });
  expect(asked).toEqual([]);
  expect(finished).toMatchObject({ exitCode: 0 });
});

test('a page that cannot be asked costs the look, not the pages, and is told', async () => {
  const client = { attachmentsOf$: () => throwError(() => new HttpError(500, 'no')) };
  const { finished } = await pull(await folder(), ['att7', 'att8'], { client });
  expect(finished).toMatchObject({
    exitCode: 3,
    totals: { page: { written: 3 } },
    incomplete: [{ of: 'attachment', code: 'http-500' }],
  });
});

test('refused credentials end the run', async () => {
  const error = new CredentialsError('no');
  const client = { attachmentsOf$: () => throwError(() => error) };
  await expect(pull(await folder(), ['att7'], { client })).rejects.toBe(error);
});

test('what has the name of one that was found makes way for it, as in a whole listing', async () => {
  const content = {
    pages: [page(1), page(2, { body: image('plan.bin') })],
    attachments: [attachment(7, 2, { title: 'plan.bin' }), attachment(9, 2, { title: 'PLAN.bin' })],
  };
  const [dir, other] = [await folder(), await folder()];
  const { finished, files } = await pull(dir, ['att7'], { content });
  expect(finished).toMatchObject({
    exitCode: 0,
    totals: { attachment: { listed: 2 }, page: { written: 2 } },
  });
  expect(files).toEqual((await pull(other, [], { content })).files);
  // The next pull finds all in its place.
  expect((await pull(dir, ['att7'], { content })).finished).toMatchObject({
    totals: { attachment: { unchanged: 2, written: 0 } },
  });
});

test('only pages that were written are looked at', async () => {
  const dir = await folder();
  await pull(dir, []);
  const edited = {
    ...CONTENT,
    pages: [
      page(1),
      page(2, { body: image('file-7.bin') }),
      page(3, { version: 2, body: '<p>No more.</p>' }),
    ],
    attachments: [...(CONTENT.attachments ?? [])],
  };
  const { asked, finished } = await pull(dir, [], { content: edited });
  expect(asked).toEqual([]);
  expect(finished).toMatchObject({ totals: { page: { written: 1, unchanged: 2 } } });
});

test('a listing of attachments that has failed is not looked after in vain', async () => {
  const error = new HttpError(500, 'no');
  const client = {
    listAttachments$: () => throwError(() => error),
    attachmentsOf$: () => throwError(() => error),
  };
  const { finished } = await pull(await folder(), [], { client });
  expect(finished).toMatchObject({
    exitCode: 3,
    totals: { page: { written: 3, failed: 0 } },
    incomplete: [{ of: 'attachment' }],
  });
});

test('a file that was found and cannot be had has failed, and counts', async () => {
  const wiki = fakeWiki(CONTENT);
  const error = new HttpError(500, 'no');
  const client: Partial<WikiClient> = {
    download$: (item, sink) =>
      item.id === 'att7' ? throwError(() => error) : wiki.client.download$(item, sink),
  };
  const { finished } = await pull(await folder(), ['att7', 'att8'], { client });
  expect(finished).toMatchObject({
    exitCode: 3,
    totals: { page: { listed: 3, written: 3 }, attachment: { listed: 3, written: 2, failed: 1 } },
    failedItems: [{ kind: 'attachment', id: 'att7', code: 'http-500' }],
  });
});

test('a page that fails when it is written again counts as failed, and as listed once more', async () => {
  const wiki = fakeWiki(CONTENT);
  const times = new Map<string, number>();
  const fails = (id: string): boolean => {
    times.set(id, (times.get(id) ?? 0) + 1);
    return id === '2' && (times.get(id) ?? 0) > 1;
  };
  const error = new HttpError(403, 'no');
  const client: Partial<WikiClient> = {
    fetchPages$: (kind, ids, format) =>
      ids.some(fails) ? throwError(() => error) : wiki.client.fetchPages$(kind, ids, format),
    fetchPage$: () => throwError(() => error),
  };
  const { finished } = await pull(await folder(), ['att7'], { client });
  expect(finished).toMatchObject({
    exitCode: 3,
    totals: { page: { listed: 4, written: 3, failed: 1 } },
    failedItems: [{ kind: 'page', id: '2' }],
  });
});
