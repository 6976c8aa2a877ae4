import { expect, test } from '@jest/globals';
import { pull$ } from '../../lib/pull/pull.js';
import { status } from '../../lib/pull/status.js';
import { fakeWiki, pages } from '../support/fake-wiki.js';
import { depsFor, eventsOf, optionsFor, useTemporaryFolder } from '../support/pulling.js';

const folder = useTemporaryFolder();

const mirror = async (): Promise<string> => {
  const dir = await folder();
  await eventsOf(pull$(optionsFor(dir), depsFor(fakeWiki({ pages: pages(3) }))));
  return dir;
};

test('the status of a mirror tells what it holds, and that its last pull was complete', async () => {
  expect(await status(await mirror())).toMatchObject({
    scope: { space: 'DOCS', format: 'markdown' },
    spaceName: 'Docs',
    checkpoint: null,
    failedCount: 0,
    kinds: { page: { items: 3, files: 3 } },
  });
});

test('a folder without a mirror has none', async () => {
  await expect(status(await folder())).rejects.toMatchObject({ code: 'no-mirror' });
});

test('an aborted signal rejects with its reason', async () => {
  const reason = new Error('enough');
  await expect(status(await mirror(), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test.each<[readonly unknown[], string]>([
  [[''], 'dir'],
  [[undefined], 'dir'],
  [['mirror', { signla: 1 }], 'signla'],
  [['mirror', { signal: {} }], 'signal'],
])('status(%j) is refused', async (args, option) => {
  // As JavaScript may call it.
  const refusal = Promise.resolve(Reflect.apply(status, undefined, args));
  await expect(refusal).rejects.toMatchObject({ code: 'options', option });
});
