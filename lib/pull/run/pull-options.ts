import type { NamedContent } from '../../core/content-address.js';
import type { DeletionLimit } from '../../core/deletion-guard.js';
import type { MirrorSettings } from '../../core/mirror-settings.js';
import { OptionsError } from '../../errors/options-error.js';
import { leadsIntoOwn } from '../../store/own-files.js';
import { checkNames, flag, given, text } from './check-options.js';
import { namedAncestors, resolveSettings, type SettingOptions } from './setting-options.js';
import type { SharedWiki } from './shared-wiki.js';
import {
  type ResolvedWikiOptions,
  resolveWikiOptions,
  WIKI_OPTIONS,
  type WikiOptions,
} from './wiki-options.js';

/** What to mirror, and to where. */
export interface MirrorOptions extends SettingOptions {
  /** Key of the space. @default the space that `dir` mirrors already */
  readonly space?: string;
  /** Folder of the mirror; made if it does not exist. */
  readonly dir: string;
  /** Fetch everything again. @default false */
  readonly full?: boolean;
  /**
   * Compare the whole listing: finds deletions, moves and restores. Without it a delta asks only for what changed since
   * the last pull: a few requests, however large the space. @default true
   */
  readonly checkDeletions?: boolean;
  /** Most items to delete in one run without `force`: a count or `N%`. @default 10%, at least 50 */
  readonly maxDelete?: number | string;
  /** Plan only. @default false */
  readonly dryRun?: boolean;
  /** Tell of each unchanged page, too (`page.skipped`). @default false */
  readonly tellUnchanged?: boolean;
  /** Overwrite and delete what the user changed; delete more than `maxDelete`. @default false */
  readonly force?: boolean;
}

/** What to mirror, from where, to where. */
export interface PullOptions extends MirrorOptions, WikiOptions {}

/** A wiki that others ask, too, in place of the options by which one is reached. */
export interface InWiki extends Readonly<Partial<Record<keyof WikiOptions, undefined>>> {
  readonly wiki: SharedWiki;
}

/** From where: a wiki of one's own, or a shared one. */
export type FromWiki = (WikiOptions & { readonly wiki?: undefined }) | InWiki;

const NAMES = {
  wiki: true,
  space: true,
  dir: true,
  ancestor: true,
  label: true,
  cql: true,
  format: true,
  flavor: true,
  attachments: true,
  attachmentMaxBytes: true,
  attachmentTypes: true,
  comments: true,
  labels: true,
  full: true,
  checkDeletions: true,
  maxDelete: true,
  dryRun: true,
  tellUnchanged: true,
  force: true,
} as const satisfies Record<keyof MirrorOptions | 'wiki', true>;

const ALL_NAMES = [...WIKI_OPTIONS, ...Object.keys(NAMES)];

const deletionLimit = (value: number | string | undefined): DeletionLimit => {
  if (value === undefined) return { atLeast: 50, share: 0.1 };
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(String(value))?.[1];
  if (percent !== undefined && Number(percent) <= 100) return { atLeast: 0, share: Number(percent) / 100 };
  if (percent === undefined && /^\d+$/.test(String(value))) return { atLeast: Number(value), share: 0 };
  throw new OptionsError('maxDelete', value, 'be a count or a percentage such as 10%');
};

const namedAncestorsIn = (ancestor: PullOptions['ancestor']): readonly NamedContent[] =>
  ancestor === undefined || ancestor === null ? [] : namedAncestors(ancestor);

/** A folder of rxsync's own, of this mirror or another, holds no mirror. */
const folderOf = (dir: string): string => {
  if (leadsIntoOwn(dir))
    throw new OptionsError('dir', dir, 'name a folder outside .rxsync, which is of a mirror by itself');
  return dir;
};

/** A pull is of one space. */
const spaceKey = (space: string | undefined): string | undefined => {
  if (space === undefined) return undefined;
  const key = text('space', space, 'be the key of one space; others are pulled by themselves');
  if (!/[,\s*]/.test(key)) return key;
  throw new OptionsError('space', key, 'be the key of one space; others are pulled by themselves');
};

type Source =
  | { readonly url: string; readonly wiki: SharedWiki }
  | { readonly url: string; readonly wiki?: undefined; readonly connection: ResolvedWikiOptions };

const isSharedWiki = (value: unknown): value is SharedWiki =>
  typeof value === 'object' &&
  value !== null &&
  'openSession' in value &&
  typeof value.openSession === 'function';

/** The wiki that is given, or the options of one. */
export const resolveWiki = (options: FromWiki): Source => {
  if (options.wiki === undefined) {
    const connection = resolveWikiOptions(options);
    return { url: connection.url, connection };
  }
  const beside = Object.entries(options).find(
    ([name, value]) => value !== undefined && WIKI_OPTIONS.includes(name),
  );
  if (beside) throw new OptionsError(beside[0], undefined, 'be given to `createWiki`, not beside `wiki`');
  const { wiki } = options;
  if (!isSharedWiki(wiki)) throw new OptionsError('wiki', typeof wiki, 'be what `createWiki` returns');
  return { url: wiki.url, wiki };
};

/**
 * All options with their defaults; settings that are not given are those that the mirror remembers.
 * @throws OptionsError naming option, value and rule
 */
export const resolveOptions = (
  options: MirrorOptions & FromWiki,
  remembered: Partial<MirrorSettings> = {},
) => {
  checkNames(options, ALL_NAMES);
  return {
    ...resolveWiki(options),
    ...resolveSettings(options, remembered),
    space: spaceKey(options.space),
    dir: folderOf(text('dir', options.dir, 'name the folder of the mirror')),
    /** Those that are asked for now, as they are named. */
    namedAncestors: namedAncestorsIn(options.ancestor),
    full: flag('full', given(options.full, false)),
    checkDeletions: flag('checkDeletions', given(options.checkDeletions, true)),
    deletionLimit: deletionLimit(options.maxDelete),
    dryRun: flag('dryRun', given(options.dryRun, false)),
    tellUnchanged: flag('tellUnchanged', given(options.tellUnchanged, false)),
    force: flag('force', given(options.force, false)),
  };
};

export type ResolvedOptions = ReturnType<typeof resolveOptions>;
