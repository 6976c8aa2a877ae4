import type { Definition } from './definition.js';

/** Why something is not done, in words for people and a code for programs. */
export interface Problem {
  readonly code: string;
  readonly message: string;
}

/** A space that is not as it is in the wiki, and when it is tried again. */
export interface Failing extends Problem {
  readonly space: string;
  readonly attempts: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What a tenant's workflow knows, and hands on to the run that continues it. */
export interface TenantState {
  readonly definition: Definition;
  /** Keys of all its spaces, as far as they are counted. */
  readonly total: number;
  /** Keys of the spaces that this round has still to pull; `*` stands for those that the wiki is to be asked for. */
  readonly due: readonly string[];
  readonly failing: readonly Failing[];
  /** Nothing is pulled until somebody asks for it. */
  readonly paused?: Problem | undefined;
  /** The wiki wants no request before, milliseconds since the epoch. */
  readonly heldUntil: number;
  /** Points left of the quota of an hour, as the wiki last told. */
  readonly points?: number | undefined;
  /** Which has asked the wiki last. */
  readonly worker?: string;
}

/** Who wants a round: the schedule, or a person, by `apply` or `pull`. */
export interface PullRequest {
  readonly definition: Definition;
  readonly by: 'schedule' | 'person';
  /** One space instead of all. */
  readonly space?: string;
}

/** What became of one space. */
export interface SpaceResult {
  readonly space: string;
  /** Absent: it is as it is in the wiki. */
  readonly problem?: Problem;
}

/** What became of a part of a round. Spaces of it that are not among the results are still to be pulled. */
export interface PullResult {
  readonly results: readonly SpaceResult[];
  /** The credentials are not accepted. */
  readonly refused?: Problem;
  /** The wiki wants no request before, milliseconds since the epoch. */
  readonly heldUntil?: number;
  readonly points?: number;
}

export type ListResult = { readonly spaces: readonly string[] } | { readonly refused: Problem } | Problem;

/** What the workflow does next. */
export type NextStep =
  | { readonly type: 'list' }
  | { readonly type: 'pull'; readonly spaces: readonly string[] }
  /** Until somebody asks, or so long, in milliseconds. */
  | { readonly type: 'wait'; readonly ms?: number };

const EVERY = '*';
/** So many at once are told to a worker: what the engine keeps of it stays small. */
const MOST_AT_ONCE = 100;
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 3_600_000;
const BREATH_MS = 1000;

/** How long a space rests after it has failed so many times in a row: ten seconds, then twice as long, at most an hour. */
export const pauseAfter = (attempts: number): number =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempts - 1, 20));

export const newTenant = (definition: Definition): TenantState => ({
  definition,
  total: 0,
  due: [],
  failing: [],
  heldUntil: 0,
});

const isAt = (space: string) => (failing: Failing) => failing.space === space;

/** A round of these: those that rest after a failure wait for their time. */
const roundOf = (state: TenantState, spaces: readonly string[], all: readonly string[]): TenantState => {
  const failing = state.failing.filter(({ space }) => all.includes(space));
  const resting = new Set(failing.map(({ space }) => space));
  return { ...state, failing, due: spaces.filter((space) => !resting.has(space)) };
};

const listed = (state: TenantState, spaces: readonly string[]): TenantState => {
  const except = new Set(state.definition.except);
  const all = spaces.filter((space) => !except.has(space));
  return { ...roundOf(state, all, all), total: all.length };
};

const wholeRound = (state: TenantState): TenantState => {
  const { spaces } = state.definition;
  if (spaces !== EVERY) return listed(state, spaces);
  if (state.failing.some(isAt(EVERY)) || state.due.includes(EVERY)) return state;
  return { ...state, due: [EVERY, ...state.due] };
};

