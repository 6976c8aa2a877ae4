import { siteOf } from '../../confluence/site-of.js';
import type { Space } from '../../core/content.js';
import { isNarrow } from '../../core/cql.js';
import type { MirrorSettings } from '../../core/mirror-settings.js';
import type { Checkpoint, MirrorScope } from '../../core/records.js';
import { MirrorMismatchError } from '../../errors/mirror-mismatch-error.js';
import { OptionsError } from '../../errors/options-error.js';
import type { Mode } from '../../events/events.js';
import { isOfLater } from '../../store/lost-state.js';
import type { MirrorState, ReadState } from '../../store/state-file.js';
import type { Prior, Since } from './prior.js';
import type { ResolvedOptions } from './pull-options.js';

/** A checkpoint older than this says too little about the wiki as it is. */
const CHECKPOINT_LIFE_MS = 24 * 3_600_000;

/** The wiki's clock may be ahead of ours. */
const CLOCKS_DIFFER_MS = 24 * 3_600_000;

/** What the options ask for, at the site that the wiki says it is. */
export const scopeOf = (options: ResolvedOptions, space: string, site: string): MirrorScope => ({
  site,
  space,
  ...(options.ancestor !== undefined && { ancestor: options.ancestor }),
  ...(options.label !== undefined && { label: options.label }),
  ...(options.cql !== undefined && { cql: options.cql }),
  format: options.format,
  flavor: options.flavor,
  attachments: options.attachments,
  ...(options.attachmentMaxBytes !== undefined && { attachmentMaxBytes: options.attachmentMaxBytes }),
  ...(options.attachmentTypes !== undefined && { attachmentTypes: options.attachmentTypes }),
  comments: options.comments,
  labels: options.labels,
});

const stateIn = (read: ReadState): MirrorState | undefined => (read.kind === 'read' ? read.state : undefined);

/** The settings that the mirror remembers; undefined where there is none, or its state cannot be read. */
export const rememberedIn = (read: ReadState): MirrorSettings | undefined => stateIn(read)?.scope;

const isSame = (a: object, b: object): boolean =>
  JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());

const narrowing = ({ ancestor, label, cql }: Pick<MirrorScope, 'ancestor' | 'label' | 'cql'>): object => ({
  ...(ancestor !== undefined && { ancestor }),
  ...(label !== undefined && { label }),
  ...(cql !== undefined && { cql }),
});

/** Whether the mirror holds the part of its space that is asked for now. */
const isSamePart = (options: ResolvedOptions, read: ReadState): boolean => {
  const held = stateIn(read)?.scope;
  return held !== undefined && isSame(narrowing(held), narrowing(options));
};

/** The keys that the mirror's space has had before. */
export const formerKeys = (read: ReadState, space: Pick<Space, 'key'>): readonly string[] => {
  const state = stateIn(read);
  const keys = state === undefined ? [] : [...(state.formerKeys ?? []), state.scope.space];
  return [...new Set(keys)].filter((key) => key !== space.key);
};

const whySpaceIsUnknown = (read: ReadState, dir: string): string => {
  if (isOfLater(read))
    return `be given, or rxsync be updated: a later version has written the state of the mirror in "${dir}", which tells its space; given the space, the state is made anew`;
  return read.kind === 'damaged'
    ? `be given: the state of the mirror in "${dir}", which tells its space, cannot be read`
    : `be given: "${dir}" is no mirror yet, or does not tell it any more`;
};

/**
 * The space to pull: the one asked for, else the one that the mirror holds. The wiki heeds no case in keys, so neither do
 * we: the mirror's spelling is the wiki's own. A key that its space had before stands for it.
 */
export const spaceToPull = ({ space, dir }: ResolvedOptions, read: ReadState): string => {
  const state = stateIn(read);
  const held = state?.scope.space;
  const known = [held, ...(state?.formerKeys ?? [])].map((each) => each?.toLowerCase());
  const key = known.includes(space?.toLowerCase()) ? held : (space ?? held);
  if (key === undefined) throw new OptionsError('space', undefined, whySpaceIsUnknown(read, dir));
  return key;
};

/**
 * A folder holds one space of one site; the space may have got another key. A key that names another space now (made anew,
 * or a wrong answer) would empty the mirror: that takes `force`, and another address of the site takes `full`, too, as every file has it, and spaces of two sites may
 * have the same id.
 * @throws MirrorMismatchError when it holds another one
 */
