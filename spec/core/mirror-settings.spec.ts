import { expect, test } from '@jest/globals';
import {
  DEFAULT_SETTINGS,
  type MirrorSettings,
  SETTINGS,
  settingChanges,
} from '../../lib/core/mirror-settings.js';

const HELD = { texts: 12, attachments: 20, comments: 10 };

const withSettings = (settings: Partial<MirrorSettings> = {}): MirrorSettings => ({
  ...DEFAULT_SETTINGS,
  ...settings,
});

const changes = (
  before: Partial<MirrorSettings>,
  now: Partial<MirrorSettings>,
  held = HELD,
): ReturnType<typeof settingChanges> => settingChanges(withSettings(before), withSettings(now), held);

test.each<[Partial<MirrorSettings>, Partial<MirrorSettings>, string]>([
  [{}, { ancestor: ['7'] }, 'only pages below page 7 stay'],
  [{ label: 'a' }, { label: 'b' }, 'only pages with the label "b" stay or come'],
  [{ label: 'a' }, { label: 'a', ancestor: ['7'] }, 'only pages below page 7 and with the label "a" stay'],
  [{ label: 'a', cql: 'x=1' }, { label: 'a' }, 'all pages with the label "a" come'],
  [{ cql: 'type=page' }, {}, 'all pages of the space come'],
  [{}, { format: 'adf' }, '12 files are written anew as adf'],
  [{}, { flavor: 'mkdocs' }, '12 files are written anew'],
  [{ comments: true }, { comments: true, flavor: 'mkdocs' }, '22 files are written anew'],
  [
    { comments: true, format: 'adf' },
    { comments: true, format: 'adf', flavor: 'mkdocs' },
    '10 files are written anew',
  ],
  [{}, { attachments: 'none' }, '20 files leave'],
  [{}, { attachments: 'referenced' }, 'of 20 files those leave that no page refers to'],
  [{ attachments: 'none' }, { attachments: 'referenced' }, 'more files may come'],
  [{ attachments: 'referenced' }, {}, 'more files may come'],
  [{}, { attachmentMaxBytes: 9 }, 'of 20 files those leave that are larger'],
  [{ attachmentMaxBytes: 9 }, { attachmentMaxBytes: 8 }, 'of 20 files those leave that are larger'],
  [{ attachmentMaxBytes: 8 }, { attachmentMaxBytes: 9 }, 'more files may come'],
  [{ attachmentMaxBytes: 8 }, {}, 'more files may come'],
  [{}, { attachmentTypes: ['pdf'] }, 'of 20 files those leave that are of other types'],
  [
    { attachmentTypes: ['pdf'] },
    { attachmentTypes: ['png'] },
    'of 20 files those leave that are of other types, more files may come',
  ],
  [{ attachmentTypes: ['pdf'] }, {}, 'more files may come'],
  [{ ancestor: ['7'] }, { ancestor: ['7', '8'] }, 'only pages below page 7 or 8 stay or come'],
  [{ comments: true }, { comments: false }, '10 files leave'],
  [{}, { comments: true }, 'files with comments come'],
  [{}, { labels: true }, '12 files are written anew'],
])('from %j to %j: %s', (before, now, effect) => {
  expect(changes(before, now).map((change) => change.effect)).toEqual([effect]);
});

test('one file is one', () => {
  const held = { texts: 1, attachments: 1, comments: 1 };
  const effects = changes({ comments: true }, { labels: true, attachments: 'none' }, held);
  expect(effects.map(({ effect }) => effect)).toEqual([
    '1 file leaves',
    '1 file leaves',
    '1 file is written anew',
  ]);
});

test('every setting is compared, and what narrows nothing has no word', () => {
  const other: Required<MirrorSettings> = {
    ancestor: ['7'],
    label: 'a',
    cql: 'type=page',
    format: 'adf',
    flavor: 'mkdocs',
    attachments: 'none',
    attachmentMaxBytes: 10_485_760,
    attachmentTypes: ['image/*', 'pdf'],
    comments: true,
    labels: true,
  };
  const found = changes({}, other);
  expect(found.map(({ setting }) => setting)).toEqual(Object.keys(other));
  expect(SETTINGS).toEqual(Object.keys(other));
  expect(Object.fromEntries(found.map(({ setting, from, to }) => [setting, [from, to]]))).toEqual({
    ancestor: [undefined, '7'],
    label: [undefined, 'a'],
    cql: [undefined, 'type=page'],
    format: ['markdown', 'adf'],
    flavor: ['github', 'mkdocs'],
    attachments: ['all', 'none'],
    attachmentMaxBytes: [undefined, '10M'],
    attachmentTypes: [undefined, 'image/*,pdf'],
    comments: ['off', 'on'],
    labels: ['off', 'on'],
  });
  expect(changes(other, other)).toEqual([]);
});
