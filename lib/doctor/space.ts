import type { Space } from '../core/content.js';
import { NotSearchableError } from '../errors/not-searchable-error.js';
import { type Finding, failure, ok } from './finding.js';

/** Whether the space is there for us, and in use. */
export const spaceFinding = (space: Space): Finding =>
  space.isArchived
    ? failure('space', new NotSearchableError(space.key), {
        cure: 'To mirror it whole, restore the space (Space settings). A pull of it as it is mirrors its pages and what hangs on them, and exits 3.',
      })
    : ok('space', `${space.key} "${space.name}" is visible and in use.`);
