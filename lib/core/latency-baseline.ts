interface LaneLatency {
  readonly smoothedMs: number;
  readonly baselineMs: number;
}

/** The usual latency of each lane: near the low end of its smoothed latency, and following slowly when that rises. */
export type LatencyBaselines = Readonly<Record<string, LaneLatency>>;

const SMOOTHING = 0.2;
const FALL = 0.5;
const RISE = 0.002;
const SLACK_MS = 50;

const toward = (from: number, to: number, weight: number): number => from + weight * (to - from);

export const learnLatency = (
  baselines: LatencyBaselines,
  lane: string,
  latencyMs: number,
): LatencyBaselines => {
  const known = baselines[lane] ?? { smoothedMs: latencyMs, baselineMs: latencyMs };
  const smoothedMs = toward(known.smoothedMs, latencyMs, SMOOTHING);
  const weight = smoothedMs < known.baselineMs ? FALL : RISE;
  return { ...baselines, [lane]: { smoothedMs, baselineMs: toward(known.baselineMs, smoothedMs, weight) } };
};

/** The longest latency that does not speak of congestion: a lane that is slow by nature is measured by itself. */
export const usualLatencyMs = (baselines: LatencyBaselines, lane: string): number =>
  2 * (baselines[lane]?.baselineMs ?? 0) + SLACK_MS;

/** Takes a slowness that a lower cap did not cure for the nature of the lanes. */
export const acceptLatency = (baselines: LatencyBaselines, factor: number): LatencyBaselines =>
  Object.fromEntries(
    Object.entries(baselines).map(([lane, { smoothedMs, baselineMs }]) => [
      lane,
      { smoothedMs, baselineMs: baselineMs * factor },
    ]),
  );
