import path from 'node:path';
import { MirrorMismatchError } from '../../errors/mirror-mismatch-error.js';
import { UsageError } from '../../errors/usage-error.js';
import { type InnerMirror, mirrorsIn } from '../../store/mirrors-in.js';
import { spaceFolder } from '../../store/space-folder.js';
import type { VisibleSpace, VisibleSpaces } from '../../pull/visible-spaces.js';
import type { ReadState } from '../../store/state-file.js';

/** A mirror to pull into. */
export interface PullTarget {
  readonly dir: string;
  /** Absent: the space that it mirrors. */
  readonly space?: string;
}

/** The wiki heeds no case in keys: each once, as it was spelt first. */
const distinct = (keys: readonly string[]): string[] => {
  const spelt = new Map<string, string>();
  for (const key of keys) if (!spelt.has(key.toLowerCase())) spelt.set(key.toLowerCase(), key);
  return [...spelt.values()];
};

/** A space that is pulled, or why it has no place. */
export type Placed = PullTarget | { readonly error: unknown };

/** Keys are letters and digits; those of personal spaces begin with a tilde. */
const checkKey = (key: string): void => {
  if (!/^~?[\w.-]+$/.test(key) || /^\.+$/.test(key))
    throw new UsageError(`"${key}" is no key of a space.`, {
      hint: 'A key stands in the address of its space, after /spaces/.',
    });
};

/** Whether one of the keys is of the space; the wiki heeds no case in them. */
const isAmong = (keys: readonly string[], space: string): boolean =>
  keys.some((key) => key.toLowerCase() === space.toLowerCase());

const hasKey = ({ state: read }: InnerMirror, space: string): boolean =>
  read.kind === 'read' && isAmong([read.state.scope.space], space);

const hadKey = ({ state: read }: InnerMirror, space: string): boolean =>
  read.kind === 'read' && isAmong(read.state.formerKeys ?? [], space);

/** A first pull that was cut off early has left no state yet: the folder has the name of its space. */
const goOn = ({ dir, state, refusal }: InnerMirror): Placed => {
  if (refusal !== undefined) return { error: refusal };
  return state.kind === 'none' ? { dir, space: path.basename(dir) } : { dir };
};

/** Several folders mirror a space, and none has its name. */
const ambiguous = (dir: string, space: string, mirrors: readonly InnerMirror[]): UsageError => {
  const names = mirrors.map((mirror) => `"${path.basename(mirror.dir)}"`);
  return new UsageError(
    `${mirrors.length} folders in "${dir}" mirror the space ${space}: ${names.join(', ')}.`,
    {
      hint: `Name the one that is meant, such as "${mirrors[0]?.dir ?? dir}", in place of "${dir}".`,
    },
  );
};

/** Where the mirror of a space is, of those that there are: a copy elsewhere is not meant where it has its own. */
const placeAmong = async (
  dir: string,
  mirrors: readonly [InnerMirror, ...InnerMirror[]],
  space: string,
): Promise<PullTarget> => {
  const [first, ...others] = mirrors;
  if (others.length === 0) return { dir: first.dir, space };
  const place = await spaceFolder(dir, space);
  if (mirrors.some((mirror) => mirror.dir === place)) return { dir: place, space };
  throw ambiguous(dir, space, mirrors);
};

const isSome = (mirrors: readonly InnerMirror[]): mirrors is readonly [InnerMirror, ...InnerMirror[]] =>
  mirrors.length > 0;

/** Whether the mirror is of the space, whatever key that has now. */
const mirrorsSpace = ({ state: read }: InnerMirror, { id, baseUrl }: VisibleSpace): boolean =>
  read.kind === 'read' && read.state.spaceId === id && read.state.scope.site === baseUrl;

/** Where a space that has no mirror yet gets one: another may stand where its key leads, as keys change hands. */
const newPlace = async (
  dir: string,
  inner: readonly InnerMirror[],
  { key, id }: Pick<VisibleSpace, 'key'> & { readonly id?: string },
): Promise<PullTarget> => {
  const place = await spaceFolder(dir, key);
  const isTaken = inner.some((mirror) => mirror.dir === place && mirror.state.kind === 'read');
  return { dir: isTaken && id !== undefined ? await spaceFolder(dir, `${key}-${id}`) : place, space: key };
};