/** A person's word ends a pause and all rest; a schedule's does neither. */
export const receive = (state: TenantState, { definition, by, space }: PullRequest): TenantState => {
  const known: TenantState = { ...state, definition };
  if (by === 'schedule') return known.paused === undefined ? wholeRound(known) : known;
  const awake: TenantState = { ...known, paused: undefined, heldUntil: 0 };
  if (space === undefined) return wholeRound({ ...awake, failing: [] });
  return {
    ...awake,
    due: [space, ...awake.due.filter((each) => each !== space)],
    failing: awake.failing.filter((each) => each.space !== space),
  };
};

/** What the round has still to pull stays due, for whoever lets it go on. */
export const stop = (state: TenantState): TenantState => ({
  ...state,
  heldUntil: 0,
  paused: { code: 'stopped', message: 'stopped by hand' },
});

const isRipe = (nowMs: number) => (failing: Failing) => failing.at <= nowMs;

export const nextStep = (state: TenantState, nowMs: number): NextStep => {
  const { due, failing, paused, heldUntil } = state;
  if (paused !== undefined) return { type: 'wait' };
  const ripe = failing.filter(isRipe(nowMs)).map(({ space }) => space);
  const spaces = [...due, ...ripe];
  if (spaces.length === 0)
    return failing.length === 0
      ? { type: 'wait' }
      : { type: 'wait', ms: Math.min(...failing.map(({ at }) => at)) - nowMs };
  if (heldUntil > nowMs) return { type: 'wait', ms: heldUntil - nowMs };
  if (spaces.includes(EVERY)) return { type: 'list' };
  return { type: 'pull', spaces: spaces.slice(0, MOST_AT_ONCE) };
};

const refusedWith = (state: TenantState, refused: Problem): TenantState => ({ ...state, paused: refused });

/** The state after one space has come to an end. */
const ended = (state: TenantState, { space, problem }: SpaceResult, nowMs: number): TenantState => {
  const due = state.due.filter((each) => each !== space);
  const failing = state.failing.filter((each) => each.space !== space);
  if (problem === undefined) return { ...state, due, failing };
  const attempts = (state.failing.find(isAt(space))?.attempts ?? 0) + 1;
  const again: Failing = { ...problem, space, attempts, at: nowMs + pauseAfter(attempts) };
  return { ...state, due, failing: [...failing, again] };
};

export const afterPull = (state: TenantState, result: PullResult, nowMs: number): TenantState => {
  const { results, refused, points } = result;
  // A part that has come to nothing, such as one whose worker ends, is not asked for again in the same moment.
  const { heldUntil = results.length === 0 ? nowMs + BREATH_MS : 0 } = result;
  const done = results.reduce((before, each) => ended(before, each, nowMs), state);
  const told: TenantState = { ...done, heldUntil, points };
  return refused === undefined ? told : refusedWith(told, refused);
};

export const afterList = (state: TenantState, result: ListResult, nowMs: number): TenantState => {
  if ('refused' in result) return refusedWith(state, result.refused);
  if ('code' in result) return ended(state, { space: EVERY, problem: result }, nowMs);
  return listed(ended(state, { space: EVERY }, nowMs), result.spaces);
};

/** What `status` reads: kept in the memo of the workflow, where it is read without any worker. */
export interface Account {
  readonly spaces: number;
  readonly fresh: number;
  /** Still to be pulled in this round. */
  readonly due: number;
  readonly failed: number;
  /** The first of them. */
  readonly failing: readonly Failing[];
  readonly paused?: Problem;
  readonly heldUntil?: number;
  readonly points?: number;
}

const MOST_TOLD = 5;

export const accountOf = ({ total, due, failing, paused, points, heldUntil }: TenantState): Account => ({
  spaces: total,
  fresh:
    due.includes(EVERY) || failing.some(isAt(EVERY)) ? 0 : Math.max(0, total - due.length - failing.length),
  due: due.length,
  failed: failing.length,
  failing: failing.slice(0, MOST_TOLD),
  ...(paused && { paused }),
  ...(points !== undefined && { points }),
  ...(heldUntil > 0 && { heldUntil }),
});
