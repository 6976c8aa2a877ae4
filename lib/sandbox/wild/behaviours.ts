import { ACCESS } from './access-behaviours.js';
import type { Behaviour } from './behaviour.js';
import { BODIES } from './body-behaviours.js';
import { HEADERS } from './header-behaviours.js';
import { LISTINGS } from './listing-behaviours.js';
import { PROOFS } from './proof-behaviours.js';
import { ROWS } from './row-behaviours.js';
import { SEARCH } from './search-behaviours.js';
import { SINGLES } from './single-behaviours.js';
import { WALKS } from './walk-behaviours.js';

/** Everything that a wiki can be made to do as it should not, by name. */
const BEHAVIOURS = {
  ...ACCESS,
  ...LISTINGS,
  ...WALKS,
  ...SEARCH,
  ...ROWS,
  ...BODIES,
  ...SINGLES,
  ...PROOFS,
  ...HEADERS,
} as const;

export type WildName = keyof typeof BEHAVIOURS;

/** The behaviour with this name. */
export const behaviourOf = (name: WildName): Behaviour => BEHAVIOURS[name];

export const isWildName = (name: string): name is WildName => Object.hasOwn(BEHAVIOURS, name);

export const WILD_NAMES: readonly WildName[] = Object.keys(BEHAVIOURS).filter(isWildName);
