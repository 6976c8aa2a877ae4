import { expect, test } from '@jest/globals';
import { bodySettings, surroundingsOf } from '../../../lib/pull/render/page-context.js';
import { attachment, fakeWiki, page } from '../../support/fake-wiki.js';
import { useLanes } from '../../support/pulling.js';

const open = useLanes();

const named = (title: string) => ({ kind: 'page' as const, title });

/** A mirror of a homepage, a page below it with a file, and one below that. */
const mirror = async () => {
  const wiki = fakeWiki({
    pages: [page(1), page(2), page(3, { parentId: '2' })],
    attachments: [attachment(7, 2, { title: 'a.png' })],
    labels: [{ kind: 'page', id: '3', labels: ['red'], hasMore: false }],
    names: { 'acct-1': 'Ann' },
  });
  const { run } = await open(wiki, { flavor: 'obsidian', labels: true });
  return run;
};

test('all bodies of a pull have its dialect, its site and its space', async () => {
  expect(bodySettings(await mirror())).toEqual({
    flavor: 'obsidian',
    baseUrl: 'https://example.atlassian.net/wiki',
    spaceKey: 'DOCS',
  });
});

test('a body may ask what is about its page in the mirror', async () => {
  const { nameOf, childrenOf, labelled, attachments, targetOf } = surroundingsOf(await mirror(), '2');
  expect([nameOf('acct-1'), nameOf('acct-2')]).toEqual(['Ann', undefined]);
  expect(childrenOf()).toMatchObject([{ title: 'Page 3' }]);
  expect(childrenOf(named('Page 1'))).toMatchObject([{ title: 'Page 2' }]);
  expect(childrenOf(named('Nowhere'))).toBeUndefined();
  expect(labelled([['red', 'blue']])).toMatchObject([{ title: 'Page 3' }]);
  expect(attachments()).toHaveLength(1);
  expect(targetOf(named('Page 3'))).toMatchObject({ href: 'page-2/page-3.md' });
  expect(targetOf(named('Nowhere'))).toBeUndefined();
});

test('a body includes only pages of the mirror whose text is at hand', async () => {
  const run = await mirror();
  expect(surroundingsOf(run, '2')).not.toHaveProperty('sourceOf');
  const { sourceOf } = surroundingsOf(run, '2', new Map([['3', '<p>Third.</p>']]));
  expect([sourceOf?.(named('Page 3')), sourceOf?.(named('Page 1')), sourceOf?.(named('Nowhere'))]).toEqual([
    '<p>Third.</p>',
    undefined,
    undefined,
  ]);
});
