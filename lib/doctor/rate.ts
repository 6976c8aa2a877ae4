import type { ResponseSample } from '../core/request-lane.js';
import { parseRateHeaders, type QuotaReading, type RateReading } from '../core/rate-limit.js';
import { type Finding, ok, warning } from './finding.js';

/** What the answers have said of limits, the last word of each kind. */
export interface SeenLimits extends RateReading {
  /** Answers that a limit has refused. */
  readonly refused: number;
  readonly answers: number;
}

export const seenLimits = (samples: readonly ResponseSample[]): SeenLimits => {
  const readings = samples
    .filter(({ lane }) => lane !== 'media')
    .map(({ headers, atMs }) => parseRateHeaders(headers, atMs));
  const joined = readings.reduce<RateReading>(
    (all, reading) => ({
      ...all,
      ...reading,
      ...(reading.beta && { beta: { ...all.beta, ...reading.beta } }),
    }),
    {},
  );
  return {
    ...joined,
    refused: samples.filter(({ status }) => status === 429).length,
    answers: samples.filter(({ status }) => status !== undefined).length,
  };
};

const quotaText = ({ policy, quotaPoints, remainingPoints, resetMs }: QuotaReading): string => {
  const points =
    quotaPoints === undefined ? 'a quota of points' : `${quotaPoints.toLocaleString('en-US')} points`;
  const left =
    remainingPoints === undefined ? '' : `, ${remainingPoints.toLocaleString('en-US')} of them left`;
  const reset = resetMs === undefined ? '' : `, new ones in ${Math.ceil(resetMs / 60_000)} min`;
  return `${points} an hour (${policy})${left}${reset}`;
};

const textsOf = ({ burst, quota }: RateReading): string[] => [
  ...(burst?.limit === undefined ? [] : [`${burst.limit} requests a second`]),
  ...(quota === undefined ? [] : [quotaText(quota)]),
];

const PLANNED = 'announced and not enforced yet: ';

/** Which limits the answers tell of. */
export const rateFinding = (limits: SeenLimits): Finding => {
  const announced = textsOf(limits.beta ?? {}).map((text) => `${PLANNED}${text}`);
  const texts = [...textsOf(limits), ...announced];
  const told =
    texts.length === 0
      ? `None of ${limits.answers} answers tells of a limit.`
      : `The wiki tells of ${texts.join('; ')}.`;
  if (limits.refused > 0)
    return warning(
      'rate limit',
      `${told} It refused ${limits.refused} of ${limits.answers} requests (429).`,
      'Others use the same limit now. A pull waits and goes on by itself; run it at a quieter time, or with a lower `concurrency`.',
    );
  if (limits.nearLimit === true)
    return warning(
      'rate limit',
      `${told} Little is left.`,
      'A pull leaves a tenth of the quota to others (`quotaReserve`) and waits for the next hour, at most for `maxWaitMs`.',
    );
  return ok('rate limit', told);
};
