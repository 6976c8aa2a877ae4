import { systemCode } from './store-failure.js';

/** Whether a path leads nowhere. */
export const isAbsent = (error: unknown): boolean =>
  systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR';

/** What a look at a path gives; undefined when it leads nowhere. */
export const unlessAbsent = <T>(look: () => T): T | undefined => {
  try {
    return look();
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
};
