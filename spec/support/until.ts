import { setTimeout as delay } from 'node:timers/promises';

/**
 * Looks again and again at what other processes do, until it is so.
 * @throws Error after `ms`
 */
export const until = async (isSo: () => Promise<boolean> | boolean, ms: number): Promise<void> => {
  const end = Date.now() + ms;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`Not so within ${ms} ms: ${isSo.toString()}`);
    await delay(50);
  }
};
