import type { Gate } from '../confluence/gate.js';
import type { ResponseSample } from '../core/request-lane.js';

/** A gate that remembers what it was told. */
export interface ObservedGate {
  readonly gate: Gate;
  readonly samples: () => readonly ResponseSample[];
}

export const observedGate = (gate: Gate): ObservedGate => {
  const samples: ResponseSample[] = [];
  return {
    samples: () => samples,
    gate: {
      admit: (lane, admission) => gate.admit(lane, admission),
      retry: (notice) => gate.retry(notice),
      verdict: (refused) => gate.verdict(refused),
      ending: gate.ending,
      sample: (sample) => {
        samples.push(sample);
        gate.sample(sample);
      },
    },
  };
};
