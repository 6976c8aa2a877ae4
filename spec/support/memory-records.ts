import type { ItemRecord } from '../../lib/core/records.js';
import { RecordTable, type Records } from '../../lib/store/record-table.js';
import { memoryRows } from '../../lib/store/memory-rows.js';

/** The records of a mirror that is nowhere. */
export const memoryRecords = (records: Iterable<ItemRecord> = []): Records => {
  const table = new RecordTable(memoryRows());
  for (const record of records) void table.put(1, record);
  return table;
};
