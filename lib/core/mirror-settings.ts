import type { Flavor } from '../convert/index.js';
import type { AttachmentFilter } from './attachment-filter.js';
import { byteSizeText } from './byte-size.js';
import type { Format } from './content.js';
import { isNarrow, type Scope, scopeText } from './cql.js';

export const FORMATS = ['markdown', 'storage', 'adf'] as const satisfies readonly Format[];
export const FLAVORS = ['github', 'obsidian', 'mkdocs'] as const satisfies readonly Flavor[];
/** All attachments, those that pages refer to, or none. */
export const ATTACHMENT_MODES = ['all', 'referenced', 'none'] as const;
/** Which attachments are mirrored. */
export type AttachmentMode = (typeof ATTACHMENT_MODES)[number];

/** What a mirror is: recorded with it, and held by later pulls that do not say otherwise. */
export interface MirrorSettings extends Scope, AttachmentFilter {
  readonly format: Format;
  readonly flavor: Flavor;
  readonly attachments: AttachmentMode;
  readonly comments: boolean;
  readonly labels: boolean;
}

/** What a new mirror is where nobody says. */
export const DEFAULT_SETTINGS = {
  format: 'markdown',
  flavor: 'github',
  attachments: 'all',
  comments: false,
  labels: false,
} as const satisfies MirrorSettings;

/** How many files a mirror has of each sort. */
export interface HeldFiles {
  /** Of pages and blog posts. */
  readonly texts: number;
  readonly attachments: number;
  readonly comments: number;
}

/** A setting is not what it was. */
export interface SettingChange {
  readonly setting: keyof MirrorSettings;
  /** `on` or `off` where it is one of two; absent where nothing narrowed the mirror. */
  readonly from?: string;
  /** In the same words; absent where nothing narrows it any more. */
  readonly to?: string;
  /** What becomes of the files, to follow the change: `10 files leave`. */
  readonly effect: string;
}

/** What a change from one to the other does to the files. */
type Effect = (before: MirrorSettings, now: MirrorSettings, held: HeldFiles) => string;

const files = (count: number): string => `${count} ${count === 1 ? 'file' : 'files'}`;

const leave = (count: number): string => `${files(count)} ${count === 1 ? 'leaves' : 'leave'}`;

const writeAnew = (count: number): string => `${files(count)} ${count === 1 ? 'is' : 'are'} written anew`;

/** Of the attachments that are there. */
const someLeave = (count: number, which: string): string => `of ${files(count)} those leave that ${which}`;

const MORE_MAY_COME = 'more files may come';

const narrowing =
  (setting: 'ancestor' | 'label' | 'cql'): Effect =>
  (before, now) => {
    const pages = isNarrow(now) ? `pages ${scopeText(now)}` : 'pages of the space';
    if (now[setting] === undefined) return `all ${pages} come`;
    return `only ${pages} stay${before[setting] === undefined ? '' : ' or come'}`;
  };

/** What a change of each setting does. */
const EFFECTS: Readonly<Record<keyof MirrorSettings, Effect>> = {
  ancestor: narrowing('ancestor'),
  label: narrowing('label'),
  cql: narrowing('cql'),
  format: (_before, now, { texts }) => `${writeAnew(texts)} as ${now.format}`,
  // Comments are Markdown in any format.
  flavor: (_before, now, { texts, comments }) =>
    writeAnew((now.format === 'markdown' ? texts : 0) + (now.comments ? comments : 0)),
  attachments: (before, now, { attachments }) => {
    if (now.attachments === 'none') return leave(attachments);
    if (before.attachments === 'all') return someLeave(attachments, 'no page refers to');
    return MORE_MAY_COME;
  },
  attachmentMaxBytes: ({ attachmentMaxBytes: before = Infinity }, now, { attachments }) =>
    (now.attachmentMaxBytes ?? Infinity) < before ? someLeave(attachments, 'are larger') : MORE_MAY_COME,
  attachmentTypes: (before, now, { attachments }) => {
    if (now.attachmentTypes === undefined) return MORE_MAY_COME;
    const leave = someLeave(attachments, 'are of other types');
    return before.attachmentTypes === undefined ? leave : `${leave}, ${MORE_MAY_COME}`;
  },
  comments: (_before, now, { comments }) => (now.comments ? 'files with comments come' : leave(comments)),
  labels: (_before, _now, { texts }) => writeAnew(texts),
};

/** The names of all settings, in the order in which they are told. */
export const SETTINGS = [
  'ancestor',
  'label',
  'cql',
  'format',
  'flavor',
  'attachments',
  'attachmentMaxBytes',
  'attachmentTypes',
  'comments',
  'labels',
] as const satisfies readonly (keyof MirrorSettings)[];

const wordOf = (value: MirrorSettings[keyof MirrorSettings]): string | undefined => {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') return byteSizeText(value);
  return typeof value === 'object' ? value.join(',') : value;
};

/** What is to be another way than before, and what that does to the files that the mirror has. */
export const settingChanges = (
  before: MirrorSettings,
  now: MirrorSettings,
  held: HeldFiles,
): SettingChange[] =>
  SETTINGS.flatMap((setting) => {
    const [from, to] = [wordOf(before[setting]), wordOf(now[setting])];
    if (from === to) return [];
    return {
      setting,
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
      effect: EFFECTS[setting](before, now, held),
    };
  });
