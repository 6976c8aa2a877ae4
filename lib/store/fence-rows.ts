import { type OpenRows, withWrite } from './rows.js';

/** Rows that are not opened, and change nothing more, once `mayChange` throws. */
export const fenceRows =
  (open: OpenRows, mayChange: () => void): OpenRows =>
  async (location, id) => {
    mayChange();
    const rows = await open(location, id);
    return withWrite(rows, async (changes, options) => {
      mayChange();
      await rows.write(changes, options);
    });
  };
