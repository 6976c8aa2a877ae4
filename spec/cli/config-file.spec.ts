import path from 'node:path';
import { expect, test } from '@jest/globals';
import fs from 'fs-extra';
import { readConfig } from '../../lib/cli/config-file.js';
import { useTemporaryFolder } from '../support/pulling.js';

const folder = useTemporaryFolder();

const FLAGS = ['space', 'max-delete'];

const folderWith = async (files: Readonly<Record<string, string>>): Promise<string> => {
  const dir = await folder();
  for (const [name, text] of Object.entries(files)) await fs.writeFile(path.join(dir, name), text);
  return dir;
};

test('no file gives no settings', async () => {
  expect(readConfig(undefined, await folder(), FLAGS)).toEqual({});
});

test.each([
  ['rxsync.config.json', '{ "space": ["DOCS"], "max-delete": "5%" }'],
  ['rxsync.config.yaml', 'space: [DOCS]\nmax-delete: 5%\n'],
  ['rxsync.config.yml', '# ours\nspace:\n  - DOCS\nmax-delete: "5%"\n'],
])('finds %s in the folder', async (name, text) => {
  expect(readConfig(undefined, await folderWith({ [name]: text }), FLAGS)).toEqual({
    space: ['DOCS'],
    'max-delete': '5%',
  });
});

test('a file that is named wins over one that is found', async () => {
  const dir = await folderWith({ 'rxsync.config.json': '{"space":"A"}', 'other.yaml': 'space: B' });
  expect(readConfig(path.join(dir, 'other.yaml'), dir, FLAGS)).toEqual({ space: 'B' });
});

test('an empty file gives no settings', async () => {
  expect(readConfig(undefined, await folderWith({ 'rxsync.config.yaml': '# nothing yet\n' }), FLAGS)).toEqual(
    {},
  );
});

test.each([
  ['a list', '- space'],
  ['plain text', 'space'],
  ['broken JSON', '{ "space": '],
])('%s is refused, naming the file and what it must be', async (_name, text) => {
  const dir = await folderWith({ 'rxsync.config.json': text });
  expect(() => readConfig(undefined, dir, FLAGS)).toThrow(
    expect.objectContaining({
      exitCode: 2,
      message: expect.stringContaining('rxsync.config.json'),
      hint: expect.stringContaining('JSON or YAML'),
    }),
  );
});

test('a named file that is not there is refused', async () => {
  const dir = await folder();
  expect(() => readConfig(path.join(dir, 'none.yaml'), dir, FLAGS)).toThrow(/none\.yaml/);
});

test('camelCase names the same settings', async () => {
  const dir = await folderWith({ 'rxsync.config.yaml': 'maxDelete: 5' });
  expect(readConfig(undefined, dir, FLAGS)).toEqual({ 'max-delete': '5' });
});

test('a setting that is no flag is refused, naming file, setting and the one that was meant', async () => {
  const dir = await folderWith({ 'rxsync.config.yaml': 'spaec: DOCS' });
  expect(() => readConfig(undefined, dir, FLAGS)).toThrow(
    expect.objectContaining({
      exitCode: 2,
      message: expect.stringMatching(/rxsync\.config\.yaml.*"spaec"\. Did you mean "space"\?/),
    }),
  );
});

test('numbers are taken as they stand, names without a value as not there', async () => {
  const dir = await folderWith({ 'rxsync.config.yaml': 'space: [123, DOCS]\nmax-delete:\n' });
  expect(readConfig(undefined, dir, FLAGS)).toEqual({ space: ['123', 'DOCS'] });
});
