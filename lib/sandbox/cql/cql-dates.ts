import { SandboxError } from '../../errors/sandbox-error.js';
import type { CqlValue } from './parse.js';

export interface DateContext {
  /** The wiki's time, milliseconds since the epoch. */
  readonly now: number;
  /** Zone in which dates are read. */
  readonly timeZone: string;
}

/** A span of time that a date value means: a whole minute, or a whole day. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const MINUTE_MS = 60_000;
const UNIT_MS: Readonly<Record<string, number>> = {
  m: MINUTE_MS,
  h: 60 * MINUTE_MS,
  d: 1440 * MINUTE_MS,
  w: 10_080 * MINUTE_MS,
};
const DATE = /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?: (\d{1,2}):(\d{2}))?$/;

/** How far a zone's clocks are ahead of UTC at an instant. */
const offsetAt = (timeZone: string, instant: number): number => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  });
  const part = Object.fromEntries(
    format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part;
  return (
    Date.UTC(2000 + (year % 100), month - 1, day, hour, minute) - Math.floor(instant / MINUTE_MS) * MINUTE_MS
  );
};

const toInstant = (timeZone: string, local: number): number => {
  const guess = local - offsetAt(timeZone, local);
  return local - offsetAt(timeZone, guess);
};

const relative = (text: string, now: number): Span => {
  const match = /^(?:([+-]?)(\d+)([mhdw]))?$/.exec(text);
  if (match === null) throw new SandboxError(`Could not parse cql : now("${text}")`);
  const [, sign, count = '0', unit = 'm'] = match;
  const shift = (sign === '-' ? -1 : 1) * Number(count) * (UNIT_MS[unit] ?? 0);
  const from = Math.floor((now + shift) / MINUTE_MS) * MINUTE_MS;
  return { from, to: from + MINUTE_MS };
};

/** The span that a CQL date means; throws SandboxError for anything that is no date. */
export const spanOf = (value: CqlValue, { now, timeZone }: DateContext): Span => {
  if (value.call?.toLowerCase() === 'now') return relative(value.text, now);
  const match = value.call === undefined ? DATE.exec(value.text) : null;
  if (match === null) throw new SandboxError(`Could not parse cql : ${value.text} is not a date`);
  const [, year, , month, day, hour, minute] = match;
  const at = (days: number): number =>
    toInstant(
      timeZone,
      Date.UTC(Number(year), Number(month) - 1, Number(day) + days, Number(hour ?? 0), Number(minute ?? 0)),
    );
  return hour === undefined ? { from: at(0), to: at(1) } : { from: at(0), to: at(0) + MINUTE_MS };
};
