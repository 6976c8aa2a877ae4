import { expect, test } from '@jest/globals';
import { placeAttachments, safeFileName } from '../../lib/core/attachment-paths.js';
import type { ListedAttachment } from '../../lib/core/content.js';
import { MAX_PATH_BYTES } from '../../lib/core/page-paths.js';
import { utf8Length } from '../../lib/core/utf8.js';
import { attachment } from './support/space.js';

const BASE = 'guides/start';
const paths = (attachments: readonly ListedAttachment[], base = BASE) =>
  Object.fromEntries(placeAttachments(attachments, base).map(({ attachment: { id }, path }) => [id, path]));
const names = (...titles: string[]) =>
  Object.values(paths(titles.map((title, i) => attachment(`att${i + 10}`, '1', title)))).map((path) =>
    path.replace(`${BASE}.attachments/`, ''),
  );

test.each([
  ['Report v2.pdf', 'Report v2.pdf'],
  ['Cafe\u0301.png', 'Caf\u00e9.png'],
  ['../../.ssh/authorized_keys', '.._.._.ssh_authorized_keys'],
  ['a\\b:c*d?e"f<g>h|i.txt', 'a_b_c_d_e_f_g_h_i.txt'],
  ['nul\u0000\u001b[2J\n.png', 'nul__[2J_.png'],
  ['\u202egpj.exe', '_gpj.exe'],
  ['\ud800.png', '_.png'],
  ['con', '_con'],
  ['nul.txt', '_nul.txt'],
  ['NUL.tar.gz', '_NUL.tar.gz'],
  ['.rxsync', '.rxsync'],
  ['  spaced .. ', 'spaced'],
  ['..', ''],
  [' ', ''],
  ['', ''],
])('%p is stored as %p', (title, expected) => {
  expect(safeFileName(title)).toBe(expected);
});

test('they stand in the attachments directory of their page', () => {
  expect(paths([attachment('att5', '1', 'a.png')])).toEqual({ att5: 'guides/start.attachments/a.png' });
});

test('names that are equal ignoring case or normal form: the lowest id keeps the name', () => {
  expect(names('a.PNG', 'A.png', 'a.png')).toEqual(['a.PNG', 'A-att11.png', 'a-att12.png']);
  expect(names('Caf\u00e9', 'CAFE\u0301')).toEqual(['Caf\u00e9', 'CAF\u00c9-att11']);
  expect(names('STRAẞE', 'straße')).toEqual(['STRAẞE', 'straße-att11']);
});

test('a suffix that is taken as well gets a number', () => {
  expect(names('a-att11.png', 'A.png', 'a.png')).toEqual(['a-att11.png', 'A.png', 'a-att12.png']);
  expect(names('a.png', 'A-att12.png', 'A.png')).toEqual(['a.png', 'A-att12.png', 'A-att12-2.png']);
});

test('a name of which nothing is left becomes the id', () => {
  expect(names('..', '..')).toEqual(['att10', 'att11']);
});

test.each([
  ['long name', `${'語'.repeat(100)}.png`, /-att9.png$/],
  ['long extension', `a.${'語'.repeat(12)}`, /att9$/],
  ['no room but for the id', `${'b'.repeat(100)}.json`, /\/att9.json$/],
])('%s: a path never exceeds its limit', (what, title, expected) => {
  const base = `x/${'y'.repeat(what === 'long name' ? 100 : what === 'long extension' ? 200 : 215)}`;
  const path = paths([attachment('att9', '1', title)], base).att9 ?? '';
  expect(path).toMatch(expected);
  expect(utf8Length(path)).toBeLessThanOrEqual(MAX_PATH_BYTES);
});
