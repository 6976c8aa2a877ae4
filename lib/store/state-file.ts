import { z } from 'zod';
import { KINDS, type Kind } from '../core/kinds.js';
import { ATTACHMENT_MODES, FLAVORS, FORMATS } from '../core/mirror-settings.js';
import type { Checkpoint, MirrorScope } from '../core/records.js';
import { FailedItem } from '../events/failed-item.js';
import { IncompleteListing } from '../events/incomplete-listing.js';
import type { Folder } from './folder.js';
import type { Sizes } from './record-table.js';
import { SignedMark } from './store-mark.js';
import { OWN } from './own-files.js';

import type { TemporaryFiles } from './temporary-files.js';

export const SCHEMA_VERSION = 1;

const Scope: z.ZodType<MirrorScope> = z.object({
  site: z.string(),
  space: z.string(),
  ancestor: z.array(z.string()).exactOptional(),
  label: z.string().exactOptional(),
  cql: z.string().exactOptional(),
  format: z.enum(FORMATS),
  flavor: z.enum(FLAVORS),
  attachments: z.enum(ATTACHMENT_MODES),
  attachmentMaxBytes: z.number().exactOptional(),
  attachmentTypes: z.array(z.string()).exactOptional(),
  comments: z.boolean(),
  labels: z.boolean(),
});

const CheckpointSchema: z.ZodType<Checkpoint> = z.object({
  scope: Scope,
  processedCount: z.number(),
  totalCount: z.number(),
  startedAt: z.string(),
  failedIds: z.array(z.string()),
});

/** What a run says of a mirror; the rest of the state the store knows itself. */
export interface MirrorState {
  readonly schemaVersion: 1;
  readonly spaceName: string;
  /** The space's own id: its key can change. */
  readonly spaceId: string;
  /** Keys that the space had before, by which it may still be asked for. */
  readonly formerKeys?: readonly string[];
  /** The page that is the mirror's `index`; null when the space has none. */
  readonly homepageId: string | null;
  readonly scope: MirrorScope;
  /** Account id of who pulled last; null when the wiki did not tell. What another one does not see stays. */
  readonly account: string | null;
  /** ISO 8601, by the wiki's clock at the start of the last complete run, quick or not; null before it. */
  readonly lastSync: string | null;
  /** Up to when changes of the wiki are known, ISO 8601: no later than the newest that it has listed. Earlier releases tell none. */
  readonly knownUntil?: string;
  /** The same as `lastSync` of the last one that compared the whole listing. */
  readonly lastFullSync: string | null;
  readonly checkpoint: Checkpoint | null;
  /** What failed; of a run that was killed, the first of it. */
  readonly failedItems: readonly FailedItem[];
  /** How many items failed in all. */
  readonly failedCount: number;
  /** Listings that could not be read whole. */
  readonly incomplete: readonly IncompleteListing[];
  /** How many items were listed and could not be seen; they may be seen again without any change. */
  readonly notVisible: number;
}

/** The file `.rxsync/state.json`: small and made to be read by people. */
export interface State extends MirrorState {
  /** How many items of each kind are mirrored. */
  readonly counts: Readonly<Record<Kind, number>>;
  /** What their files come to. */
  readonly sizes: Sizes;
  /** The records that it belongs to. */
  readonly records: SignedMark;
}

const State: z.ZodType<State> = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  spaceName: z.string(),
  spaceId: z.string(),
  formerKeys: z.array(z.string()).exactOptional(),
  homepageId: z.string().nullable(),
  scope: Scope,
  account: z.string().nullable(),
  lastSync: z.string().nullable(),
  knownUntil: z.string().exactOptional(),
  lastFullSync: z.string().nullable(),
  checkpoint: CheckpointSchema.nullable(),
  failedItems: z.array(FailedItem),
  failedCount: z.number(),
  incomplete: z.array(IncompleteListing),
  notVisible: z.number(),
  counts: z.record(z.enum(KINDS), z.number()),
  sizes: z.record(z.enum(KINDS), z.object({ items: z.number(), files: z.number(), bytes: z.number() })),
  records: SignedMark,
});

/** What is known of a mirror before it is opened. `none`: nothing is there yet, or nothing tells. */
export type ReadState<S extends MirrorState = MirrorState> =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'damaged';
      readonly reason: string;
      /** The `schemaVersion` of a state that a later version of rxsync has written. */
      readonly laterVersion?: number;
    }
  | { readonly kind: 'read'; readonly state: S };

const OfLater = z.object({ schemaVersion: z.int().gt(SCHEMA_VERSION) });

/** The first thing that is wrong, in one line. */
const firstOf = ({ issues: [issue] }: z.ZodError): string => {
  const place = issue?.path.map(String).join('.') ?? '';
  return [...(place === '' ? [] : [place]), issue?.message ?? 'not as it should be'].join(': ');
};

/** Reads the state, which an editor may have given a byte order mark; a damaged file is told, not thrown. */
export const readState = async (folder: Folder): Promise<ReadState<State>> => {
  const bytes = await folder.read(OWN.state);
  if (bytes === undefined) return { kind: 'none' };
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const parsed = State.safeParse(json);
    if (parsed.success) return { kind: 'read', state: parsed.data };
    const later = OfLater.safeParse(json).data;
    return {
      kind: 'damaged',
      reason: firstOf(parsed.error),
      ...(later && { laterVersion: later.schemaVersion }),
    };
  } catch {
    return { kind: 'damaged', reason: 'no JSON' };
  }
};

/** Replaces the state in one step. */
export const writeState = (temporary: TemporaryFiles, state: State): Promise<void> =>
  temporary.replace(OWN.state, `${JSON.stringify(state, null, 2)}\n`);
