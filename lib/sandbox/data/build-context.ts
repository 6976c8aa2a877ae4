import { BASE_TIME } from '../wiki/wiki-clock.js';
import type { WikiState } from '../wiki/wiki-state.js';
import { type Prng } from './prng.js';
import { LABELS } from './words.js';

/** What the builders of the generated wiki share. */
export interface BuildContext {
  readonly state: WikiState;
  readonly prng: Prng;
  readonly nasty: boolean;
}

const NO_LABELS: readonly string[] = [];
const DAY_MS = 86_400_000;

/** The fields that all generated records have, with a history before BASE_TIME and after `since`. */
export const generatedFields = ({ state, prng }: BuildContext, since = BASE_TIME - 700 * DAY_MS) => {
  const createdAt = since + 1000 + prng.int((BASE_TIME - since) / 2);
  const version = prng.chance(0.6) ? 1 : 2 + prng.int(8);
  const edited = createdAt + 1000 + prng.int((BASE_TIME - createdAt) / 2);
  const authorId = prng.pick(state.users).accountId;
  const otherId = prng.pick(state.users).accountId;
  return {
    createdAt,
    version,
    modifiedAt: version === 1 ? createdAt : edited,
    authorId,
    editorId: version === 1 ? authorId : otherId,
    message: version > 1 && prng.chance(0.2) ? 'Brought up to date' : '',
    status: 'current',
    hidden: false,
    labels: NO_LABELS,
  } as const;
};

/** No label for most, one or two for some. */
export const someLabels = (prng: Prng): readonly string[] => {
  if (prng.chance(0.8)) return NO_LABELS;
  const first = prng.int(LABELS.length);
  return prng.chance(0.5) ? LABELS.slice(first, first + 1) : LABELS.slice(first, first + 2);
};
