import path from 'node:path';
import { expect, test } from '@jest/globals';
import fs from 'fs-extra';
import { pull$ } from '../../lib/pull/pull.js';
import { differenceCount, isUncertain, verify, type VerifyResult } from '../../lib/pull/verify.js';
import { fakeWiki, pages } from '../support/fake-wiki.js';
import { depsFor, eventsOf, optionsFor, useTemporaryFolder } from '../support/pulling.js';

const folder = useTemporaryFolder();

const mirror = async (): Promise<string> => {
  const dir = await folder();
  await eventsOf(pull$(optionsFor(dir), depsFor(fakeWiki({ pages: pages(3) }))));
  return dir;
};

const SOUND: Omit<VerifyResult, 'exitCode'> = {
  files: 3,
  bytes: 10,
  missing: [],
  changed: [],
  rotten: [],
  linked: [],
  unreadable: [],
  unrecorded: [],
  unfinished: [],
  failedItems: [],
  failedCount: 0,
  incomplete: [],
};
const FILE = { kind: 'page', id: '1', path: 'index.md' } as const;
const REMOTE = { stale: [], missing: [], gone: [], incomplete: [], hidden: 0, leftOut: 0 };
const ITEM = { kind: 'page', id: '1', title: 'A' } as const;

test.each<[string, Partial<VerifyResult>, number]>([
  ['nothing', {}, 0],
  ['a file that is missing', { missing: [FILE] }, 1],
  ['one that was changed', { changed: [FILE] }, 1],
  ['one that has rotted, which is a changed one', { changed: [FILE], rotten: [FILE] }, 1],
  ['one behind a link', { linked: [FILE] }, 1],
  ['one that cannot be read', { unreadable: [FILE] }, 1],
  ['files that nobody knows', { unrecorded: ['a.md', 'b.md'] }, 2],
  ['a wiki that is the same', { remote: REMOTE }, 0],
  ['a page that has changed there', { remote: { ...REMOTE, stale: [ITEM] } }, 1],
  ['two new ones', { remote: { ...REMOTE, missing: [ITEM, ITEM] } }, 2],
  [
    'one that is gone, beside a file that is missing',
    { missing: [FILE], remote: { ...REMOTE, gone: [ITEM] } },
    2,
  ],
])('differences: %s', (_name, found, count) => {
  expect(differenceCount({ ...SOUND, ...found })).toBe(count);
});

test.each<[string, Partial<VerifyResult>, boolean]>([
  ['nothing is wrong', {}, false],
  ['a file was changed', { changed: [FILE] }, false],
  ['the wiki is the same', { remote: REMOTE }, false],
  ['the records are damaged', { damage: 'a row' }, true],
  ['items have failed', { failedCount: 1 }, true],
  [
    'a listing was not whole',
    { incomplete: [{ of: 'comments', code: 'http-500', message: 'x', hint: 'y' }] },
    true,
  ],
  ['the wiki hides something', { remote: { ...REMOTE, hidden: 1 } }, true],
  ['its listing leaves something out', { remote: { ...REMOTE, leftOut: 1 } }, true],
])('whether something is not known: %s', (_name, found, expected) => {
  expect(isUncertain({ ...SOUND, ...found })).toBe(expected);
});

test('a mirror as it was written is verified, with exit 0; with a file less it is 3', async () => {
  const dir = await mirror();
  expect(await verify(dir)).toMatchObject({ exitCode: 0, files: 3, missing: [], changed: [] });
  await fs.remove(path.join(dir, 'page-2.md'));
  expect(await verify(dir)).toMatchObject({
    exitCode: 3,
    missing: [{ kind: 'page', id: '2', path: 'page-2.md' }],
  });
});

test('a state that cannot be read is exit 3, though every file is as it was written', async () => {
  const dir = await mirror();
  await fs.writeFile(path.join(dir, '.rxsync/state.json'), '{');
  expect(await verify(dir)).toMatchObject({ exitCode: 3, missing: [], changed: [], unrecorded: [] });
});

test('what is no option, no folder or no wiki is refused before anything is read', async () => {
  const dir = await mirror();
  // As JavaScript may call it.
  const refusal = (...args: readonly unknown[]): Promise<unknown> =>
    Promise.resolve(Reflect.apply(verify, undefined, args)).catch((error: unknown) => error);
  expect(await refusal('')).toMatchObject({ code: 'options', option: 'dir' });
  expect(await refusal(dir, { remot: {} })).toMatchObject({ code: 'options', option: 'remot' });
  expect(await refusal(dir, { signal: {} })).toMatchObject({ code: 'options', option: 'signal' });
  expect(await refusal(dir, { remote: { url: 'x', wika: 1 } })).toMatchObject({
    code: 'options',
    option: 'wika',
  });
});

test('an aborted signal rejects with its reason', async () => {
  const reason = new Error('enough');
  await expect(verify(await mirror(), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});
