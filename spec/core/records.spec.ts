import { expect, test } from '@jest/globals';
import { type ItemRecord, asOutdated, recordKey } from '../../lib/core/records.js';

test('kinds keep ids apart: a page and its comments share one', () => {
  expect(recordKey('page', '7')).not.toBe(recordKey('comments', '7'));
});

test('an outdated record stands for no version and keeps its files', () => {
  const files = [{ path: 'a.md', bytes: 1, hash: 'h' }];
  const record: ItemRecord = {
    kind: 'page',
    id: '7',
    version: 3,
    fingerprint: 'f',
    files,
    references: ['r'],
  };
  expect(asOutdated(record)).toEqual({ ...record, version: 0, fingerprint: '' });
  expect(asOutdated(record, []).files).toEqual([]);
});
