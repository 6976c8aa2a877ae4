import { expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS, type MirrorSettings } from '../../../lib/core/mirror-settings.js';
import { resolveSettings, type SettingOptions } from '../../../lib/pull/run/setting-options.js';

const REMEMBERED: MirrorSettings = {
  ancestor: ['7'],
  label: 'a',
  cql: 'type=page',
  format: 'storage',
  flavor: 'obsidian',
  attachments: 'referenced',
  attachmentMaxBytes: 1000,
  attachmentTypes: ['pdf'],
  comments: true,
  labels: true,
};

test.each<[string, SettingOptions, Partial<MirrorSettings>, MirrorSettings]>([
  ['a new mirror has the defaults', {}, {}, DEFAULT_SETTINGS],
  ['what is not given is what is remembered', {}, REMEMBERED, REMEMBERED],
  [
    'undefined is not given',
    { comments: undefined, label: undefined, format: undefined },
    REMEMBERED,
    REMEMBERED,
  ],
  [
    'what is given counts, also when it is the default',
    { format: 'markdown', flavor: 'github', attachments: 'all', comments: false, labels: false },
    REMEMBERED,
    {
      ...DEFAULT_SETTINGS,
      ancestor: ['7'],
      label: 'a',
      cql: 'type=page',
      attachmentMaxBytes: 1000,
      attachmentTypes: ['pdf'],
    },
  ],
  [
    'another narrowing joins those that are remembered',
    { ancestor: '8' },
    { ...DEFAULT_SETTINGS, label: 'a' },
    { ...DEFAULT_SETTINGS, ancestor: ['8'], label: 'a' },
  ],
  [
    'null ends a narrowing',
    { ancestor: null, cql: null },
    { ...DEFAULT_SETTINGS, ancestor: ['7'], label: 'a', cql: 'type=page' },
    { ...DEFAULT_SETTINGS, label: 'a' },
  ],
  [
    'null ends a filter',
    { attachmentMaxBytes: null, attachmentTypes: null },
    { ...DEFAULT_SETTINGS, attachmentMaxBytes: 1, attachmentTypes: ['pdf'] },
    DEFAULT_SETTINGS,
  ],
  [
    'ancestors are ids in their order, each once, and types have one form',
    {
      ancestor: ['11', 'https://example.atlassian.net/wiki/spaces/DOCS/pages/9/X', '11'],
      attachmentTypes: ['.PNG', 'image/*', 'png'],
    },
    {},
    { ...DEFAULT_SETTINGS, ancestor: ['9', '11'], attachmentTypes: ['image/*', 'png'] },
  ],
  ['null where nothing narrows is nothing', { label: null }, {}, DEFAULT_SETTINGS],
])('%s', (_what, asked, remembered, expected) => {
  expect(resolveSettings(asked, remembered)).toEqual(expected);
});

test.each<[SettingOptions, RegExp]>([
  [{ label: ' ' }, /label.* must be the name of a label/],
  [{ cql: '' }, /cql.* must be a condition/],
  [{ ancestor: '' }, /ancestor.* must be the id of a page/],
  [{ ancestor: ['1', '/wiki/spaces/DOCS/pages/9'] }, /ancestor must be the id .*, but is "\/wiki/],
  [{ ancestor: [] }, /ancestor must name from 1 to 100/],
  [{ ancestor: Array.from({ length: 101 }, (_, id) => String(id)) }, /from 1 to 100 .* but is 101/],
  [{ attachmentMaxBytes: 0 }, /attachmentMaxBytes must be a whole number of bytes from 1/],
  [{ attachmentMaxBytes: 1.5 }, /attachmentMaxBytes must be a whole number/],
  [{ attachmentTypes: [] }, /attachmentTypes must name a type/],
  [{ attachmentTypes: ['pdf', 'imge/*'] }, /attachmentTypes must name media types .* but is "imge/],
])('%j is refused', (asked, says) => {
  expect(() => resolveSettings(asked, REMEMBERED)).toThrow(says);
});
