import type { EventBody } from '../../events/events.js';

/** Says that the records of a mirror are damaged, and what comes of it. */
export const damageWarning = (damage: string): EventBody => ({
  type: 'warning',
  code: 'damaged-records',
  message: `The records of this mirror are damaged: ${damage}. What they told is made anew of what is left of them, of the files and of the wiki.`,
});
