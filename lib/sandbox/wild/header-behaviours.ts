import type { Behaviour } from './behaviour.js';

type Header = readonly [name: string, value: string];

/** What sites say of their limits while they refuse nothing. */
const POLICIES: Readonly<Record<string, readonly Header[]>> = {
  tenant: [
    ['RateLimit-Policy', '"tenant-app-quota";q=120000;w=3600'],
    ['RateLimit', '"tenant-app-quota";t=1800'],
  ],
  near: [
    ['RateLimit-Policy', '"global-app-quota";q=65000;w=3600'],
    ['RateLimit', '"global-app-quota";r=900;t=600'],
    ['X-RateLimit-NearLimit', 'true'],
  ],
  beta: [
    ['Beta-RateLimit-Policy', '"global-app-quota";q=65000;w=3600'],
    ['Beta-RateLimit', '"global-app-quota";r=11000;t=600'],
    ['X-Beta-RateLimit-NearLimit', 'true'],
  ],
  burst: [
    ['X-RateLimit-Limit', '100'],
    ['X-RateLimit-Remaining', '97'],
  ],
};

/** What stands in the headers of answers that are right otherwise. */
export const HEADERS = {
  'clock-skew': {
    does: 'the Date header of every answer is N seconds ahead of the clock (behind it with -N)',
    evidence: '3.4: points of time are those of the wiki; how far a clock here is off is [INFER]',
    value: { text: 'N', pattern: /^-?[1-9]\d*$/, fallback: '3600' },
    headers: ({ api }, value) => [
      ['Date', new Date(api.state.clock.now() + Number(value) * 1000).toUTCString()],
    ],
  },
  'rate-policy': {
    does: 'answers tell of a limit that they do not enforce: an hourly quota of the tenant, one that is nearly used up, one to come, a limit a second',
    evidence: '3.4 Response headers: policies of apps and tenants, Beta- headers before they are enforced',
    value: {
      text: Object.keys(POLICIES).join('|'),
      pattern: /^(?:tenant|near|beta|burst)$/,
      fallback: 'tenant',
    },
    headers: (_request, value) => POLICIES[value] ?? [],
  },
} satisfies Readonly<Record<string, Behaviour>>;
