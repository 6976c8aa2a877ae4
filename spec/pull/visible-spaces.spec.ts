import { expect, test } from '@jest/globals';
import { firstValueFrom, of } from 'rxjs';
import type { WikiClient } from '../../lib/confluence/wiki-client.js';
import { visibleSpaces$ } from '../../lib/pull/visible-spaces.js';
import { type FakeContent, fakeWiki, SPACE } from '../support/fake-wiki.js';
import { depsFor, optionsFor } from '../support/pulling.js';

const visible = (client: Partial<WikiClient> = {}, content: FakeContent = {}) => {
  const wiki = fakeWiki(content);
  const deps = depsFor({ ...wiki, client: { ...wiki.client, ...client } });
  return firstValueFrom(visibleSpaces$(optionsFor('.'), deps));
};

const space = (id: string, key: string) => ({ ...SPACE, id, key });

test('the spaces come once each, in the order of their keys', async () => {
  const pages = [
    { items: [space('1', 'B'), space('2', 'A')] },
    { items: [space('1', 'B'), space('3', '~me')] },
  ];
  const { spaces, errors } = await visible({ listSpaces$: () => of(...pages) });
  expect([spaces.map(({ key }) => key), errors]).toEqual([['A', 'B', '~me'], []]);
});

test('a row that cannot be read costs itself, and is told', async () => {
  const unreadable = [{ id: '7', reason: 'no key' }];
  const { spaces, errors } = await visible({ listSpaces$: () => of({ items: [SPACE], unreadable }) });
  expect(spaces).toHaveLength(1);
  expect(errors).toEqual([
    expect.objectContaining({ message: expect.stringContaining('(7) that cannot be read: no key') }),
  ]);
});

test('no space at all is an error', async () => {
  await expect(visible({ listSpaces$: () => of({ items: [] }) })).rejects.toMatchObject({
    code: 'space-not-found',
    exitCode: 10,
    message: 'There is no current space that this account sees.',
  });
});

test('what a stranger sees is not what the account sees', async () => {
  await expect(visible({}, { identity: { kind: 'stranger' } })).rejects.toMatchObject({
    code: 'credentials',
  });
});
