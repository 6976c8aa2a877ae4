import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fs from 'fs-extra';
import { everyTarget, type PullTarget, pullTargets } from '../../../lib/cli/commands/pull-targets.js';
import { MalformedResponseError } from '../../../lib/errors/malformed-response-error.js';
import type { MirrorState } from '../../../lib/store/state-file.js';
import type { VisibleSpace } from '../../../lib/pull/visible-spaces.js';
import { SPACE } from '../../support/fake-wiki.js';
import { mirrorStateWith, stateOf } from '../../support/mirror-state.js';
import { useTemporaryFolder } from '../../support/pulling.js';

const folder = useTemporaryFolder();

const scopeOf = (space: string): Pick<MirrorState, 'scope'> => ({
  scope: { ...mirrorStateWith().scope, site: SPACE.baseUrl, space },
});

/** Makes mirrors, by their folders. */
const mirrors = async (
  states: Readonly<Record<string, Partial<MirrorState> | 'damaged' | 'begun'>>,
): Promise<string> => {
  const dir = await folder();
  for (const [name, state] of Object.entries(states)) {
    if (state === 'begun') {
      await fs.ensureDir(path.join(dir, name, '.rxsync/store-1'));
      continue;
    }
    const text = state === 'damaged' ? '{' : JSON.stringify(stateOf(mirrorStateWith(state)));
    await fs.outputFile(path.join(dir, name, '.rxsync/state.json'), text);
  }
  return dir;
};

const SEVERAL: Parameters<typeof mirrors>[0] = {
  A: scopeOf('A'),
  wiki: { ...scopeOf('B'), formerKeys: ['OLD'] },
  C: 'damaged',
};

test.each<[string, Parameters<typeof mirrors>[0], string[], PullTarget[]]>([
  ['an empty folder takes one space', {}, ['A'], [{ dir: '', space: 'A' }]],
  [
    'or several, each in its place',
    {},
    ['A', 'B', 'a'],
    [
      { dir: 'A', space: 'A' },
      { dir: 'B', space: 'B' },
    ],
  ],
  ['without a space it is for the mirror to tell', {}, [], [{ dir: '' }]],
  ['a mirror goes on', { '': scopeOf('A') }, [], [{ dir: '' }]],
  ['a mirror goes on with its space', { '': scopeOf('A') }, ['a'], [{ dir: '', space: 'a' }]],
  ['a mirror is one, whatever is in it', { '': scopeOf('A'), B: scopeOf('B') }, [], [{ dir: '' }]],
  ['one of several goes on', SEVERAL, ['A'], [{ dir: 'A', space: 'A' }]],
  ['wherever it is', SEVERAL, ['b'], [{ dir: 'wiki', space: 'b' }]],
  ['under a key that it had', SEVERAL, ['OLD'], [{ dir: 'wiki', space: 'OLD' }]],
  ['by the name of its folder, when its state is damaged', SEVERAL, ['c'], [{ dir: 'C', space: 'c' }]],
  ['a further one gets its place beside them', SEVERAL, ['D'], [{ dir: 'D', space: 'D' }]],
  [
    'of several of one space that of its name, whatever copies and parts stand beside it',
    { 'A-backup': scopeOf('A'), A: scopeOf('A'), 'A.bak': scopeOf('A'), Howtos: scopeOf('A') },
    ['a'],
    [{ dir: 'A', space: 'a' }],
  ],
  ['all of several go on', SEVERAL, [], [{ dir: 'A' }, { dir: 'C' }, { dir: 'wiki' }]],
  [
    'one that has no state yet has its space for a name',
    { A: scopeOf('A'), NEW: 'begun' },
    [],
    [{ dir: 'A' }, { dir: 'NEW', space: 'NEW' }],
  ],
  [
    'a mirror that has no state yet is none',
    { '': 'begun' },
    ['A', 'B'],
    [
      { dir: 'A', space: 'A' },
      { dir: 'B', space: 'B' },
    ],
  ],
  [
    'some of several go on',
    SEVERAL,
    ['B', 'A'],
    [
      { dir: 'wiki', space: 'B' },
      { dir: 'A', space: 'A' },
    ],
  ],
])('%s', async (_what, states, spaces, expected) => {
  const dir = await mirrors(states);
  const targets = await pullTargets(dir, spaces);
  expect(targets).toEqual(expected.map((target) => ({ ...target, dir: path.join(dir, target.dir) })));
});

