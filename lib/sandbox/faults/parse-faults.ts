import { OptionsError } from '../../errors/options-error.js';

/** What can go wrong, longest name first where one begins with another. */
export const FAULT_KINDS = [
  '429-no-retry-after',
  '429-quota',
  '429',
  '301',
  '400',
  '401',
  '403',
  '404',
  '407',
  '408',
  '410',
  '413',
  '414',
  '500',
  '502',
  '503',
  '504',
  '520',
  '521',
  '522',
  '523',
  '524',
  'scope',
  'reset-body',
  'reset',
  'silent',
  'slow',
  'drip',
  'truncate',
  'malformed',
  'html',
  'null-results',
  'expired-cursor',
  'repeat-cursor',
  'duplicate',
  'empty-next',
  'empty',
  'poison',
  'gone',
  'too-large',
  'attachment-403',
  'attachment-404',
  'wrong-size',
  'expired-url',
] as const;
/** What can be broken in the sandbox. */
export type FaultKind = (typeof FAULT_KINDS)[number];

/**
 * What requests are for; `downloads` resolve files, `media` are the files themselves, `identity` asks who is asking;
 * `search` is every CQL request beside what it is for; `any` is all but `media`.
 */
export const FAULT_LANES = [
  'any',
  'space',
  'listing',
  'bodies',
  'folders',
  'attachments',
  'downloads',
  'media',
  'comments',
  'blogposts',
  'labels',
  'search',
  'users',
  'identity',
] as const;
export type FaultLane = (typeof FAULT_LANES)[number];

/** One rule: what goes wrong, with which requests. */
export interface FaultRule {
  readonly kind: FaultKind;
  readonly lane: FaultLane;
  /** First and last request of the lane that it hits, counted from 1. */
  readonly from: number;
  readonly to: number;
  /** Chance of hitting each of them. */
  readonly probability: number;
  /** Most times it hits. */
  readonly times: number;
  /**
   * `Retry-After` in seconds for statuses, the new origin for 301, milliseconds for `slow`, an id or `#n` for `poison` and
   * `gone`, results for `too-large`.
   */
  readonly value: string;
}

const LANE_OF_KIND: Readonly<Partial<Record<FaultKind, FaultLane>>> = {
  'attachment-403': 'downloads',
  'attachment-404': 'downloads',
  'wrong-size': 'media',
  'expired-url': 'media',
};
const DEFAULT_VALUES: Readonly<Partial<Record<FaultKind, string>>> = {
  ...Object.fromEntries(
    FAULT_KINDS.filter((kind) => /^(?:4(?!01)|5)\d\d$/.test(kind)).map((kind) => [kind, '']),
  ),
  '429': '1',
  '429-quota': '2',
  slow: '1000',
  poison: '',
  gone: '',
  'too-large': '100',
};
const NEEDS_ID: readonly FaultKind[] = ['poison', 'gone'];

const RULE = new RegExp(
  `^(${FAULT_KINDS.join('|')})(?::([a-z]+))?(?:@([0-9.%-]+))?(?:x([0-9]+))?(?:=(.*))?$`,
);
const isKind = (text: string | undefined): text is FaultKind => FAULT_KINDS.some((kind) => kind === text);
const isLane = (text: string): text is FaultLane => FAULT_LANES.some((lane) => lane === text);

const refuse = (rule: string, must: string): never => {
  throw new OptionsError('faults', rule, must);
};

const parseWhen = (rule: string, when: string | undefined) => {
  if (when === undefined) return { from: 1, to: Infinity, probability: 1 };
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(when);
  if (percent !== null) return { from: 1, to: Infinity, probability: Number(percent[1]) / 100 };
  const range = /^(\d+)(-(\d*))?$/.exec(when);
  if (range === null) return refuse(rule, 'have @n, @n-m, @n- or @p% as its condition');
  const [, first, dash, last] = range;
  const from = Number(first);
  const to = dash === undefined ? from : last === '' || last === undefined ? Infinity : Number(last);
  return from >= 1 && to >= from
    ? { from, to, probability: 1 }
    : refuse(rule, 'count requests upwards from 1');
};

const parseValue = (rule: string, kind: FaultKind, value: string | undefined): string => {
  const fallback = DEFAULT_VALUES[kind];
  if (kind !== '301' && fallback === undefined && value !== undefined)
    return refuse(rule, `have no value: ${kind} takes none`);
  const text = value ?? fallback ?? '';
  if (kind === '301')
    return URL.canParse(text) ? text : refuse(rule, 'name the new origin, as in 301=https://new.example.com');
  if (NEEDS_ID.includes(kind))
    return /^(?:#?\d+|att\d+)$/.test(text) ? text : refuse(rule, `name an id or #n, as in ${kind}=#37`);
  return text === '' || /^\d+$/.test(text) ? text : refuse(rule, 'have a whole number as its value');
};

const parseRule = (rule: string): FaultRule => {
  const match = RULE.exec(rule);
  const [, kind, lane, when, times, value] = match ?? [];
  if (!isKind(kind)) return refuse(rule, `begin with one of: ${FAULT_KINDS.join(', ')}`);
  const place = lane ?? LANE_OF_KIND[kind] ?? 'any';
  if (!isLane(place)) return refuse(rule, `name one of these lanes: ${FAULT_LANES.join(', ')}`);
  const limit = times === undefined ? Infinity : Number(times);
  return { kind, lane: place, ...parseWhen(rule, when), times: limit, value: parseValue(rule, kind, value) };
};

/**
 * Reads the rules of the `faults` option, joined by commas or semicolons: `kind[:lane][@when][xN][=value]`.
 *
 * `@3` hits the third request of the lane, `@3-5` the third to fifth, `@3-` all from the third on, `@5%` one in twenty,
 * chosen by the seed; nothing: all. `x2` stops after two hits. Examples: `429:bodies@3x1=5` (Retry-After 5 seconds),
 * `reset@2%`, `poison=#37` (500 for any batch of bodies with the 37th page in it), `too-large=100` (504 for any answer with
 * more results), `expired-url@1-3`. Throws OptionsError.
 */
export const parseFaults = (spec: string): readonly FaultRule[] =>
  spec
    .split(/[,;]/)
    .map((rule) => rule.trim())
    .filter((rule) => rule !== '')
    .map(parseRule);