export const checkScope = (
  read: ReadState,
  space: Space,
  {
    dir,
    space: asked,
    force = false,
    full = false,
  }: {
    readonly dir: string;
    readonly space?: string | undefined;
    readonly force?: boolean;
    readonly full?: boolean;
  },
): void => {
  const state = stateIn(read);
  if (state === undefined) return;
  const { scope, spaceId } = state;
  const isSameSite = siteOf(scope.site) === siteOf(space.baseUrl);
  const [isSameId, isSameKey] = [spaceId === space.id, scope.space === space.key];
  if (isSameSite && (isSameId || (force && isSameKey))) return;
  if (isSameId && isSameKey) {
    if (force && full) return;
    throw new MirrorMismatchError(
      `"${dir}" mirrors the space ${space.key} of ${scope.site}; the wiki gives its own address as ${space.baseUrl} now, and the space has the same id there.`,
      {
        hint: 'Nothing was changed. If the site was renamed or has got another domain, pull again with `force` and `full`: every file is written anew with the new address. If it is another site, name another folder for this space.',
      },
    );
  }
  if (isSameSite && isSameKey)
    throw new MirrorMismatchError(
      `"${dir}" mirrors the space ${space.key} with the id ${spaceId}; the wiki names another one so now, with the id ${space.id}.`,
      {
        hint: `Nothing was changed. ${asked === undefined ? '' : 'If the mirrored one has another key now, pull without `space`: the mirror goes on with it. '}If the space was made anew, name another folder for it, or pull again with \`force\`: what is not in it leaves the mirror.`,
      },
    );
  throw new MirrorMismatchError(
    `"${dir}" mirrors the space ${scope.space} of ${scope.site}, not ${space.key} of ${space.baseUrl}.`,
    { hint: 'Name another folder for this space.' },
  );
};

/**
 * An address says where its page is.
 * @throws OptionsError for an ancestor by an address of another wiki or space
 */
export const checkAncestors = (
  { url, namedAncestors }: Pick<ResolvedOptions, 'url' | 'namedAncestors'>,
  read: ReadState,
  space: Space,
): void => {
  const hosts = [url, space.baseUrl].flatMap((each) => (URL.canParse(each) ? new URL(each).hostname : []));
  const keys = [space.key, ...formerKeys(read, space)].map((key) => key.toLowerCase());
  for (const { address } of namedAncestors) {
    if (address === undefined) continue;
    const { href, host, spaceKey } = address;
    if (!hosts.includes(host))
      throw new OptionsError('ancestor', href, `be in the wiki ${hosts.at(-1) ?? url}`);
    if (spaceKey !== undefined && !keys.includes(spaceKey.toLowerCase()))
      throw new OptionsError('ancestor', href, `be in the space ${space.key}`);
  }
};

/** Whether what is asked for is what the mirror remembers. */
export const isRemembered = (
  options: ResolvedOptions,
  read: ReadState,
  { key, baseUrl }: Pick<Space, 'key' | 'baseUrl'>,
): boolean => {
  const held = stateIn(read)?.scope;
  return held !== undefined && isSame(held, scopeOf(options, key, baseUrl));
};

/** How the run goes on from what is there. */
export const modeOf = (options: ResolvedOptions, read: ReadState, space: string, nowMs: number): Mode => {
  const state = stateIn(read);
  if (state === undefined || options.full) return 'full';
  if (!isRemembered(options, read, { key: space, baseUrl: state.scope.site })) return 'full';
  if (state.checkpoint !== null) return isFresh(state.checkpoint, nowMs) ? 'resume' : 'full';
  return state.lastFullSync === null ? 'full' : 'delta';
};

/** True when an interrupted run has left a checkpoint that is too old to go on from. */
export const hasStaleCheckpoint = (read: ReadState, nowMs: number): boolean => {
  const checkpoint = stateIn(read)?.checkpoint ?? null;
  return checkpoint !== null && !isFresh(checkpoint, nowMs);
};

const isFresh = ({ startedAt }: Checkpoint, nowMs: number): boolean =>
  nowMs - Date.parse(startedAt) < CHECKPOINT_LIFE_MS;

/** Whether a run has left out nothing. */
export const isWhole = (state: Pick<MirrorState, 'failedCount' | 'incomplete' | 'notVisible'>): boolean =>
  state.failedCount === 0 && state.incomplete.length === 0 && state.notVisible === 0;

/**
 * Since when a quick delta has to look; undefined when the whole listing is needed: it is asked for, the mirror is not
 * complete, or only a part of the space is mirrored.
 */
export const quickSince = (
  options: ResolvedOptions,
  read: ReadState,
  space: string,
  nowMs: number,
): Since | undefined => {
  if (options.checkDeletions || isNarrow(options) || modeOf(options, read, space, nowMs) !== 'delta')
    return undefined;
  const state = stateIn(read);
  const others = state !== undefined && isWhole(state) ? state.lastSync : null;
  // A time that has not come yet tells nothing of what changed.
  if (others === null || Date.parse(others) > nowMs + CLOCKS_DIFFER_MS) return undefined;
  return { pages: state?.knownUntil ?? others, others };
};

/** What the mirror holds, with what the run needs to know of how that came. */
export const priorOf = (
  options: ResolvedOptions,
  read: ReadState,
  space: Space,
  held: Pick<
    Prior,
    'records' | 'unsound' | 'layoutDigest' | 'accounts' | 'folders' | 'settled' | 'late' | 'openScratch'
  >,
  nowMs: number,
): Prior => {
  // Another address is in every file.
  const since = isRemembered(options, read, space) ? quickSince(options, read, space.key, nowMs) : undefined;
  return {
    ...held,
    ...(since !== undefined && { since }),
    lastSync: stateIn(read)?.lastSync ?? null,
    account: stateIn(read)?.account ?? null,
    isSameScope: isSamePart(options, read),
  };
};