test.each<[string, Parameters<typeof mirrors>[0], string[], RegExp]>([
  [
    'a second space',
    { '': scopeOf('A') },
    ['A', 'B'],
    /mirrors the space A: it does not take A, B side by side/,
  ],
  ['several, when it does not tell its own', { '': 'damaged' }, ['A', 'B'], /is a mirror of one space/],
  ['what is no key', {}, ['A', '../B'], /"\.\.\/B" is no key/],
])('a folder does not take %s', async (_what, states, spaces, says) => {
  const dir = await mirrors(states);
  await expect(pullTargets(dir, spaces)).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringMatching(says),
  });
});

test('of several of one space none of which has its name each is named, and none is taken', async () => {
  const dir = await mirrors({ one: scopeOf('A'), two: scopeOf('A') });
  await expect(pullTargets(dir, ['A'])).rejects.toMatchObject({
    exitCode: 2,
    message: `2 folders in "${dir}" mirror the space A: "one", "two".`,
    hint: `Name the one that is meant, such as "${path.join(dir, 'one')}", in place of "${dir}".`,
  });
});

test('the mirror of a space behind a link is refused, not passed over', async () => {
  const [dir, elsewhere] = [await mirrors({ A: scopeOf('A') }), await mirrors({ '': scopeOf('B') })];
  await fs.symlink(elsewhere, path.join(dir, 'B'));
  await fs.symlink(await folder(), path.join(dir, 'notes'));
  const refused = {
    error: expect.objectContaining({
      code: 'store',
      message: expect.stringContaining(`${path.join(dir, 'B')}" is a symbolic link`),
    }),
  };
  expect(await pullTargets(dir, [])).toEqual([{ dir: path.join(dir, 'A') }, refused]);
  const spaces = ['A', 'B'].map((key) => ({ id: key, key, name: key, baseUrl: SPACE.baseUrl }));
  expect(await everyTarget(dir, { spaces, errors: [] })).toEqual([
    { dir: path.join(dir, 'A'), space: 'A' },
    refused,
  ]);
});

const space = (key: string, id = `of ${key}`) => ({ id, key, name: key, baseUrl: SPACE.baseUrl });

describe('a key that changed hands', () => {
  const REKEYED = { S1: { ...scopeOf('T1'), spaceId: '1', formerKeys: ['S1'] } };
  const SWAPPED = {
    A: { ...scopeOf('B'), spaceId: '1', formerKeys: ['A'] },
    B: { ...scopeOf('A'), spaceId: '2', formerKeys: ['B'] },
  };

  test.each<[string, Parameters<typeof mirrors>[0], VisibleSpace[], Record<string, string>]>([
    [
      'by another space: each has its own mirror',
      REKEYED,
      [space('S1', '2'), space('T1', '1')],
      { 'S1-2': 'S1', S1: 'T1' },
    ],
    [
      'by another space since the last pull',
      { S1: { ...scopeOf('S1'), spaceId: '1' } },
      [space('S1', '2'), space('T1', '1')],
      { 'S1-2': 'S1', S1: 'T1' },
    ],
    [
      'and the mirror of that goes on the next time',
      { ...REKEYED, 'S1-2': { ...scopeOf('S1'), spaceId: '2' } },
      [space('S1', '2'), space('T1', '1')],
      { 'S1-2': 'S1', S1: 'T1' },
    ],
    ['by another, and its own space is gone', REKEYED, [space('S1', '2')], { 'S1-2': 'S1', S1: '' }],
    ['to a space that changed its key, too', SWAPPED, [space('A', '1'), space('B', '2')], { A: 'A', B: 'B' }],
    [
      'and is of the space that the mirror knows by it no more',
      SWAPPED,
      [space('A', '2'), space('B', '1')],
      { B: 'A', A: 'B' },
    ],
  ])('%s', async (_what, states, spaces, expected) => {
    const dir = await mirrors(states);
    const placed = Object.entries(expected).map(([name, key]) => ({
      dir: path.join(dir, name),
      ...(key !== '' && { space: key }),
    }));
    expect(await everyTarget(dir, { spaces, errors: [] })).toEqual(placed);
  });

  test('named, it is for whoever has it now, in a mirror of its own', async () => {
    const dir = await mirrors(REKEYED);
    const tell = () => Promise.resolve([space('S1', '2'), space('T1', '1')]);
    expect(await pullTargets(dir, ['T1', 's1'], tell)).toEqual([
      { dir: path.join(dir, 'S1'), space: 'T1' },
      { dir: path.join(dir, 'S1-2'), space: 's1' },
    ]);
  });

  test('named before the mirror knows of it, it is of the mirror of that space', async () => {
    const dir = await mirrors({ S1: { ...scopeOf('S1'), spaceId: '1' } });
    const tell = () => Promise.resolve([space('NEW', '1'), space('S2', '2')]);
    expect(await pullTargets(dir, ['new', 'S2'], tell)).toEqual([
      { dir: path.join(dir, 'S1'), space: 'new' },
      { dir: path.join(dir, 'S2'), space: 'S2' },
    ]);
  });

  test('nobody is asked where there are no mirrors yet', async () => {
    const dir = await mirrors({});
    const tell = () => Promise.reject(new Error('asked'));
    expect(await pullTargets(dir, ['A', 'B'], tell)).toHaveLength(2);
  });

  test('named beside the new one, it is one space where nobody else has it', async () => {
    const dir = await mirrors(REKEYED);
    const tell = () => Promise.resolve([space('T1', '1')]);
    expect(await pullTargets(dir, ['T1', 'S1'], tell)).toEqual([{ dir: path.join(dir, 'S1'), space: 'T1' }]);
  });

  test('a key that a mirror has now comes before one that another had; nobody is asked', async () => {
    const dir = await mirrors(SWAPPED);
    const tell = () => Promise.reject(new Error('asked'));
    expect(await pullTargets(dir, ['A'], tell)).toEqual([{ dir: path.join(dir, 'B'), space: 'A' }]);
  });
});

