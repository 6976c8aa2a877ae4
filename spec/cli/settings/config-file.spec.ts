import path from 'node:path';
import { expect, test } from '@jest/globals';
import fs from 'fs-extra';
import { configFileSettings } from '../../../lib/cli/settings/config-file.js';
import { useTemporaryFolder } from '../../support/pulling.js';

const folder = useTemporaryFolder();

const FLAGS = {
  space: { type: 'string', array: true },
  label: { type: 'string', requiresArg: true },
  'max-delete': { type: 'string', requiresArg: true },
  'max-retries': { type: 'number' },
  comments: { type: 'boolean' },
  format: { choices: ['markdown', 'adf'] },
} as const;

const readConfig = async (
  file: string | undefined,
  ...folders: readonly string[]
): Promise<Record<string, unknown>> =>
  Object.fromEntries(
    (await configFileSettings(file, folders, FLAGS)).map(({ flag, value }) => [flag, value]),
  );

const folderWith = async (files: Readonly<Record<string, string>>): Promise<string> => {
  const dir = await folder();
  for (const [name, text] of Object.entries(files)) await fs.writeFile(path.join(dir, name), text);
  return dir;
};

test('no file gives no settings', async () => {
  expect(await readConfig(undefined, await folder())).toEqual({});
});

test.each([
  ['rxsync.config.json', '{ "space": ["DOCS"], "max-delete": "5%" }'],
  ['rxsync.config.yaml', 'space: [DOCS]\nmax-delete: 5%\n'],
  ['rxsync.config.yml', '# ours\nspace:\n  - DOCS\nmax-delete: "5%"\n'],
])('finds %s in the folder', async (name, text) => {
  expect(await readConfig(undefined, await folderWith({ [name]: text }))).toEqual({
    space: ['DOCS'],
    'max-delete': '5%',
  });
});

test('a file that is named wins over one that is found', async () => {
  const dir = await folderWith({ 'rxsync.config.json': '{"space":"A"}', 'other.yaml': 'space: B' });
  expect(await readConfig(path.join(dir, 'other.yaml'), dir)).toEqual({ space: ['B'] });
});

test('the first folder that has one counts', async () => {
  const [none, one, two] = [
    await folderWith({}),
    await folderWith({ 'rxsync.config.json': '{"label":"A"}' }),
    await folderWith({ 'rxsync.config.yml': 'label: B' }),
  ];
  expect(await readConfig(undefined, none, one, two)).toEqual({ label: 'A' });
  expect(await readConfig(undefined, none, two, one)).toEqual({ label: 'B' });
});

test('two side by side are refused, as nobody could say which of them counts', async () => {
  const dir = await folderWith({ 'rxsync.config.json': '{}', 'rxsync.config.yaml': '' });
  await expect(readConfig(undefined, dir)).rejects.toThrow(
    /two config files .*: rxsync.config.json and rxsync.config.yaml/,
  );
});

test.each(['rxsync.config.toml', 'rxsync.config.jsonc', 'rxsync.config.js', 'rxsync.config'])(
  '%s is told to be none, not passed over, unless there is one beside it',
  async (name) => {
    const dir = await folderWith({ [name]: '' });
    await expect(readConfig(undefined, dir)).rejects.toMatchObject({
      message: `"${path.join(dir, name)}" is no config file that rxsync reads.`,
      hint: 'Name it rxsync.config.json or rxsync.config.yaml and write JSON or YAML in it, or move it away.',
    });
    await fs.writeFile(path.join(dir, 'rxsync.config.yml'), 'label: A');
    expect(await readConfig(undefined, dir)).toEqual({ label: 'A' });
  },
);

test.each(['gone', 'rxsync.config.yaml'])('a link that leads nowhere is told: to %s', async (target) => {
  const dir = await folder();
  await fs.symlink(target, path.join(dir, 'rxsync.config.yaml'));
  await expect(readConfig(undefined, dir)).rejects.toThrow(/is a link that leads nowhere/);
});

test('what is no folder holds no file', async () => {
  const dir = await folderWith({ a: '' });
  expect(await readConfig(undefined, path.join(dir, 'a'))).toEqual({});
});

test('an empty file gives no settings', async () => {
  expect(await readConfig(undefined, await folderWith({ 'rxsync.config.yaml': '# nothing yet\n' }))).toEqual(
    {},
  );
});

test.each([
  ['a list', '\n- space', /line 2: a list stands where settings must/],
  ['plain text', 'space', /line 1: a text stands where settings must/],
  ['broken JSON', '{\n "space": ', /line 2: this is no YAML or JSON \(missing char\)/],
  ['a misspelt name', '# mine\nspaec: DOCS', /line 2: there is no setting "spaec"\. Did you mean "space"\?/],
  ['a name of every object', 'toString: 1', /line 1: there is no setting "toString"\./],
  [
    'a name given twice',
    'label: a\nlabel: b',
    /line 2: the setting "label" stands there for the second time/,
  ],
  ['a name in two spellings', 'max-delete: 1\nmaxDelete: 2', /line 2: the setting "maxDelete" stands there/],
  [
    'no boolean',
    'label: a\ncomments: maybe',
    /^comments \(".*", line 2\) must be true or false .* is "maybe"/,
  ],
  ['no number', 'maxRetries: many', /^maxRetries \(".*", line 1\) must be a number, but is "many"/],
  [
    'no choice',
    'format: adff',
    /^format \(".*", line 1\) must be one of markdown, adf, .* Did you mean "adf"\?/,
  ],
  ['a list for one value', 'label: [a, b]', /^label \(".*", line 1\) must be one value, but is a list/],
  ['a map for a value', 'label: {a: b}', /^label \(".*", line 1\) must be one value or a list/],
])('%s is refused, naming file and line', async (_name, text, says) => {
  const dir = await folderWith({ 'rxsync.config.yaml': text });
  await expect(readConfig(undefined, dir)).rejects.toThrow(
    expect.objectContaining({ exitCode: 2, message: expect.stringMatching(says) }),
  );
  await expect(readConfig(undefined, dir)).rejects.toThrow(/rxsync\.config\.yaml", line \d/);
});

test('a named file that is not there is told so', async () => {
  const dir = await folder();
  await expect(readConfig(path.join(dir, 'none.yaml'), dir)).rejects.toThrow(
    /The config file ".*none\.yaml" cannot be read: it is not there\./,
  );
  await expect(readConfig(dir, dir)).rejects.toThrow(/cannot be read/);
});

test.each(['yes', 'Yes', 'on', 'TRUE', '1', '"true"'])('%s is true', async (word) => {
  expect(
    await readConfig(undefined, await folderWith({ 'rxsync.config.yaml': `comments: ${word}` })),
  ).toEqual({
    comments: true,
  });
});

test.each(['no', 'OFF', 'False', '0'])('%s is false', async (word) => {
  expect(
    await readConfig(undefined, await folderWith({ 'rxsync.config.yaml': `comments: ${word}` })),
  ).toEqual({
    comments: false,
  });
});

test('values are taken as they are written, names without a value as not there', async () => {
  const text = 'space: [0123, DOCS]\nmaxDelete: 5\nmax-retries: 07\nlabel:\n';
  expect(await readConfig(undefined, await folderWith({ 'rxsync.config.yaml': text }))).toEqual({
    space: ['0123', 'DOCS'],
    'max-delete': '5',
    'max-retries': 7,
  });
});
