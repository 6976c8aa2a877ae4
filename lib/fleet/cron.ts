const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

interface Field {
  readonly least: number;
  readonly most: number;
  /** In place of numbers from `least` on. @default none */
  readonly names?: readonly string[];
}

/** Minute, hour, day of the month, month, day of the week: as Temporal reads them. */
const FIELDS: readonly Field[] = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12, names: MONTHS },
  { least: 0, most: 7, names: DAYS },
];

const valueOf = (text: string, { least, names = [] }: Field): number => {
  const at = names.indexOf(text.toUpperCase());
  if (at >= 0) return least + at;
  return /^\d{1,2}$/.test(text) ? Number(text) : NaN;
};

/** `*`, a value or a range, each with a step or without. */
const PART = /^(?:\*|(?<from>\w+)(?:-(?<to>\w+))?)(?:\/(?<step>[1-9]\d?))?$/;

const isPart = (text: string, field: Field): boolean => {
  const groups = PART.exec(text)?.groups;
  if (groups === undefined) return false;
  const { from, to = from } = groups;
  if (from === undefined || to === undefined) return true;
  const [first, last] = [valueOf(from, field), valueOf(to, field)];
  return first >= field.least && first <= last && last <= field.most;
};

/** Whether a text is a schedule in five fields of cron. */
export const isCron = (text: string): boolean => {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== FIELDS.length) return false;
  return FIELDS.every((field, i) => (parts[i] ?? '').split(',').every((part) => isPart(part, field)));
};