describe('every space', () => {
  test('each gets its place, by its id before its key, and what else is mirrored there goes on', async () => {
    const dir = await mirrors({
      A: { ...scopeOf('A'), spaceId: '1' },
      wiki: { ...scopeOf('OLD'), spaceId: '2' },
      GONE: { ...scopeOf('GONE'), spaceId: '3' },
      C: 'damaged',
    });
    const spaces = [space('A', '1'), space('C'), space('NEW', '2'), space('~me')];
    expect(await everyTarget(dir, { spaces, errors: [] })).toEqual([
      { dir: path.join(dir, 'A'), space: 'A' },
      { dir: path.join(dir, 'C'), space: 'C' },
      { dir: path.join(dir, 'wiki'), space: 'NEW' },
      { dir: path.join(dir, '~me'), space: '~me' },
      { dir: path.join(dir, 'GONE') },
    ]);
  });

  test('several mirrors of one space go on, each by itself', async () => {
    const dir = await mirrors({
      one: { ...scopeOf('A'), spaceId: '1' },
      two: { ...scopeOf('A'), spaceId: '1' },
    });
    expect(await everyTarget(dir, { spaces: [space('A', '1'), space('B')], errors: [] })).toEqual([
      { dir: path.join(dir, 'B'), space: 'B' },
      { dir: path.join(dir, 'one') },
      { dir: path.join(dir, 'two') },
    ]);
  });

  test('one space is no reason to go into the folder itself', async () => {
    const dir = await folder();
    expect(await everyTarget(dir, { spaces: [space('A')], errors: [] })).toEqual([
      { dir: path.join(dir, 'A'), space: 'A' },
    ]);
  });

  test('one that has no place, or cannot be read, does not keep the others out', async () => {
    const dir = await folder();
    const unread = new MalformedResponseError('No key.');
    expect(await everyTarget(dir, { spaces: [space('../x'), space('A')], errors: [unread] })).toEqual([
      { error: unread },
      {
        error: expect.objectContaining({ exitCode: 2, message: expect.stringContaining('"../x" is no key') }),
      },
      { dir: path.join(dir, 'A'), space: 'A' },
    ]);
  });

  test('a mirror of one takes no others', async () => {
    const dir = await mirrors({ '': scopeOf('A') });
    await expect(everyTarget(dir, { spaces: [space('A')], errors: [] })).rejects.toMatchObject({
      exitCode: 2,
    });
  });
});
