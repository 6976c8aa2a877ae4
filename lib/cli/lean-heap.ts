import { setFlagsFromString } from 'node:v8';

const grow = (percent: number): void => setFlagsFromString(`--heap-growing-percent=${percent}`);

/**
 * Lets the heap at most double between two collections of old objects (V8's own choice is up to four times). A pull makes
 * garbage as large as the space but keeps little of it: without this, its memory is mostly garbage.
 */
export const keepHeapLean = (): void => grow(100);

/** Of so many pages to fetch on a pull keeps that much that a quarter of it is garbage enough: fewer than that would cost time. */
const MANY_PAGES = 30_000;

/** As {@link keepHeapLean}, of a pull that is about to fetch so many pages, which makes more garbage than a listing. */
export const keepLeanWith = (pages: number): void => {
  if (pages > 0) grow(pages < MANY_PAGES ? 50 : 25);
};
