import path from 'node:path';
import { expect, test } from '@jest/globals';
import fs from 'fs-extra';
import { lastValueFrom, of, throwError } from 'rxjs';
import type { WikiClient } from '../../lib/confluence/wiki-client.js';
import { HttpError } from '../../lib/errors/http-error.js';
import { MirrorMismatchError } from '../../lib/errors/mirror-mismatch-error.js';
import { NoMirrorError } from '../../lib/errors/no-mirror-error.js';
import { compareRemote$ } from '../../lib/pull/compare-remote.js';
import { pull$ } from '../../lib/pull/pull.js';
import { attachment, comment, type FakeContent, fakeWiki, page, SPACE } from '../support/fake-wiki.js';
import { depsFor, eventsOf, optionsFor, useTemporaryFolder } from '../support/pulling.js';
import { folder as searchedFolder } from '../support/searching.js';
import { failureOf } from '../support/wire.js';

const folder = useTemporaryFolder();

const CONTENT = {
  pages: [page(1), page(2), page(3)],
  attachments: [attachment(1, 2), attachment(2, 3)],
  comments: [comment(1, 3)],
} satisfies FakeContent;

const ALIKE = { stale: [], missing: [], gone: [], incomplete: [], hidden: 0, leftOut: 0 };

/** How a mirror of `CONTENT` differs from a wiki with this in its stead. */
const compare = async (changes: FakeContent) => {
  const dir = await folder();
  await eventsOf(pull$(optionsFor(dir, { comments: true }), depsFor(fakeWiki(CONTENT))));
  const { url, credentials } = optionsFor(dir);
  const wiki = fakeWiki({ ...CONTENT, ...changes });
  const difference = await lastValueFrom(compareRemote$({ url, credentials, dir }, depsFor(wiki)));
  return { difference, requests: wiki.requests };
};

test.each<[string, FakeContent, object]>([
  ['nothing', {}, {}],
  [
    'an edited page',
    { pages: [page(1), page(2, { version: 2 }), page(3)] },
    { stale: [{ kind: 'page', id: '2', path: 'page-2.md' }] },
  ],
  [
    'a page of the same number and another time, which is another version',
    { pages: [page(1), page(2, { updatedAt: '2026-02-05T04:05:06.789Z' }), page(3)] },
    { stale: [{ kind: 'page', id: '2', path: 'page-2.md' }] },
  ],
  [
    'a new page',
    { pages: [...CONTENT.pages, page(4)] },
    { missing: [{ kind: 'page', id: '4', path: 'page-4.md' }] },
  ],
  [
    'a page that is gone, with what hangs on it',
    { pages: [page(1), page(3)], attachments: [attachment(2, 3)] },
    {
      gone: expect.arrayContaining([
        { kind: 'page', id: '2', path: 'page-2.md' },
        { kind: 'attachment', id: 'att1', path: 'page-2.attachments/file-1.bin' },
      ]),
    },
  ],
  [
    'a file in another version',
    { attachments: [attachment(1, 2, { version: 2 }), attachment(2, 3)] },
    { stale: [{ kind: 'attachment', id: 'att1', path: 'page-2.attachments/file-1.bin' }] },
  ],
  [
    'a further comment',
    { comments: [comment(1, 3), comment(2, 3)] },
    { stale: [{ kind: 'comments', id: '3', path: 'page-3.comments.md' }] },
  ],
  [
    'a page at another place, with what hangs on it',
    { pages: [page(1), page(2, { parentId: '3' }), page(3)] },
    {
      stale: [
        { kind: 'page', id: '2', path: 'page-3/page-2.md' },
        { kind: 'attachment', id: 'att1', path: 'page-3/page-2.attachments/file-1.bin' },
      ],
    },
  ],
  [
    'a new file, and the first comments of a page',
    {
      attachments: [...CONTENT.attachments, attachment(3, 1)],
      comments: [...CONTENT.comments, comment(4, 2)],
    },
    {
      missing: [
        { kind: 'attachment', id: 'att3', path: 'index.attachments/file-3.bin' },
        { kind: 'comments', id: '2', path: 'page-2.comments.md' },
      ],
    },
  ],
  [
    'a new folder',
    { folders: [searchedFolder(50)] },
    { missing: [{ kind: 'folder', id: '50', path: 'folder-50' }] },
  ],
  ['a page that the listing leaves out, though it is there', { leftOut: ['2'] }, { leftOut: 1 }],
])('the difference is %s', async (_what, changes, expected) => {
  const { difference, requests } = await compare(changes);
  expect(difference).toEqual({ ...ALIKE, ...expected });
  expect(requests.filter((request) => /^(fetch|download)/.test(request))).toEqual([]);
});

test('a folder that does not say what it mirrors has nothing to be compared with', async () => {
  const { url, credentials, dir } = optionsFor(await folder());
  const compared$ = compareRemote$({ url, credentials, dir }, depsFor(fakeWiki(CONTENT)));
  expect(await failureOf(compared$)).toBeInstanceOf(NoMirrorError);
});

/** A mirror of `CONTENT`, and how it is compared with such a wiki. */
const mirrored = async () => {
  const dir = await folder();
  await eventsOf(pull$(optionsFor(dir, { comments: true }), depsFor(fakeWiki(CONTENT))));
  const { url, credentials } = optionsFor(dir);
  const compared$ = (client: Partial<WikiClient>) => {
    const wiki = fakeWiki(CONTENT);
    return compareRemote$(
      { url, credentials, dir },
      depsFor({ ...wiki, client: { ...wiki.client, ...client } }),
    );
  };
  return { dir, compared$ };
};

test('a listing that is not whole is told: what it may lack is not known', async () => {
  const { compared$ } = await mirrored();
  const failing$ = throwError(() => new HttpError(500, 'no'));
  const difference = await lastValueFrom(
    compared$({ listAttachments$: () => failing$, attachmentsOf$: () => failing$ }),
  );
  expect(difference).toMatchObject({ gone: [], incomplete: [{ of: 'attachment', code: 'http-500' }] });
});

test('another space under the same key is nothing to compare with', async () => {
  const { compared$ } = await mirrored();
  const error = await failureOf(compared$({ space$: () => of({ ...SPACE, id: '7' }) }));
  expect(error).toBeInstanceOf(MirrorMismatchError);
});

test('a mirror whose state cannot be read says what would make it anew', async () => {
  const { dir, compared$ } = await mirrored();
  await fs.writeFile(path.join(dir, '.rxsync/state.json'), '{');
  expect(await failureOf(compared$({}))).toMatchObject({
    code: 'no-mirror',
    message: `"${dir}" does not say which space it mirrors.`,
    hint: 'A pull that is given the `space` makes its state anew.',
  });
});
