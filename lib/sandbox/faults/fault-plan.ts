import { createPrng, hash32 } from '../data/prng.js';
import type { FaultLane, FaultRule } from './parse-faults.js';

/** Decides which request suffers which fault: the same requests in the same order, the same faults. */
export interface FaultPlan {
  /** The fault for the next request, if any; `lanes` are all that it belongs to. */
  next(lanes: readonly FaultLane[], hasCursor: boolean): FaultRule | undefined;
  /** Rules that hold all the time: for an id, or for the size of an answer. */
  readonly standing: readonly FaultRule[];
}

const NEEDS_CURSOR = ['expired-cursor', 'repeat-cursor', 'duplicate'];

const createTrigger = (rule: FaultRule, seed: number) => {
  const prng = createPrng(seed);
  let seen = 0;
  let hits = 0;
  return (lanes: readonly FaultLane[], hasCursor: boolean): boolean => {
    const applies = lanes.includes(rule.lane) || (rule.lane === 'any' && !lanes.includes('media'));
    if (!applies || (NEEDS_CURSOR.includes(rule.kind) && !hasCursor)) return false;
    seen += 1;
    const isHit = seen >= rule.from && seen <= rule.to && hits < rule.times && prng.chance(rule.probability);
    if (isHit) hits += 1;
    return isHit;
  };
};

const STANDING = ['poison', 'gone', 'too-large'];
const isStanding = ({ kind }: FaultRule): boolean => STANDING.includes(kind);

export const createFaultPlan = (rules: readonly FaultRule[], seed: number): FaultPlan => {
  const triggers = rules
    .filter((rule) => !isStanding(rule))
    .map((rule, index) => ({ rule, hits: createTrigger(rule, hash32(seed, 'fault', index)) }));
  return {
    next: (lanes, hasCursor) => {
      const [first] = triggers.filter(({ hits }) => hits(lanes, hasCursor));
      return first?.rule;
    },
    standing: rules.filter(isStanding),
  };
};