/** Of a space that the wiki has told: its mirror, else that of a space which had the same key and is gone, else a new one. */
const placeOfVisible = async (
  dir: string,
  inner: readonly InnerMirror[],
  spaces: readonly VisibleSpace[],
  space: VisibleSpace,
): Promise<PullTarget> => {
  checkKey(space.key);
  const own = inner.filter((mirror) => mirrorsSpace(mirror, space));
  if (isSome(own)) return placeAmong(dir, own, space.key);
  const others = inner.filter((mirror) => spaces.some((each) => mirrorsSpace(mirror, each)));
  const alike = inner.filter((mirror) => hasKey(mirror, space.key) && !others.includes(mirror));
  return isSome(alike) ? placeAmong(dir, alike, space.key) : newPlace(dir, inner, space);
};

/** Tells the spaces that there are. */
export type TellSpaces = () => Promise<readonly VisibleSpace[]>;

/** Of a space that is named: where no mirror has the key, the wiki tells whose it is, lest a second mirror of a space begins. */
const placeOf = async (
  dir: string,
  inner: readonly InnerMirror[],
  space: string,
  tellSpaces: TellSpaces,
): Promise<PullTarget> => {
  checkKey(space);
  const now = inner.filter((mirror) => hasKey(mirror, space));
  if (isSome(now)) return placeAmong(dir, now, space);
  const spaces = inner.some(({ state }) => state.kind === 'read') ? await tellSpaces() : [];
  const found = spaces.find(({ key }) => isAmong([key], space));
  if (found !== undefined) return { ...(await placeOfVisible(dir, inner, spaces, found)), space };
  const before = inner.filter((mirror) => hadKey(mirror, space));
  return isSome(before) ? placeAmong(dir, before, space) : newPlace(dir, inner, { key: space });
};

const mirrorsOne = (dir: string, own: ReadState, spaces: readonly string[]): MirrorMismatchError => {
  const what =
    own.kind === 'read' ? `mirrors the space ${own.state.scope.space}` : 'is a mirror of one space';
  return new MirrorMismatchError(`"${dir}" ${what}: it does not take ${spaces.join(', ')} side by side.`, {
    hint: 'Name another folder for them: each gets a folder of its own in it, named by its key.',
  });
};

/**
 * Where to pull what. A folder that is a mirror goes on with its space. One that holds mirrors goes on with those that are
 * named, each in its place, or with all when none is. Elsewhere one space goes into the folder, several into one each.
 * A key that no mirror has is of the space that `tellSpaces` tells it of, if any.
 * @throws MirrorMismatchError for several spaces where the mirror of one is
 * @throws UsageError where several folders mirror a space that is named, and none has its name
 */
export const pullTargets = async (
  dir: string,
  keys: readonly string[],
  tellSpaces: TellSpaces = () => Promise.resolve([]),
): Promise<Placed[]> => {
  const spaces = distinct(keys);
  const { own, inner } = await mirrorsIn(dir);
  const [only] = spaces;
  if (spaces.length > 1 && own.kind !== 'none') throw mirrorsOne(dir, own, spaces);
  if (spaces.length <= 1 && inner.length === 0) return [{ dir, ...(only !== undefined && { space: only }) }];
  if (only === undefined) return inner.map(goOn);
  const targets = await Promise.all(spaces.map((space) => placeOf(dir, inner, space, tellSpaces)));
  // Two keys may be of one space, as it had the one and has the other.
  return targets.filter((target, i) => targets.findIndex((each) => each.dir === target.dir) === i);
};

/**
 * Where every space of a wiki is pulled to: each into a folder of its own, those that have a mirror into that. What else is
 * mirrored in the folder goes on, too: if its space is gone, the pull says so and leaves it as it is.
 * @throws MirrorMismatchError where the mirror of one space is
 */
export const everyTarget = async (dir: string, { spaces, errors }: VisibleSpaces): Promise<Placed[]> => {
  const { own, inner } = await mirrorsIn(dir);
  if (own.kind !== 'none') throw mirrorsOne(dir, own, ['all spaces']);
  const placed: Placed[] = errors.map((error) => ({ error }));
  const taken = new Set<string>();
  for (const space of spaces) {
    // Copies go on by themselves, whatever they are called.
    if (inner.filter((mirror) => mirrorsSpace(mirror, space)).length > 1) continue;
    try {
      const target = await placeOfVisible(dir, inner, spaces, space);
      taken.add(target.dir);
      placed.push(target);
    } catch (error) {
      // What stands where a space has its place is told with that space.
      taken.add(path.join(dir, space.key));
      placed.push({ error });
    }
  }
  return [...placed, ...inner.filter((mirror) => !taken.has(mirror.dir)).map(goOn)];
};
