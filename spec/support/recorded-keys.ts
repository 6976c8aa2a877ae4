import { from, lastValueFrom, toArray } from 'rxjs';
import { readMirror } from '../../lib/store/read-mirror.js';
import type { Records } from '../../lib/store/record-table.js';

/** The keys of all records of a mirror. */
export const recordedKeys = (records: Records): Promise<string[]> =>
  lastValueFrom(from(records.keys()).pipe(toArray()));

/** The keys of all records of the mirror in a folder; none where there is no mirror. */
export const keysIn = async (dir: string): Promise<readonly string[]> => {
  const mirror = await readMirror(dir);
  const keys = mirror && (await recordedKeys(mirror.records));
  await mirror?.close();
  return keys ?? [];
};
