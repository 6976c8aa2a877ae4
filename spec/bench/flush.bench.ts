/**
 * What a checkpoint costs after 100 changed records, by the number of records that the mirror holds: flat, since the
 * journal grows by what changed. Run by `npm run bench -- flush`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { ItemRecord } from '../../lib/core/records.js';
import { openMirror } from '../../lib/store/open-mirror.js';
import { mirrorStateWith } from '../support/mirror-state.js';

const SIZES = [1_000, 10_000, 100_000];
const CHANGED = 100;
const ROUNDS = 30;

const record = (n: number, version: number): ItemRecord => ({
  kind: 'page',
  id: String(n),
  version,
  fingerprint: 'fingerprint-of-a-page',
  files: [],
  references: [`{"kind":"page","title":"Page ${n + 1}"}`],
});

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** Milliseconds for one checkpoint, the median of many. */
const costAt = async (size: number): Promise<number> => {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'rxsync-flush-'));
  const { store, close } = await openMirror(dir);
  for (let n = 0; n < size; n += 1) await store.put(record(n, 1));
  const costs: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    for (let n = 0; n < CHANGED; n += 1) await store.put(record(n, round + 2));
    await store.checkpoint(mirrorStateWith());
    costs.push(performance.now() - start);
  }
  await close();
  await rm(dir, { recursive: true });
  return median(costs);
};

let first: number | undefined;
for (const size of SIZES) {
  const cost = await costAt(size);
  first ??= cost;
  const ratio = (cost / first).toFixed(2);
  process.stdout.write(
    `${String(size).padStart(7)} records: ${cost.toFixed(2)} ms a checkpoint, ${ratio} times the first\n`,
  );
}
