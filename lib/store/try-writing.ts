import { existsSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { systemCode } from './store-failure.js';

/** Why the system refuses a new file of so many bytes in a directory, such as `ENOSPC`; undefined when it does not. */
export const tryWriting = (directory: string, bytes: number): string | undefined => {
  const trial = path.join(directory, 'trial');
  try {
    writeFileSync(trial, Buffer.alloc(bytes), { flag: 'wx' });
    return undefined;
  } catch (error) {
    return systemCode(error);
  } finally {
    if (existsSync(trial)) unlinkSync(trial);
  }
};
