import { expect, test } from '@jest/globals';
import { FLAVOR_KEYS } from '../../lib/core/flavor-keys.js';

const page = { title: 'Über uns', labels: ['2024', 'a&b', 'how-to', 'a.b'] };

test('Obsidian finds a note by its title, and by tags of the characters that it knows', () => {
  expect(FLAVOR_KEYS.obsidian(page)).toEqual({
    aliases: ['Über uns'],
    tags: ['_2024', 'a-b', 'how-to'],
  });
});

test('Obsidian finds a note by its title where no labels are asked', () => {
  expect(FLAVOR_KEYS.obsidian({ title: 'A' })).toEqual({ aliases: ['A'] });
});

test('plugins of MkDocs find labels under their own name', () => {
  expect(FLAVOR_KEYS.mkdocs(page)).toEqual({ tags: page.labels });
  expect(FLAVOR_KEYS.mkdocs({ title: 'A' })).toEqual({});
});

test('GitHub needs no further keys', () => {
  expect(FLAVOR_KEYS.github(page)).toEqual({});
});
