import path from 'node:path';
import fs from 'fs-extra';
import { z } from 'zod';
import type { Checkpoint, MirrorScope } from '../core/records.js';
import { FailedItem } from '../events/failed-item.js';
import { IncompleteListing } from '../events/incomplete-listing.js';
import { realFiles } from './files.js';
import { systemCode } from './store-failure.js';

export const SCHEMA_VERSION = 1;

const Scope: z.ZodType<MirrorScope> = z.object({
  site: z.string(),
  space: z.string(),
  ancestor: z.string().exactOptional(),
  label: z.string().exactOptional(),
  cql: z.string().exactOptional(),
  format: z.string(),
  flavor: z.string(),
  attachments: z.string(),
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

const State = z.object({
  schemaVersion: z.literal(SCHEMA_VERSION),
  spaceName: z.string(),
  /** The space's own id: its key can change. */
  spaceId: z.string(),
  /** Keys that the space had before, by which it may still be asked for. */
  formerKeys: z.array(z.string()).exactOptional(),
  /** The page that is the mirror's `index`; null when the space has none. */
  homepageId: z.string().nullable(),
  scope: Scope,
  /** Account id of who pulled last; null when the wiki did not tell. What another one does not see stays. */
  account: z.string().nullable(),
  /** ISO 8601, by the wiki's clock at the start of the last complete run, quick or not; null before it. */
  lastSync: z.string().nullable(),
  /** The same of the last one that compared the whole listing. */
  lastFullSync: z.string().nullable(),
  checkpoint: CheckpointSchema.nullable(),
  counts: z.record(z.string(), z.number()),
  failedItems: z.array(FailedItem),
  /** Listings that could not be read whole. */
  incomplete: z.array(IncompleteListing),
  /** How many items were listed and could not be seen; they may be seen again without any change. */
  notVisible: z.number(),
});

/** `.rxsync/state.json`: small and made to be read by people. */
export type MirrorState = z.infer<typeof State>;

export type ReadState =
  | { readonly kind: 'none' }
  | { readonly kind: 'damaged'; readonly reason: string }
  | { readonly kind: 'read'; readonly state: MirrorState };

/** Reads the state; a damaged file is told, not thrown. */
export const readState = async (file: string): Promise<ReadState> => {
  let text: string;
  try {
    text = await fs.readFile(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return { kind: 'none' };
    throw error;
  }
  try {
    const parsed = State.safeParse(JSON.parse(text));
    if (parsed.success) return { kind: 'read', state: parsed.data };
    return { kind: 'damaged', reason: z.prettifyError(parsed.error) };
  } catch {
    return { kind: 'damaged', reason: 'no JSON' };
  }
};

/** Replaces the state in one step. */
export const writeState = async (file: string, state: MirrorState, files = realFiles): Promise<void> => {
  const temporary = path.join(path.dirname(file), `${path.basename(file)}.new`);
  const fd = await fs.open(temporary, 'w');
  try {
    files.append(fd, `${JSON.stringify(state, null, 2)}\n`);
    await files.fsync(fd);
  } finally {
    await fs.close(fd);
  }
  await files.rename(temporary, file);
};
