import { setFlagsFromString } from 'node:v8';

/**
 * Lets the heap at most grow by half between two collections of old objects (V8's own choice is up to four times). A
 * pull makes garbage as large as the space but keeps little of it: without this, its memory is mostly garbage.
 */
export const keepHeapLean = (): void => setFlagsFromString('--heap-growing-percent=50');
