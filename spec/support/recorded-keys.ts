import { from, lastValueFrom, toArray } from 'rxjs';
import type { Records } from '../../lib/store/record-table.js';

/** The keys of all records of a mirror. */
export const recordedKeys = (records: Records): Promise<string[]> =>
  lastValueFrom(from(records.keys()).pipe(toArray()));
