import { setFlagsFromString } from 'node:v8';

const grow = (percent: number): void => setFlagsFromString(`--heap-growing-percent=${percent}`);

/**
 * Lets the heap at most grow by half between two collections of old objects (V8's own choice is up to four times). A
 * pull makes garbage as large as the space but keeps little of it: without this, its memory is mostly garbage.
 */
export const keepHeapLean = (): void => grow(50);

/** Of so many pages to fetch on a pull keeps that much that a quarter of it is garbage enough: fewer than that would cost time. */
const MANY_PAGES = 30_000;

/** As {@link keepHeapLean}, of a pull that is about to fetch so many pages. */
export const keepLeanWith = (pages: number): void => {
  if (pages >= MANY_PAGES) grow(25);
};
