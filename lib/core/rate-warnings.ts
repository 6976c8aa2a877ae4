import type { RateReading } from './rate-limit.js';

export interface RateWarning {
  readonly code: 'near-rate-limit' | 'announced-rate-limit';
  readonly message: string;
}

const NEAR: RateWarning = {
  code: 'near-rate-limit',
  message: 'Less than a fifth of the hourly rate limit is left; the pull goes on more slowly.',
};
const ANNOUNCED: RateWarning = {
  code: 'announced-rate-limit',
  message: 'By a rate limit that the wiki announces and does not enforce yet, this pull would have to wait.',
};

/** What a user should know of the rate headers of an answer. */
export const rateWarnings = ({ nearLimit, beta }: RateReading): readonly RateWarning[] => [
  ...(nearLimit === true ? [NEAR] : []),
  ...(beta?.nearLimit === true || beta?.retryAfterMs !== undefined ? [ANNOUNCED] : []),
];
