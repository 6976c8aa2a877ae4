import { z } from 'zod';
import { SETTINGS } from '../core/mirror-settings.js';
import type { EventType } from './events.js';
import { FailedItem } from './failed-item.js';
import { IncompleteListing } from './incomplete-listing.js';
import { PlannedItem } from './planned-item.js';

const Count = z.number();
const Optional = { number: z.number().exactOptional(), text: z.string().exactOptional() };

const KindTotals = z.looseObject({
  listed: Count,
  written: Count,
  unchanged: Count,
  moved: Count,
  failed: Count,
  notVisible: Count,
  deleted: Count,
});

const LaneProgress = z.looseObject({ done: Count, failed: Count, total: Count });

const warning = { code: z.string(), message: z.string() };

const runTotals = {
  space: z.string(),
  totals: z.looseObject({
    page: KindTotals,
    blogpost: KindTotals,
    folder: KindTotals,
    attachment: KindTotals,
    comments: KindTotals,
  }),
  failedItems: z.array(FailedItem.loose()),
  incomplete: z.array(IncompleteListing.loose()),
  /** Earlier releases do not tell warnings at the end, nor their count. */
  warnings: z.array(z.looseObject(warning)).exactOptional(),
  warningCount: Count.exactOptional(),
  requests: Count,
  retries: Count,
  rateLimited: Count,
  bytes: Count,
  durationMs: z.number(),
  exitCode: z.number(),
};

const envelope = { v: z.literal(1), seq: z.number(), ts: z.string(), run: z.string() };

/** An event type with its fields; fields that a later release adds pass. */
const event = <T extends EventType, S extends z.ZodRawShape>(type: T, fields: S) =>
  z.looseObject({ ...envelope, type: z.literal(type), ...fields });

const move = { from: z.string(), to: z.string() };
/** Earlier releases do not tell the bytes of what has moved. */
const fileMove = { ...move, bytes: Count.exactOptional() };

const inventoryCounts = { pages: Count, folders: Count, attachments: Count };

/** The events of format version 1. */
export const EventSchema = z.discriminatedUnion('type', [
  event('run.started', {
    space: z.string(),
    mode: z.enum(['full', 'delta', 'resume']),
    resumed: z.looseObject({ processed: Count, total: Count }).exactOptional(),
  }),
  event('setting.changed', {
    setting: z.enum(SETTINGS),
    from: Optional.text,
    to: Optional.text,
    effect: z.string(),
  }),
  event('inventory.progress', inventoryCounts),
  event('inventory.done', {
    ...inventoryCounts,
    attachmentsLeftOut: Count.exactOptional(),
    comments: Count,
    toFetch: z.looseObject({ pages: Count, attachments: Count, comments: Count }),
    toSkip: Count,
    toMove: Count,
    toDelete: Count,
    bytes: Count,
    requests: Count,
  }),
  event('page.written', {
    id: z.string(),
    version: z.number(),
    path: z.string(),
    bytes: Count,
    change: z.enum(['new', 'edited', 'relinked']),
  }),
  event('page.moved', { id: z.string(), ...fileMove }),
  event('page.deleted', { id: z.string(), path: z.string() }),
  event('page.skipped', { id: z.string(), path: z.string(), reason: z.enum(['unchanged', 'not-visible']) }),
  event('meta.written', { id: z.string(), path: z.string(), bytes: Count }),
  event('meta.moved', { id: z.string(), ...fileMove }),
  event('meta.deleted', { id: z.string(), path: z.string() }),
  event('attachment.written', {
    pageId: z.string(),
    id: z.string(),
    path: z.string(),
    bytes: Count,
    change: z.enum(['new', 'edited']),
  }),
  event('attachment.moved', { pageId: z.string(), id: z.string(), ...fileMove }),
  event('attachment.deleted', { pageId: z.string(), id: z.string(), path: z.string() }),
  event('comments.written', {
    pageId: z.string(),
    path: z.string(),
    bytes: Count,
    count: Count,
    change: z.enum(['new', 'edited', 'relinked']),
  }),
  event('comments.moved', { pageId: z.string(), ...fileMove }),
  event('comments.deleted', { pageId: z.string(), path: z.string() }),
  event('folder.written', { id: z.string(), path: z.string() }),
  event('folder.moved', { id: z.string(), ...move }),
  event('folder.deleted', { id: z.string(), path: z.string() }),
  event('item.planned', PlannedItem.shape),
  event('item.failed', FailedItem.shape),
  event('listing.incomplete', IncompleteListing.shape),
  event('rate.changed', {
    limit: z.number(),
    previous: z.number(),
    cause: z.string(),
    lane: Optional.text,
  }),
  event('rate.paused', { untilTs: z.string(), reason: z.string(), lane: Optional.text }),
  event('retry.scheduled', {
    lane: z.string(),
    attempt: Count,
    delayMs: z.number(),
    status: Optional.number,
    code: Optional.text,
  }),
  event('checkpoint.written', { done: Count, failed: Count }),
  event('warning', warning),
  event('progress', {
    pages: LaneProgress,
    attachments: LaneProgress,
    comments: LaneProgress,
    perSecond: z.number(),
    etaMs: Optional.number,
    concurrency: z.number(),
    requests: Count,
    bytes: Count,
  }),
  event('run.finished', { ...runTotals, dryRun: z.boolean() }),
  event('run.interrupted', { ...runTotals, reason: z.string() }),
  event('run.failed', { ...runTotals, code: z.string(), message: z.string(), hint: Optional.text }),
]);
